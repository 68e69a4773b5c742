"""Pages for logging in and for one's own account."""

from functools import cache
from typing import Any

from flask import (
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from blueprints.accounts import blueprint, queries
from blueprints.accounts.actions import (
    begin_session,
    change_password,
    end_other_sessions,
    end_session,
    expired_owner,
    note_failure,
)
from blueprints.accounts.forms import (
    LoginForm,
    PasswordForm,
    PreferencesForm,
)
from blueprints.accounts.models import ROLE_NAMES, LoginSession, User, hasher, is_password
from blueprints.accounts.remembered import is_known_device, remember_device
from blueprints.accounts.second_step import second_step, wait_for_code
from core.access import is_same_for_all, one_or_404, public, repeatable
from core.db import db
from core.demo_accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from core.htmx import redirect_to, see_other
from core.i18n import LANGUAGES, language
from core.kept import keep_form, kept_form
from core.logins import login_manager


@blueprint.context_processor
def demo_people() -> dict[str, Any]:
    """Name the demo's made-up people on its own login page; a real instance knows none."""
    if not current_app.config["LINLI_DEMO"]:
        return {}
    accounts = [(username, name, ROLE_NAMES[role]) for username, name, role in DEMO_ACCOUNTS]
    return {"demo_accounts": accounts, "demo_password": DEMO_PASSWORD}


@blueprint.before_app_request
def send_to_set_up() -> ResponseReturnValue | None:
    """Until there is a first account, every page is the set-up page."""
    if (
        request.endpoint in ("accounts.set_up_page", None)
        or is_same_for_all()
        or current_user.is_authenticated
    ):
        return None
    if queries.anyone_registered():
        return None
    return redirect_to(url_for("accounts.set_up_page"))


@login_manager.unauthorized_handler
def ask_to_log_in() -> ResponseReturnValue:
    """Lead to the login page and keep what was typed for who typed it."""
    target = {
        "next": request.full_path.rstrip("?") if request.method == "GET" else referring_path()
    }
    owner = expired_owner()
    if request.method == "POST" and owner and request.form:
        target["kept"] = keep_form(owner, form_path()).token
        db.session.commit()
    return redirect_to(url_for("accounts.login", **target))


def form_path() -> str:
    """Return the page that shows the posted form: itself where it also answers GET."""
    adapter = current_app.url_map.bind("")
    try:
        adapter.match(request.path, method="GET")
    except (HTTPException, RequestRedirect):
        return referring_path()
    return request.full_path.rstrip("?")


def referring_path() -> str:
    """Return the path of the page this request came from, on our own host."""
    referrer = request.referrer or ""
    host = request.host_url
    return "/" + referrer.removeprefix(host) if referrer.startswith(host) else "/"


def safe_path(path: str | None) -> str:
    """Return a path only when it leads to one of our own pages (``////host`` does not)."""
    if not path or not path.startswith("/") or path.startswith(("//", "/\\")):
        return "/"
    adapter = current_app.url_map.bind("")
    try:
        adapter.match(path.split("?")[0].split("#")[0], method="GET")
    except (HTTPException, RequestRedirect):
        return "/"
    return path


@blueprint.route("/login", methods=["GET", "POST"])
@public
@repeatable
def login() -> ResponseReturnValue:
    """Log in; come back to where one was going, with what was typed there."""
    if current_user.is_authenticated and request.method == "GET":
        return redirect(safe_path(request.args.get("next")))
    form = LoginForm()
    if not form.validate_on_submit():
        return render_template("accounts/login.html", form=form), 422 if form.errors else 200
    username, address = form.username.data.strip().lower(), request.remote_addr or ""
    if queries.must_wait(username, address, is_known_device(username)):
        form.username.errors = [_("试得太多了，请过 15 分钟再来。")]
        return render_template("accounts/login.html", form=form), 429
    user = queries.user_by_username(username)
    if not is_right(user, form.password.data):
        note_failure(username)
        db.session.commit()
        form.password.errors = [_("账号或密码不对。")]
        return render_template("accounts/login.html", form=form), 422
    if second_step(user.id):
        wait_for_code(user)
        return redirect_to(url_for("accounts.login_code", **on_the_way()))
    begin_session(user)
    db.session.commit()
    return remember_device(redirect_to(landing(user)), user.username)


def on_the_way() -> dict[str, str]:
    """Return what leads on from the login page, to hand it to the next step."""
    return {name: request.args[name] for name in ("next", "kept") if name in request.args}


def is_right(user: User | None, password: str) -> bool:
    """Answer whether this open account has this password; equally slow for nobody.

    Ends the transaction first: hashing takes long on purpose, and others wait for the write lock.
    """
    known = user.password_hash if user and user.is_active else ""
    db.session.rollback()
    return is_password(known or nobodys_hash(), password) and bool(known)


@cache
def nobodys_hash() -> str:
    """Return some hash: comparing takes as long for an unknown name as for a known one."""
    return hasher.hash("nobody has this password")


def landing(user: User) -> str:
    """Return where a login leads: to the form that was interrupted, or the page asked for."""
    kept = kept_form(request.args.get("kept"), user.id)
    if not kept:
        return safe_path(request.args.get("next"))
    path = safe_path(kept.path)
    return f"{path}{'&' if '?' in path else '?'}restore={kept.token}"


@blueprint.post("/logout")
@repeatable
def logout() -> ResponseReturnValue:
    """Log this device out."""
    end_session(current_user)
    db.session.commit()
    response = redirect_to(url_for("accounts.login"))
    # Not "storage": somebody else's unsent records may lie on the same phone. The scripts remove
    # this person's own, after telling what is unsent.
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@blueprint.post("/language")
@public
@repeatable
def change_language() -> ResponseReturnValue:
    """Choose a language before there is an account to keep it in."""
    if request.form.get("language") in LANGUAGES:
        session["language"] = request.form["language"]
        if current_user.is_authenticated:
            current_user.language = request.form["language"]
            db.session.commit()
    return redirect_to(safe_path(referring_path()))


@blueprint.get("/account")
def account() -> ResponseReturnValue:
    """Show one's own account: language, size of type, devices."""
    form = PreferencesForm(obj=current_user)
    form.language.data = current_user.language or language()
    return render_template(
        "accounts/account.html",
        form=form,
        devices=queries.devices(current_user),
        second_step=second_step(current_user.id),
    )


@blueprint.post("/account/preferences")
def save_preferences() -> ResponseReturnValue:
    """Keep the language and the size of type."""
    form = PreferencesForm()
    if not form.validate_on_submit():
        return (
            render_template(
                "accounts/account.html",
                form=form,
                devices=queries.devices(current_user),
                second_step=second_step(current_user.id),
            ),
            422,
        )
    form.require_fresh(current_user)
    current_user.language, current_user.text_size = form.language.data, form.text_size.data
    answer = see_other(url_for("accounts.account"))
    db.session.commit()
    flash(_("记下了。"), "ok")
    return answer


@blueprint.route("/account/password", methods=["GET", "POST"])
def password() -> ResponseReturnValue:
    """Change one's own password; the other devices are logged out."""
    form = PasswordForm()
    valid = form.validate_on_submit()
    if valid and not current_user.has_password(form.current.data):
        form.current.errors = [_("现在的密码不对。")]
        valid = False
    if not valid:
        return render_template("accounts/password.html", form=form), 422 if form.errors else 200
    change_password(current_user, form.password.data, keep=current_user.session_token)
    answer = see_other(url_for("accounts.account"))
    db.session.commit()
    flash(_("密码换好了，别的设备都已退出。"), "ok")
    return answer


@blueprint.post("/account/devices/<int:session_id>/revocation")
def revoke(session_id: int) -> ResponseReturnValue:
    """Log one of one's own devices out."""
    own = db.select(LoginSession).where(
        LoginSession.id == session_id, LoginSession.user_id == current_user.id
    )
    one_or_404(own).revoke()
    answer = see_other(url_for("accounts.account"))
    db.session.commit()
    return answer


@blueprint.post("/account/devices/revocation")
def revoke_others() -> ResponseReturnValue:
    """Log all other devices out."""
    end_other_sessions(current_user, keep=current_user.session_token)
    answer = see_other(url_for("accounts.account"))
    db.session.commit()
    flash(_("别的设备都已退出。"), "ok")
    return answer
