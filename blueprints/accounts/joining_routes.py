"""Pages on which an account begins: setting the instance up, and taking an invitation up."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.accounts import blueprint, queries
from blueprints.accounts.actions import accept, begin_session, is_set_up_code, new_user, set_up
from blueprints.accounts.forms import InvitedForm, SetUpForm
from blueprints.accounts.remembered import remember_device
from core.access import ADMIN, SECRETARY, public
from core.db import db
from core.htmx import redirect_to, see_other

LOOPBACK = {"127.0.0.1", "::1"}


@blueprint.route("/setup", methods=["GET", "POST"], endpoint="set_up_page")
@public
def set_up_page() -> ResponseReturnValue:
    """Make the company and its first secretary, once."""
    if queries.anyone_registered():
        return redirect_to(url_for("accounts.login"))
    form = SetUpForm()
    needs_code = comes_from_afar()
    if not needs_code:
        del form.code
    valid = form.validate_on_submit()
    if valid and needs_code and not is_set_up_code(form.code.data or ""):
        form.code.errors = [_("启动码不对。它显示在服务器启动的那个窗口里。")]
        valid = False
    if not valid:
        return render_template("accounts/setup.html", form=form), 422 if form.errors else 200
    user = new_user(form.username.data, form.name.data, [SECRETARY, ADMIN])
    set_up(form.company.data, form.branch.data, user, form.password.data)
    answer = see_other(url_for("home.index"))
    begin_session(user)
    db.session.commit()
    return remember_device(answer, user.username)


def comes_from_afar() -> bool:
    """Answer whether the request may come from another machine: straight, or through a proxy."""
    return request.remote_addr not in LOOPBACK or "X-Forwarded-For" in request.headers


@blueprint.route("/invitations/<secret>", methods=["GET", "POST"])
@public
def invitation(secret: str) -> ResponseReturnValue:
    """Let an invited person set their own password, once."""
    found = queries.open_invitation(secret)
    if not found:
        return render_template("accounts/invitation_closed.html"), 404
    form = InvitedForm()
    if not form.validate_on_submit():
        return (
            render_template("accounts/invitation.html", form=form, person=found.user),
            422 if form.errors else 200,
        )
    accept(found, form.password.data)
    answer = see_other(url_for("home.index"))
    begin_session(found.user)
    db.session.commit()
    return remember_device(answer, found.user.username)
