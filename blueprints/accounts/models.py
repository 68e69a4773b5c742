"""People who log in: their roles, their sessions on each device, and their invitations."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.access import ADMIN, MANAGER, MENTOR, ROLES, SECRETARY, STUDENT
from core.clock import now
from core.db import UtcDateTime, db

ROLE_NAMES = {
    STUDENT: _l("红色物业大学生"),
    SECRETARY: _l("支部书记"),
    MANAGER: _l("物业经理"),
    MENTOR: _l("导师"),
    ADMIN: _l("管理员"),
}

# argon2id with the library's defaults, which follow RFC 9106's low-memory profile.
hasher = PasswordHasher()


def secret_hash(secret: str) -> str:
    """Return what is stored of a random secret, so that a stolen database opens no door."""
    return hashlib.sha256(secret.encode()).hexdigest()


def is_password(known: str, password: str) -> bool:
    """Answer whether a hash is of this password, in a time that does not tell how wrong it is."""
    try:
        return hasher.verify(known, password)
    except VerificationError:
        return False


class User(db.Model):
    """One person with an account. Accounts are closed, never deleted: records name them."""

    __tablename__ = "user"
    __audited__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    password_hash: Mapped[str] = mapped_column(String(200), info={"sensitive": True})
    started_on: Mapped[date | None]
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    language: Mapped[str | None] = mapped_column(String(12))
    text_size: Mapped[str] = mapped_column(String(4), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    version: Mapped[int] = mapped_column(default=1)

    role_rows: Mapped[list["UserRole"]] = relationship(
        lazy="selectin", cascade="all, delete-orphan"
    )

    estate_rows: Mapped[list["UserEstate"]] = relationship(
        lazy="selectin", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}

    # What Flask-Login asks of a user.
    is_authenticated = True
    is_anonymous = False
    # The session row that this request came with; set by the loader, not stored here.
    session_token: str = ""
    # What a login brings along, for every request asks; else it is read from the rows.
    _roles_told = _estates_told = None

    @property
    def is_active(self) -> bool:
        return self.closed_at is None

    def get_id(self) -> str:
        """Return the session's token, so that a login dies with its row, not with its cookie."""
        return self.session_token

    @property
    def roles(self) -> list[str]:
        """Return the roles in the order of ``ROLES``."""
        held = self._roles_told
        if held is None:
            held = {row.role for row in self.role_rows}
        return [role for role in ROLES if role in held]

    @property
    def role_names(self) -> list[str]:
        return [str(ROLE_NAMES[role]) for role in self.roles]

    def has_role(self, *roles: str) -> bool:
        """Answer whether the person holds at least one of these roles."""
        return any(role in roles for role in self.roles)

    def tell(self, roles: Iterable[str], estate_ids: Iterable[int]) -> None:
        """Take the roles and estates from the statement that found the person."""
        self._roles_told, self._estates_told = frozenset(roles), tuple(estate_ids)

    def set_roles(self, roles: list[str]) -> None:
        self._roles_told = None
        kept = [row for row in self.role_rows if row.role in roles]
        held = {row.role for row in kept}
        self.role_rows = kept + [UserRole(role=role) for role in roles if role not in held]

    @property
    def estate_ids(self) -> list[int]:
        """Return the estates this person is placed in."""
        if self._estates_told is not None:
            return list(self._estates_told)
        return [row.estate_id for row in self.estate_rows]

    def set_estates(self, estate_ids: list[int]) -> None:
        self._estates_told = None
        kept = [row for row in self.estate_rows if row.estate_id in estate_ids]
        held = {row.estate_id for row in kept}
        self.estate_rows = kept + [
            UserEstate(estate_id=estate_id) for estate_id in estate_ids if estate_id not in held
        ]

    def set_password(self, password: str) -> None:
        self.password_hash = hasher.hash(password)

    def has_password(self, password: str) -> bool:
        """Answer whether this is the password, in a time that does not tell how wrong it is."""
        return is_password(self.password_hash, password)


class UserRole(db.Model):
    """One role that a person holds; one person may hold several."""

    __tablename__ = "user_role"
    __audited__ = True

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(12), primary_key=True)


class UserEstate(db.Model):
    """One estate that a person is placed in."""

    __tablename__ = "user_estate"
    __audited__ = True

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    estate_id: Mapped[int] = mapped_column(ForeignKey("estate.id"), primary_key=True)


class LoginSession(db.Model):
    """One login on one device. The cookie holds the token, the database only its hash."""

    __tablename__ = "login_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    device: Mapped[str] = mapped_column(String(200), default="")
    address: Mapped[str] = mapped_column(String(60), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)

    @property
    def device_name(self) -> str:
        """Return what the browser says it runs on, in a word or two."""
        known = ("MicroMessenger", "Android", "iPhone", "iPad", "Windows", "Macintosh", "Linux")
        found = next((name for name in known if name in self.device), "")
        return {"MicroMessenger": _("微信"), "Macintosh": "Mac"}.get(found, found) or _("浏览器")

    def is_of(self, token: str) -> bool:
        """Answer whether this is the session that a cookie's token opens."""
        return self.token_hash == secret_hash(token)

    def revoke(self) -> None:
        """Log this device out."""
        self.revoked_at = now()


class SecondStep(db.Model):
    """What a person's own phone reckons the codes from that a login asks for besides the password.

    Who has no row logs in with the password alone.
    """

    __tablename__ = "second_step"
    __audited__ = True

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    secret: Mapped[str] = mapped_column(String(64), info={"sensitive": True})
    # The time step (RFC 6238) of the code that opened last: each opens once.
    last_used: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class Invitation(db.Model):
    """A one-time link with which a person sets their own password."""

    __tablename__ = "invitation"
    __audited__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True, info={"sensitive": True})
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship(lazy="joined", innerjoin=True, foreign_keys=[user_id])

    @classmethod
    def make(cls, user: User, by: User | None, days: int) -> tuple["Invitation", str]:
        """Return a new invitation and its secret, which is shown once and never stored."""
        secret = secrets.token_urlsafe(24)
        invitation = cls(
            token_hash=secret_hash(secret),
            user=user,
            invited_by_id=by.id if by else None,
            expires_at=now() + timedelta(days=days),
        )
        return invitation, secret

    @property
    def is_open(self) -> bool:
        return self.used_at is None and now() < self.expires_at and self.user.is_active


class LoginFailure(db.Model):
    """A failed login; counted for throttling, swept after a day."""

    __tablename__ = "login_failure"
    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(80), index=True)
    address: Mapped[str] = mapped_column(String(60), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, index=True)
