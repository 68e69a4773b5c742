"""交接单: what the next student needs to know, and nothing else."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.audit import SENSITIVE
from core.clock import now
from core.db import UtcDateTime, db

LONGEST_FACTS = 300


class Handover(db.Model):
    """What was agreed with a household, in words, for whoever comes after this pairing.

    The rest of the sheet (consents, rhythm, open promises, open wishes) is read when it is shown.
    """

    __tablename__ = "handover"
    __audited__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    pairing_id: Mapped[int] = mapped_column(ForeignKey("pairing.id"), unique=True)
    facts: Mapped[str] = mapped_column(Text, default="", info=SENSITIVE)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, onupdate=now)
    written_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
