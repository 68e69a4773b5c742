"""Two records of one household, or of one person, made one; both histories are kept."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Column, Table, delete, exists, select, update
from sqlalchemy.exc import IntegrityError

from blueprints.accounts.models import User
from blueprints.households.actions import close_ranks, heed_answers, reindex
from blueprints.households.models import Household, Resident, SearchTerm
from blueprints.households.signals import households_merged
from blueprints.imports.actions import forget_facts
from core.audit import record, record_gone
from core.db import db
from core.errors import RuleBroken


class BothArePaired(RuleBroken):
    """One student looks after one household at a time."""

    def __str__(self) -> str:
        return _("两边都有人结对。先结束一边的结对，再合并。")


class BothAreHeldElsewhere(RuleBroken):
    """Another record can belong to only one of them, as a volunteer's does."""

    def __str__(self) -> str:
        return _("两边都连着只能有一份的记录（比如都登记成了志愿者）。先去掉一边的，再合并。")


class SameRecord(RuleBroken):
    def __str__(self) -> str:
        return _("这是同一条记录，不用合并。")


@dataclass(frozen=True)
class Kept:
    """What stays of the household's own facts, as a person chose."""

    people_count: int | None
    remark: str


def merge_households(kept: Household, gone: Household, facts: Kept, by: User) -> None:
    """Move everything from one household into the other, and delete the empty one.

    Both need ``residents`` loaded. Residents of the same name become one. What anybody in either
    record said no to holds for both. Raises SameRecord, BothArePaired, BothAreHeldElsewhere.
    """
    if kept.id == gone.id:
        raise SameRecord
    require_one_pairing(kept, gone)
    kept.people_count, kept.remark = facts.people_count, facts.remark
    namesakes = {resident.name: resident for resident in kept.residents}
    doubles = [(namesakes[r.name], r) for r in gone.residents if r.name in namesakes]
    offset = max((resident.position for resident in kept.residents), default=-1) + 1
    for person, double in doubles:
        make_one(person, double)
    db.session.execute(
        update(Resident)
        .where(Resident.household_id == gone.id)
        .values(position=Resident.position + offset)
    )
    db.session.execute(delete(SearchTerm).where(SearchTerm.household_id == gone.id))
    record_gone(gone)
    moved = merge_rows(Household.__table__, kept.id, gone.id)
    record("merge", kept, merged=gone.id, moved=moved)
    db.session.expire_all()
    reindex(kept.id)
    households_merged.send(kept)
    heed_answers(kept.id, by)


def merge_residents(kept: Resident, gone: Resident, by: User) -> None:
    """Give one record of a person everything the other has. Raises as above."""
    if kept.id == gone.id:
        raise SameRecord
    homes = {kept.household_id, gone.household_id}
    make_one(kept, gone)
    db.session.expire_all()
    for household_id in homes:
        close_ranks(household_id)
        reindex(household_id)
        heed_answers(household_id, by)


def make_one(kept: Resident, gone: Resident) -> None:
    """Merge two people; the trail keeps what the record that goes said, and what moved."""
    fill_gaps(kept, gone)
    db.session.flush()
    record_gone(gone)
    moved = merge_rows(Resident.__table__, kept.id, gone.id)
    record("merge", kept, merged=gone.id, moved=moved)
    forget_facts(Resident.__tablename__, gone.id)


def fill_gaps(kept: Resident, gone: Resident) -> None:
    """Take over what only the other record knows."""
    for name in ("honorific", "relation"):
        setattr(kept, name, getattr(kept, name) or getattr(gone, name))
    if kept.birthday is None:
        kept.set_birthday(gone.birthday)
    kept.is_child = kept.is_child or gone.is_child
    kept.is_emergency_contact = kept.is_emergency_contact or gone.is_emergency_contact


def require_one_pairing(kept: Household, gone: Household) -> None:
    pairing = db.metadata.tables["pairing"]
    current = select(pairing.c.id).where(
        pairing.c.household_id.in_([kept.id, gone.id]), pairing.c.ended_on.is_(None)
    )
    if len(db.session.scalars(current).all()) > 1:
        raise BothArePaired


def merge_rows(table: Table, kept_id: int, gone_id: int) -> dict[str, int]:
    """Point every row that refers to one at the other; what would then stand twice goes.

    Return how many rows of each table moved.
    """
    moved: Counter[str] = Counter()
    for other, column in references_to(table):
        drop_repeated(other, column, kept_id, gone_id)
        try:
            with db.session.begin_nested():
                found = db.session.execute(
                    update(other).where(column == gone_id).values({column: kept_id})
                )
        except IntegrityError as error:
            raise BothAreHeldElsewhere from error
        moved[other.name] += found.rowcount
    db.session.execute(delete(table).where(table.c.id == gone_id))
    return {name: count for name, count in moved.items() if count}


def references_to(table: Table) -> Iterator[tuple[Table, Column[Any]]]:
    """Return every column of every room that refers to a table."""
    for other in db.metadata.sorted_tables:
        for key in other.foreign_keys:
            if key.column.table is table:
                yield other, key.parent


# What makes two rows of these tables say the same of one person.
SAME_BY = {"phone": ("number",), "care_tag": ("tag",)}


def drop_repeated(other: Table, column: Column[Any], kept_id: int, gone_id: int) -> None:
    """Delete rows of the one that goes where the one that stays has the same."""
    same_by = SAME_BY.get(other.name) or key_beside(other, column)
    if not same_by:
        return
    mine = other.alias()
    same = [mine.c[name] == other.c[name] for name in same_by]
    already = exists(select(1).where(mine.c[column.name] == kept_id, *same))
    db.session.execute(delete(other).where(column == gone_id, already))


def key_beside(other: Table, column: Column[Any]) -> list[str]:
    """Return the rest of a key that the column is part of; nothing where it is in none."""
    if "id" in other.c or not column.primary_key:
        return []
    return [part.name for part in other.primary_key if part.name != column.name]
