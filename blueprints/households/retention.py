"""What is kept no longer than it is needed (个人信息保护法, article 19).

Some time after a household's last pairing ended, the notes of its visits and its care tags go. That
visits took place, hours and certificates stay.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, delete, exists, func, or_, select, update

from blueprints.households.access import pairing_table
from blueprints.households.models import CareTag, Household, Resident
from core.audit import append
from core.clock import today
from core.db import db
from core.settings import setting

PAGE = 50


@dataclass(frozen=True)
class Due:
    """What would go, and of whom the first few are."""

    before: date
    notes: int
    promises: int
    tags: int
    households: int
    first: list[Household]

    @property
    def is_nothing(self) -> bool:
        return not (self.notes or self.promises or self.tags)


def months_ago(months: int, day: date) -> date:
    """The same day so many months earlier, or the month's last."""
    years, month = divmod(day.month - 1 - months, 12)
    first = date(day.year + years, month + 1, 1)
    last = (date(first.year + first.month // 12, first.month % 12 + 1, 1) - first).days
    return first.replace(day=min(day.day, last))


def limit() -> date:
    """Pairings that ended on this day or earlier ended long enough ago."""
    return months_ago(setting("retention_months"), today())


def households_over(before: date) -> Select[tuple[int]]:
    """Return the ids of households whose last pairing ended by a day; none runs now.

    Begins with the pairings that ended, by their index, not with all that there ever were.
    """
    ended, later = pairing_table().alias(), pairing_table().alias()
    goes_on = or_(later.c.ended_on.is_(None), later.c.ended_on > before)
    return (
        select(ended.c.household_id)
        .where(
            ended.c.ended_on <= before,
            ~ended.c.was_declined,
            ~exists().where(
                later.c.household_id == ended.c.household_id, ~later.c.was_declined, goes_on
            ),
        )
        .distinct()
    )


def due() -> Due:
    """Look what would go today, and change nothing."""
    from blueprints.households.queries import with_door

    before = limit()
    over = households_over(before)
    visit, promise = db.metadata.tables["visit"], db.metadata.tables["follow_up"]
    notes = select(visit.c.household_id).where(visit.c.household_id.in_(over), visit.c.note != "")
    tags = (
        select(Resident.household_id)
        .join(Resident.care_tags)
        .where(Resident.household_id.in_(over))
    )
    promises = (
        select(visit.c.household_id)
        .join(promise, promise.c.visit_id == visit.c.id)
        .where(visit.c.household_id.in_(over), promise.c.what != "")
    )
    concerned = select(Household).where(
        Household.id.in_(notes.union(tags, promises).subquery().select())
    )
    return Due(
        before,
        *(db.session.scalar(select(func.count()).select_from(found.subquery())) or 0
          for found in (notes, promises, tags, concerned.with_only_columns(Household.id))),
        list(db.session.scalars(with_door(concerned).order_by(Household.id).limit(PAGE))),
    )  # fmt: skip


def let_go() -> Due:
    """Delete what is due, with one entry in the trail for each household; return what it was."""
    found = due()
    over = list(db.session.scalars(households_over(found.before)))
    visit, promise = db.metadata.tables["visit"], db.metadata.tables["follow_up"]
    visits = select(visit.c.id).where(visit.c.household_id.in_(over))
    noted = set(
        db.session.scalars(
            select(visit.c.household_id).where(visit.c.household_id.in_(over), visit.c.note != "")
        )
    )
    people = select(Resident.id).where(Resident.household_id.in_(over))
    tagged = set(
        db.session.scalars(
            select(Resident.household_id).join(Resident.care_tags).where(Resident.id.in_(people))
        )
    )
    db.session.execute(
        update(visit)
        .where(visit.c.household_id.in_(over), visit.c.note != "")
        .values(note="", version=visit.c.version + 1)
    )
    db.session.execute(
        update(promise)
        .where(promise.c.visit_id.in_(visits), promise.c.what != "")
        .values(what="", version=promise.c.version + 1)
    )
    forget_earlier_words(over)
    db.session.execute(delete(CareTag).where(CareTag.resident_id.in_(people)))
    after = {"before": found.before}
    entries = [("retention", "household", str(home), {}, after) for home in sorted(noted | tagged)]
    if entries:
        append(db.session(), entries)
    return found


def forget_earlier_words(household_ids: Collection[int]) -> None:
    """Delete what visits said before a correction, and blank the sheets of handovers."""
    tables = db.metadata.tables
    visit, revision, handover = tables["visit"], tables["visit_revision"], tables["handover"]
    visits = select(visit.c.id).where(visit.c.household_id.in_(household_ids))
    db.session.execute(delete(revision).where(revision.c.visit_id.in_(visits)))
    pairing = pairing_table()
    pairings = select(pairing.c.id).where(pairing.c.household_id.in_(household_ids))
    db.session.execute(
        update(handover)
        .where(handover.c.pairing_id.in_(pairings))
        .values(facts="", version=handover.c.version + 1)
    )
