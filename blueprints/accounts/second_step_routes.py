"""The second step of a login: asking for the code, and setting the phone up that reckons it."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from blueprints.accounts import blueprint, queries
from blueprints.accounts.actions import begin_session, end_other_sessions, note_failure
from blueprints.accounts.forms import CodeForm, SecondStepForm
from blueprints.accounts.remembered import is_known_device, remember_device
from blueprints.accounts.routes import landing, on_the_way
from blueprints.accounts.second_step import (
    accepts,
    enrolment,
    half_logged_in,
    new_secret,
    second_step,
    step_of,
    turn_off,
    turn_on,
)
from core.access import public, repeatable
from core.db import db
from core.htmx import redirect_to, see_other
from core.qr import qr_svg


@blueprint.route("/login/code", methods=["GET", "POST"])
@public
@repeatable
def login_code() -> ResponseReturnValue:
    """Ask whoever knew the password for the code of the moment."""
    user = half_logged_in()
    if user is None:
        return redirect_to(url_for("accounts.login", **on_the_way()))
    form, template = CodeForm(), "accounts/login_code.html"
    if not form.validate_on_submit():
        return page(template, form)
    if queries.must_wait(user.username, request.remote_addr or "", is_known_device(user.username)):
        form.code.errors = [_("试得太多了，请过 15 分钟再来。")]
        return page(template, form)[0], 429
    if not accepts(user.id, form.code.data):
        note_failure(user.username)
        db.session.commit()
        return wrong_code(template, form)
    begin_session(user)
    answer = remember_device(redirect_to(landing(user)), user.username)
    db.session.commit()
    return answer


def page(template: str, form: CodeForm, **context: Any) -> tuple[str, int]:
    return render_template(template, form=form, **context), 422 if form.errors else 200


def wrong_code(template: str, form: CodeForm, **context: Any) -> tuple[str, int]:
    form.code.errors = [_("验证码不对，或者用过了。等手机上换成下一个，再填。")]
    return page(template, form, **context)


@blueprint.route("/account/second-step", methods=["GET", "POST"], endpoint="second_step")
def own_second_step() -> ResponseReturnValue:
    """Set up the phone whose codes a login asks for from now on; other devices are logged out."""
    already = second_step(current_user.id)
    if already:
        return page(
            "accounts/second_step_on.html", CodeForm(formdata=None), since=already.created_at
        )
    form, template = SecondStepForm(), "accounts/second_step.html"
    valid = form.validate_on_submit()
    if not form.is_submitted() or form.secret.errors:
        form.secret.data = new_secret()
    qr = qr_svg(enrolment(form.secret.data, current_user.username))
    if not valid:
        return page(template, form, qr=qr)
    step = step_of(form.secret.data, form.code.data)
    if step is None:
        return wrong_code(template, form, qr=qr)
    turn_on(current_user, form.secret.data, step)
    end_other_sessions(current_user, keep=current_user.session_token)
    answer = see_other(url_for("accounts.account"))
    db.session.commit()
    flash(_("两步登录打开了，别的设备都已退出。"), "ok")
    return answer


@blueprint.post("/account/second-step/removal")
def remove_second_step() -> ResponseReturnValue:
    """Log in with the password alone again; the phone proves once more that it is there."""
    found, form = second_step(current_user.id), CodeForm()
    if found is None:
        return see_other(url_for("accounts.account"))
    template = "accounts/second_step_on.html"
    if not form.validate_on_submit():
        return page(template, form, since=found.created_at)
    if not accepts(current_user.id, form.code.data):
        return wrong_code(template, form, since=found.created_at)
    turn_off(current_user)
    answer = see_other(url_for("accounts.account"))
    db.session.commit()
    flash(_("两步登录关掉了，以后只用密码。"), "ok")
    return answer
