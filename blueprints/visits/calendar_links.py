"""A private address under which a calendar programme fetches one person's days."""

import secrets
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from blueprints.accounts.models import User, secret_hash
from core.audit import SENSITIVE
from core.clock import now
from core.db import UtcDateTime, db


class CalendarLink(db.Model):
    """One person's link. Only a hash of its secret is kept, so a stolen backup opens nothing."""

    __tablename__ = "calendar_link"
    __audited__ = True
    __table_args__ = (
        Index(
            "uq_calendar_link_open_user",
            "user_id",
            unique=True,
            sqlite_where=text("revoked_at IS NULL"),
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True, info=SENSITIVE)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship(lazy="raise")

    @classmethod
    def make(cls, user: User) -> tuple["CalendarLink", str]:
        """Return a new link and its secret, which is shown once and never stored."""
        secret = secrets.token_urlsafe(24)
        return cls(token_hash=secret_hash(secret), user_id=user.id), secret

    def revoke(self) -> None:
        """Close the link; whoever still has it gets nothing more."""
        self.revoked_at = self.revoked_at or now()
