"""What happened that concerns somebody: one line on a page of their own, read when they like.

A notice keeps no words and nobody's name, only what kind of thing happened to which object. It
is put into words when it is read, through what the reader may see at that moment. Nothing is
sent anywhere, nothing pops up, and nobody is told twice what they have not read yet.

A room declares its kinds once, beside the function that reads their objects for somebody::

    @notices.about("wish", {"wish_published": Kind("wish", _l("公开了，等人认领"))})
    def wishes_in_notices(reader: User, ids: Collection[int]) -> dict[int, Subject]: ...

and its actions say in one line that something happened: ``tell([student_id], "wish_published",
wish, by=secretary)``, and that nothing is asked any more: ``settle(wish)``.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from flask_babel.speaklater import LazyString
from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    Select,
    String,
    delete,
    func,
    literal,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from core.audit import type_of
from core.clock import SHANGHAI, now
from core.db import UtcDateTime, db

# 个人信息保护法, article 19: no longer than needed.
READ_KEPT_FOR = timedelta(days=90)
KEPT_FOR = timedelta(days=365)


class Notice(db.Model):
    """One thing that one person is told, until they have read it and a while longer."""

    __tablename__ = "notice"
    __table_args__ = (
        Index("ix_notice_person", "user_id", "id"),
        Index(
            "ix_notice_unread",
            "user_id",
            sqlite_where=text("read_at IS NULL"),
            postgresql_where=text("read_at IS NULL"),
        ),
        Index("ix_notice_object", "object_type", "object_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    kind: Mapped[str] = mapped_column(String(40))
    object_type: Mapped[str] = mapped_column(String(40))
    object_id: Mapped[int]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, index=True)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    # Whoever did it; a colleague's name is no secret among colleagues.
    by: Mapped[Any] = relationship("User", lazy="raise", foreign_keys=[by_id])

    def read(self) -> None:
        """Mark as read; a second time changes nothing."""
        self.read_at = self.read_at or now()


@dataclass(frozen=True)
class Kind:
    """One kind of thing that happens. ``words`` may name the colleague: ``%(who)s``.

    A kind that ``asks`` wants something of its reader, until the matter is settled.
    """

    icon: str
    words: LazyString
    asks: bool = False


@dataclass(frozen=True)
class Subject:
    """What a notice is about, as its reader may see it now."""

    title: str
    url: str


@dataclass(frozen=True)
class Told:
    """A notice in words. Without a subject: its reader may no longer see what it is about."""

    notice: Notice
    subject: Subject | None

    @property
    def icon(self) -> str:
        return KINDS[self.notice.kind].icon

    @property
    def words(self) -> str:
        who = self.notice.by.name if self.notice.by else ""
        return str(KINDS[self.notice.kind].words) % {"who": who}


Reader = Any
Subjects = Callable[[Reader, Collection[int]], dict[int, Subject]]

KINDS: dict[str, Kind] = {}
_SUBJECTS: dict[str, Subjects] = {}


def about(object_type: str, kinds: dict[str, Kind]) -> Callable[[Subjects], Subjects]:
    """Declare what happens to objects of one table, and the function that reads them."""

    def declare(subjects: Subjects) -> Subjects:
        KINDS.update(kinds)
        _SUBJECTS[object_type] = subjects
        return subjects

    return declare


def tell(
    people: Iterable[int],
    kind: str,
    obj: Any,
    *,
    by: Any = None,
    not_again_since: date | None = None,
) -> None:
    """Tell these people (ids) what happened to an object, but never ``by``, who did it.

    Who has the same notice unread is not told again; neither, with ``not_again_since``, is who
    was told on that day or later and has read it.
    """
    if kind not in KINDS:
        raise KeyError(kind)
    db.session.flush()
    recent = Notice.read_at.is_(None)
    if not_again_since:
        recent |= Notice.at >= datetime.combine(not_again_since, time(), SHANGHAI)
    same = of_object(obj).where(Notice.kind == kind, recent)
    knowing = set(db.session.scalars(same.with_only_columns(Notice.user_id)))
    by_id = by.id if by else None
    for person in sorted(set(people) - knowing - {by_id}):
        db.session.add(
            Notice(
                user_id=person,
                kind=kind,
                object_type=type_of(obj),
                object_id=obj.id,
                by_id=by_id,
            )
        )


def settle(obj: Any) -> None:
    """Take what was asked about an object as read: it is done, or asked no more."""
    db.session.flush()
    asking = [name for name, kind in KINDS.items() if kind.asks]
    open_ones = of_object(obj).where(Notice.kind.in_(asking), Notice.read_at.is_(None))
    ids = open_ones.with_only_columns(Notice.id)
    db.session.execute(update(Notice).where(Notice.id.in_(ids)).values(read_at=now()))


def of_object(obj: Any) -> Select[tuple[Notice]]:
    """Return everything that anybody was told about an object."""
    return select(Notice).where(Notice.object_type == type_of(obj), Notice.object_id == obj.id)


def notices_of(user_id: int) -> Select[tuple[Notice]]:
    """Return what one person was told, the latest first."""
    found = select(Notice).where(Notice.user_id == user_id).options(joinedload(Notice.by))
    return found.order_by(Notice.id.desc())


def unread_of(user_id: ColumnElement[int]) -> Select[tuple[int]]:
    """Return the count of what one person has not read yet."""
    return select(func.count(Notice.id)).where(Notice.user_id == user_id, Notice.read_at.is_(None))


def count_unread(user_id: int) -> int:
    """Return how much one person has not read yet."""
    return db.session.scalar(unread_of(literal(user_id))) or 0


def in_words(reader: Reader, notices: Sequence[Notice]) -> list[Told]:
    """Put notices into words for their reader; one look per kind of object, however many."""
    wanted: dict[str, set[int]] = {}
    for notice in notices:
        wanted.setdefault(notice.object_type, set()).add(notice.object_id)
    found = {name: _SUBJECTS[name](reader, ids) for name, ids in wanted.items()}
    return [Told(one, found[one.object_type].get(one.object_id)) for one in notices]


def read_all(user_id: int, newest: int) -> None:
    """Mark one person's notices as read, up to the newest that they have had before them."""
    seen = (Notice.user_id == user_id, Notice.id <= newest, Notice.read_at.is_(None))
    db.session.execute(update(Notice).where(*seen).values(read_at=now()))


def forget_old() -> int:
    """Delete what was read a while ago, and what nobody will read any more; return how many."""
    read_long_ago = Notice.read_at < now() - READ_KEPT_FOR
    old = delete(Notice).where(or_(read_long_ago, Notice.at < now() - KEPT_FOR))
    return db.session.execute(old).rowcount
