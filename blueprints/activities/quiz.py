"""有奖知识抢答: a bank of questions, those chosen for one activity, and its prizes.

Who won is signed for on paper and kept nowhere else: a prize is no reason to store a resident.
"""

import secrets
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, String, Text, or_, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from core.db import db

if TYPE_CHECKING:
    from blueprints.activities.models import Activity


class QuizQuestion(db.Model):
    """One question of the bank. One that is asked no more stays on the sheets it was on."""

    __tablename__ = "quiz_question"
    __audited__ = True
    __table_args__ = (Index("ix_quiz_question_topic", "topic", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    topic: Mapped[str] = mapped_column(String(20), default="")
    question: Mapped[str] = mapped_column(String(200))
    # One to a line; none for a question that is answered freely.
    options: Mapped[str] = mapped_column(Text, default="")
    answer: Mapped[str] = mapped_column(String(120))
    remark: Mapped[str] = mapped_column(String(200), default="")
    retired_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    @property
    def lettered(self) -> list[tuple[str, str]]:
        """Return the options with their letters: A, B, C …"""
        lines = [line.strip() for line in self.options.splitlines() if line.strip()]
        return [(chr(ord("A") + number), line) for number, line in enumerate(lines)]


class QuizPick(db.Model):
    """One question of one activity's quiz."""

    __tablename__ = "quiz_pick"

    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("quiz_question.id"), primary_key=True)
    position: Mapped[int] = mapped_column(default=0)

    question: Mapped[QuizQuestion] = relationship(lazy="raise")


class Prize(db.Model):
    """What can be won, and how many of it there are."""

    __tablename__ = "prize"
    __audited__ = True
    __table_args__ = (CheckConstraint("pieces > 0", name="pieces_positive"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), index=True)
    rank: Mapped[str] = mapped_column(String(20), default="")
    what: Mapped[str] = mapped_column(String(60))
    pieces: Mapped[int] = mapped_column(default=1)


def in_the_bank(words: str = "", topic: str = "") -> Select[tuple[QuizQuestion]]:
    """Return the questions that may be asked, by topic, the latest first."""
    found = select(QuizQuestion).where(QuizQuestion.retired_on.is_(None))
    if words:
        matches = (QuizQuestion.question, QuizQuestion.answer)
        found = found.where(or_(*(column.contains(words, autoescape=True) for column in matches)))
    if topic:
        found = found.where(QuizQuestion.topic == topic)
    return found.order_by(QuizQuestion.topic, QuizQuestion.id.desc())


def topics() -> list[str]:
    """Return the topics of the bank, by their characters."""
    found = select(QuizQuestion.topic).where(QuizQuestion.retired_on.is_(None)).distinct()
    return [topic for topic in db.session.scalars(found.order_by(QuizQuestion.topic)) if topic]


def picks_of(activity_id: int) -> list[QuizPick]:
    """Return an activity's questions in the order in which they are asked."""
    return list(
        db.session.scalars(
            select(QuizPick)
            .where(QuizPick.activity_id == activity_id)
            .options(joinedload(QuizPick.question))
            .order_by(QuizPick.position, QuizPick.question_id)
        )
    )


def prizes_of(activity_id: int) -> list[Prize]:
    return list(
        db.session.scalars(select(Prize).where(Prize.activity_id == activity_id).order_by(Prize.id))
    )


def draw(activity: "Activity", count: int, topic: str) -> int:
    """Add questions drawn at random that are not chosen yet; return how many there were."""
    chosen = picks_of(activity.id)
    taken = {pick.question_id for pick in chosen}
    left = [one for one in db.session.scalars(in_the_bank(topic=topic)) if one.id not in taken]
    drawn = secrets.SystemRandom().sample(left, min(count, len(left)))
    place = max((pick.position for pick in chosen), default=0)
    for number, question in enumerate(drawn, place + 1):
        db.session.add(QuizPick(activity_id=activity.id, question_id=question.id, position=number))
    db.session.flush()
    return len(drawn)
