"""Pages for managing everybody's accounts; the secretary and the administrator see them."""

from flask import flash, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from blueprints.accounts import blueprint, queries
from blueprints.accounts.access import accounts_visible_to, may_change
from blueprints.accounts.actions import close, give_roles, invite, new_user, reopen
from blueprints.accounts.forms import PersonForm
from blueprints.accounts.models import User
from blueprints.accounts.notices import tell_of_link, tell_of_roles, tell_secretaries
from blueprints.accounts.second_step import second_step
from core.access import ADMIN, SECRETARY, allow, one_or_404, roles_required
from core.db import db
from core.forms import tidy
from core.htmx import see_other
from core.paging import one_page
from core.qr import qr_svg

# More of them are found faster by name.
ON_A_PAGE = 20

managers_only = roles_required(SECRETARY, ADMIN)


@blueprint.get("/accounts")
@managers_only
def people() -> ResponseReturnValue:
    """List all accounts, or those that a few characters fit."""
    words = tidy(request.args.get("q"))
    page = one_page(queries.everyone(words), ON_A_PAGE)
    return render_template("accounts/people.html", page=page, words=words)


@blueprint.route("/accounts/new", methods=["GET", "POST"])
@managers_only
def new_person() -> ResponseReturnValue:
    """Make an account and its one-time link."""
    form = PersonForm()
    form.offer(current_user, queries.estate_choices())
    if form.validate_on_submit() and queries.user_by_username(form.username.data):
        form.username.errors = [_("这个账号名已经有人用了，换一个。")]
    if not form.is_submitted() or form.errors:
        return render_template("accounts/person.html", form=form), 422 if form.errors else 200
    user = new_user(form.username.data, form.name.data, form.roles.data)
    user.set_estates(form.estates.data)
    secret = invite(user, current_user)
    tell_secretaries("account_made", user, current_user)
    answer = see_other(url_for("accounts.person", user_id=user.id))
    db.session.commit()
    # The secret is stored nowhere; the page that follows shows it once.
    session["invitation"] = [user.id, secret]
    return answer


@blueprint.get("/accounts/<int:user_id>")
@managers_only
def person(user_id: int) -> ResponseReturnValue:
    """Show one account, and right after an invitation its link and QR code."""
    user = one_or_404(accounts_visible_to(current_user).where(User.id == user_id))
    link = fresh_link(user)
    return render_template(
        "accounts/person_show.html",
        person=user,
        link=link,
        qr=qr_svg(link) if link else None,
        second_step=second_step(user.id),
        may_change=may_change(current_user, user),
    )


def changeable(user_id: int) -> User:
    """Load an account that the asker may change."""
    user = one_or_404(accounts_visible_to(current_user).where(User.id == user_id))
    allow(may_change(current_user, user))
    return user


def fresh_link(user: User) -> str | None:
    """Return the link that was just made for this person; asking again shows nothing."""
    user_id, secret = session.pop("invitation", (None, None))
    if user_id != user.id:
        return None
    return url_for("accounts.invitation", secret=secret, _external=True)


@blueprint.route("/accounts/<int:user_id>/edit", methods=["GET", "POST"])
@managers_only
def edit_person(user_id: int) -> ResponseReturnValue:
    """Change a name, roles or estates."""
    user = changeable(user_id)
    form = PersonForm(obj=user)
    form.offer(current_user, queries.estate_choices())
    del form.username
    if not form.is_submitted():
        form.estates.data = user.estate_ids
    if not form.validate_on_submit():
        return (
            render_template("accounts/person.html", form=form, person=user),
            422 if form.errors else 200,
        )
    form.require_fresh(user)
    allow(user.id != current_user.id or set(form.roles.data) == set(user.roles))
    user.name = form.name.data
    if set(form.roles.data) != set(user.roles):
        tell_of_roles(user, current_user)
    give_roles(user, form.roles.data)
    user.set_estates(form.estates.data)
    answer = see_other(url_for("accounts.person", user_id=user.id))
    db.session.commit()
    return answer


@blueprint.post("/accounts/<int:user_id>/invitation")
@managers_only
def invite_again(user_id: int) -> ResponseReturnValue:
    """Make a new one-time link: for a lost one, or a forgotten password."""
    user = changeable(user_id)
    secret = invite(user, current_user)
    tell_of_link(user, current_user)
    answer = see_other(url_for("accounts.person", user_id=user.id))
    db.session.commit()
    session["invitation"] = [user.id, secret]
    return answer


@blueprint.post("/accounts/<int:user_id>/closing")
@managers_only
def close_account(user_id: int) -> ResponseReturnValue:
    """Close an account; nobody closes their own."""
    user = changeable(user_id)
    allow(user.id != current_user.id)
    close(user)
    answer = see_other(url_for("accounts.person", user_id=user.id))
    db.session.commit()
    flash(_("账号已停用，设备都已退出。"), "ok")
    return answer


@blueprint.post("/accounts/<int:user_id>/reopening")
@managers_only
def reopen_account(user_id: int) -> ResponseReturnValue:
    """Open a closed account again."""
    user = changeable(user_id)
    reopen(user)
    tell_secretaries("account_reopened", user, current_user)
    answer = see_other(url_for("accounts.person", user_id=user.id))
    db.session.commit()
    return answer
