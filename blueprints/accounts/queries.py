"""Reading accounts, sessions and failed logins."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, String, bindparam, cast, func, or_, select
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.orm.util import identity_key

from blueprints.accounts.models import (
    Invitation,
    LoginFailure,
    LoginSession,
    User,
    UserEstate,
    UserRole,
    secret_hash,
)
from core.clock import now
from core.db import UtcDateTime, columns, db

FAILURE_WINDOW = timedelta(minutes=15)
# Per account and address; per address; per account from devices it never used before.
FAILURES_PER_PAIR, FAILURES_PER_ADDRESS, FAILURES_PER_ACCOUNT = 8, 60, 100

# Who holds a cookie's token, while the session stands by both time limits: every request asks,
# so it comes as one row of plain values, roles and estates as words.
_ROLES = (
    select(func.aggregate_strings(UserRole.role, ","))
    .where(UserRole.user_id == User.id)
    .scalar_subquery()
)
_ESTATES = (
    select(func.aggregate_strings(cast(UserEstate.estate_id, String), ","))
    .where(UserEstate.user_id == User.id)
    .scalar_subquery()
)
_COLUMNS = [column.key for column in User.__table__.columns]
_LOGGED_IN = (
    select(LoginSession.id, LoginSession.seen_at, _ROLES, _ESTATES, *User.__table__.columns)
    .join_from(LoginSession, User, User.id == LoginSession.user_id)
    .where(
        LoginSession.token_hash == bindparam("token_hash"),
        LoginSession.revoked_at.is_(None),
        LoginSession.seen_at > bindparam("used_after", type_=UtcDateTime),
        LoginSession.created_at > bindparam("begun_after", type_=UtcDateTime),
        User.closed_at.is_(None),
    )
)


def anyone_registered() -> bool:
    """Answer whether the instance has been set up."""
    return db.session.scalar(select(User.id).limit(1)) is not None


def user_by_username(username: str) -> User | None:
    return db.session.scalar(select(User).where(User.username == username))


def everyone(words: str = "") -> Select[tuple[User]]:
    """Return all accounts, or those with the words in name or username; the open ones first."""
    found = select(User).order_by(User.closed_at.is_not(None), User.name, User.id)
    if not words:
        return found
    named = (User.name, User.username)
    return found.where(or_(*(column.icontains(words, autoescape=True) for column in named)))


def count_accounts() -> tuple[int, int]:
    """Return how many accounts are open, and how many of them have no password yet."""
    chosen = func.count(func.nullif(User.password_hash, ""))
    open_ones = select(func.count(), chosen).where(User.closed_at.is_(None))
    number, with_password = db.session.execute(open_ones).one()
    return number, number - with_password


def estate_choices() -> list[tuple[int, str]]:
    """Return (id, name) of the estates; their table belongs to a later room."""
    estate = db.metadata.tables["estate"]
    rows = db.session.execute(select(estate.c.id, estate.c.name).order_by(estate.c.name))
    return [(row.id, row.name) for row in rows]


def people_with_role(*roles: str) -> list[User]:
    """Return the open accounts that hold one of these roles, by name."""
    return list(
        db.session.scalars(
            select(User)
            .where(User.closed_at.is_(None), User.role_rows.any(UserRole.role.in_(roles)))
            .order_by(User.name)
        )
    )


def logged_in(
    token: str, idle: timedelta, absolute: timedelta
) -> tuple[User, int, datetime] | None:
    """Return whose session a cookie's token opens, its id and when it was last used.

    None once it was unused for ``idle``, is older than ``absolute``, or was ended.
    """
    moment = now()
    limits = {"used_after": moment - idle, "begun_after": moment - absolute}
    asked = {"token_hash": secret_hash(token), **limits}
    found = columns(_LOGGED_IN, asked)
    if not found:
        return None
    session_id, seen_at, roles, estates, *values = found[0]
    user = as_loaded(dict(zip(_COLUMNS, values, strict=True)))
    user.tell((roles or "").split(","), map(int, estates.split(",") if estates else ()))
    return user, session_id, seen_at


def as_loaded(values: dict[str, Any]) -> User:
    """Return the account with these columns as if the session had loaded it.

    Loading it would take twice as long as the statement itself, for every request.
    """
    known = db.session.identity_map.get(identity_key(User, values["id"]))
    if known is not None:
        return known
    user = User(**values)
    make_transient_to_detached(user)
    db.session.add(user)
    return user


def login_session(token: str) -> LoginSession | None:
    """Return the session of a cookie's token, alive or not."""
    found = select(LoginSession).where(LoginSession.token_hash == secret_hash(token))
    return db.session.scalar(found)


def devices(user: User) -> list[LoginSession]:
    """Return the person's open sessions, the latest used first."""
    return list(
        db.session.scalars(
            select(LoginSession)
            .where(LoginSession.user_id == user.id, LoginSession.revoked_at.is_(None))
            .order_by(LoginSession.seen_at.desc())
        )
    )


def open_invitation(secret: str) -> Invitation | None:
    """Return the invitation of a link, if it can still be used."""
    invitation = db.session.scalar(
        select(Invitation).where(Invitation.token_hash == secret_hash(secret))
    )
    return invitation if invitation and invitation.is_open else None


def must_wait(username: str, address: str, known_device: bool) -> bool:
    """Answer whether a login has to wait.

    A device that this account has used before is not counted against the account, so a
    stranger who guesses at a name cannot lock its owner out.
    """
    recent = select(func.count(LoginFailure.id)).where(LoginFailure.at > now() - FAILURE_WINDOW)
    of_account = recent.where(LoginFailure.username == username)
    if count(of_account.where(LoginFailure.address == address)) >= FAILURES_PER_PAIR:
        return True
    if known_device:
        return False
    return (
        count(recent.where(LoginFailure.address == address)) >= FAILURES_PER_ADDRESS
        or count(of_account) >= FAILURES_PER_ACCOUNT
    )


def count(statement: Select[tuple[int]]) -> int:
    return db.session.scalar(statement) or 0
