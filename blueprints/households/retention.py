"""What is kept no longer than it is needed (个人信息保护法, article 19).

Some time after a household's last pairing ended, what was written about it goes: the words and the
photos of its visits, what was promised, its care tags. That visits took place, hours and
certificates stay.
"""

from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from sqlalchemy import Select, delete, exists, func, or_, select, union

from blueprints.households.access import pairing_table
from blueprints.households.models import CareTag, Household, Resident
from blueprints.households.signals import written_about, written_let_go
from core.audit import append
from core.clock import today
from core.db import db
from core.photos import drop_unused
from core.settings import setting

PAGE = 50


@dataclass(frozen=True)
class Written:
    """What one room has written about homes: the household of each piece."""

    what: LazyString
    homes: Select[tuple[int]]


@dataclass(frozen=True)
class Due:
    """What would go, how much of each, and of whom the first few are."""

    before: date
    pieces: list[tuple[LazyString, int]]
    households: int
    first: list[Household]


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
    """Return the ids of households whose last pairing ended by a day, with no visit since.

    Begins with the pairings that ended, by their index, not with all that there ever were.
    """
    ended, later = pairing_table().alias(), pairing_table().alias()
    visit = db.metadata.tables["visit"]
    visited = exists().where(
        visit.c.household_id == ended.c.household_id, visit.c.visited_on > before
    )
    goes_on = or_(later.c.ended_on.is_(None), later.c.ended_on > before)
    return (
        select(ended.c.household_id)
        .where(
            ended.c.ended_on <= before,
            ~ended.c.was_declined,
            ~visited,
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
    written = written_about_homes(households_over(before))
    concerned = select(Household).where(Household.id.in_(concerned_by(written)))
    pieces = [(each.what, how_many(each.homes)) for each in written]
    return Due(
        before,
        [(what, count) for what, count in pieces if count],
        how_many(concerned.with_only_columns(Household.id)),
        list(db.session.scalars(with_door(concerned).order_by(Household.id).limit(PAGE))),
    )


def written_about_homes(homes: Select[tuple[int]]) -> list[Written]:
    tags = select(Resident.household_id).join(Resident.care_tags)
    own = Written(_l("关爱类别"), tags.where(Resident.household_id.in_(homes)))
    told = [each for _receiver, rows in written_about.send(homes) for each in rows]
    return [*told, own]


def concerned_by(written: list[Written]) -> Select[tuple[int]]:
    return union(*(each.homes for each in written)).subquery().select()


def how_many(found: Select[tuple[int]]) -> int:
    return db.session.scalar(select(func.count()).select_from(found.subquery())) or 0


def let_go() -> tuple[Due, list[str]]:
    """Delete what is due, with one entry in the trail for each household.

    Return what it was, and the names of photos whose files are to go after the commit.
    """
    found = due()
    over = households_over(found.before)
    concerned = sorted(db.session.scalars(concerned_by(written_about_homes(over))))
    taken_out = [ids for _receiver, ids in written_let_go.send(over) if ids]
    people = select(Resident.id).where(Resident.household_id.in_(over))
    db.session.execute(delete(CareTag).where(CareTag.resident_id.in_(people)))
    after = {"before": found.before}
    entries = [("retention", "household", str(home), {}, after) for home in concerned]
    if entries:
        append(db.session(), entries)
    return found, drop_unused([photo_id for ids in taken_out for photo_id in ids])
