"""Reading accounts, sessions and failed logins."""

from datetime import timedelta

from sqlalchemy import Select, bindparam, func, or_, select
from sqlalchemy.orm import joinedload

from blueprints.accounts.models import (
    Invitation,
    LoginFailure,
    LoginSession,
    User,
    UserRole,
    secret_hash,
)
from core.clock import now
from core.db import db

FAILURE_WINDOW = timedelta(minutes=15)
# Per account and address; per address; per account from devices it never used before.
FAILURES_PER_PAIR, FAILURES_PER_ADDRESS, FAILURES_PER_ACCOUNT = 8, 60, 100

SESSION_BY_TOKEN = (
    select(LoginSession)
    .where(LoginSession.token_hash == bindparam("token_hash"))
    .options(
        joinedload(LoginSession.user, innerjoin=True).options(
            joinedload(User.role_rows), joinedload(User.estate_rows)
        )
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


def login_session(token: str) -> LoginSession | None:
    """Return the session of a cookie's token, alive or not, in one query: every request asks."""
    found = db.session.scalars(SESSION_BY_TOKEN, {"token_hash": secret_hash(token)})
    return found.unique().one_or_none()


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
