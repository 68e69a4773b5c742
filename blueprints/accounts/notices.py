"""What people are told about accounts: a link that opens theirs, another role.

Whoever manages accounts could open somebody's with a link of their own and read what that person
reads. So that person learns of it, and of what an administrator does, the secretaries.
"""

from collections.abc import Collection

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from blueprints.accounts.access import accounts_visible_to
from blueprints.accounts.models import User
from blueprints.accounts.queries import people_with_role
from core.access import SECRETARY
from core.db import db
from core.notices import Kind, Subject, about, tell

ABOUT_ACCOUNTS = {
    "own_link": Kind("key", _l("%(who)s给您的账号开了登录链接；不是您要的，请告诉书记")),
    "own_roles": Kind("users", _l("%(who)s改了您的角色")),
    "account_made": Kind("users", _l("%(who)s开了一个新账号")),
    "account_link": Kind("key", _l("%(who)s给这个账号开了登录链接")),
    "account_roles": Kind("users", _l("%(who)s改了这个账号的角色")),
    "account_reopened": Kind("users", _l("%(who)s重新启用了这个账号")),
}


@about("user", ABOUT_ACCOUNTS)
def accounts_in_notices(reader: User, ids: Collection[int]) -> dict[int, Subject]:
    """Return these accounts; one's own leads to the page of one's own."""
    found = accounts_visible_to(reader).where(User.id.in_(ids))
    others = {
        user.id: Subject(user.name, url_for("accounts.person", user_id=user.id))
        for user in db.session.scalars(found)
    }
    own = {reader.id: Subject(_("您的账号"), url_for("accounts.account"))}
    return others | (own if reader.id in ids else {})


def tell_of_link(user: User, by: User) -> None:
    tell([user.id], "own_link", user, by=by)
    tell_secretaries("account_link", user, by)


def tell_of_roles(user: User, by: User) -> None:
    tell([user.id], "own_roles", user, by=by)
    tell_secretaries("account_roles", user, by)


def tell_secretaries(kind: str, user: User, by: User) -> None:
    """Tell the secretaries what an administrator did; among secretaries it is daily work."""
    if not by.has_role(SECRETARY):
        others = {person.id for person in people_with_role(SECRETARY)} - {user.id}
        tell(others, kind, user, by=by)
