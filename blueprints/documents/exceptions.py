"""A scan's hit that may be public after all: one person says why, another agrees. Both are kept.

For words that only look private (示范路301号 is a shop). A phone or a number of an identity card is
never let through. The agreement holds for exactly these words: who changes one, asks anew.
"""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from blueprints.accounts.models import User
from core.audit import SENSITIVE
from core.clock import now
from core.db import UtcDateTime, db
from core.errors import RuleBroken
from core.settings import fingerprint

NEVER = frozenset(("phone", "id", "code"))


class SecondPersonNeeded(RuleBroken):
    def __str__(self) -> str:
        return _("自己提的，要另一位同事看过才算。")


class WordsChanged(RuleBroken):
    def __str__(self) -> str:
        return _("话已经改过了，要按现在的样子重新提。")


class PublicException(db.Model):
    """Why a draft's words may hang in public in spite of the scan, and who agreed."""

    __tablename__ = "public_exception"
    __audited__ = True

    document_id: Mapped[int] = mapped_column(
        ForeignKey("document.id", ondelete="CASCADE"), primary_key=True
    )
    words: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(String(200), info=SENSITIVE)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    granted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    asked_by: Mapped[User] = relationship(lazy="joined", foreign_keys=[asked_by_id])
    granted_by: Mapped[User | None] = relationship(lazy="joined", foreign_keys=[granted_by_id])

    @property
    def id(self) -> int:
        return self.document_id

    def is_about(self, content: dict[str, Any]) -> bool:
        return self.words == fingerprint(content)

    def allows(self, content: dict[str, Any]) -> bool:
        """Answer whether a second person agreed to exactly these words."""
        return self.granted_at is not None and self.is_about(content)

    def ask(self, by: User, reason: str, content: dict[str, Any]) -> None:
        """Propose these words; an earlier agreement ends."""
        self.words, self.reason, self.asked_by_id, self.asked_at = (
            fingerprint(content), reason, by.id, now(),
        )  # fmt: skip
        self.granted_by_id = self.granted_at = None

    def grant(self, by: User, content: dict[str, Any]) -> None:
        """Agree, as somebody else than who asked."""
        if by.id == self.asked_by_id:
            raise SecondPersonNeeded
        if not self.is_about(content):
            raise WordsChanged
        self.granted_by_id, self.granted_at = by.id, now()

    def is_on(self, frozen: dict[str, Any]) -> bool:
        """Answer whether an issued paper carries words that only this agreement let through."""
        said = (word["public"] for word in frozen.values() if _is_public(word))
        return any(text["overridden"] for text in said)

    @property
    def decided_by(self) -> str:
        """Both names, as the frozen paper keeps them."""
        return "、".join(one.name for one in (self.asked_by, self.granted_by) if one)


def _is_public(word: Any) -> bool:
    return isinstance(word, dict) and "public" in word


def exception_for(document_id: int) -> PublicException | None:
    return db.session.get(PublicException, document_id) if document_id else None
