"""What an import would do to what is registered already; nothing is stored here."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from blueprints.households.ledger import LedgerPreview, LedgerRow, read_household_ledger
from blueprints.households.ledger_cells import HouseholdRecord
from blueprints.households.models import Building, Estate, Household, Resident, Room, Unit
from core.clock import today
from core.db import db

# Which later row a person picked instead of the first of its household.
Picks = Mapping[tuple[str, int], tuple[str, int]]
UNKNOWN_PLACES = ("building_unknown", "estate_unknown")


@dataclass(frozen=True)
class Plan:
    """A ledger that was read, beside what is registered already."""

    preview: LedgerPreview
    registered: frozenset[tuple[str, ...]]

    @property
    def new(self) -> list[LedgerRow]:
        """Return the good rows whose household is not registered yet."""
        return [row for row in self.preview.rows_with("good") if not self.is_registered(row)]

    @property
    def already(self) -> list[LedgerRow]:
        """Return the good rows whose household is there: importing again adds nothing."""
        return [row for row in self.preview.rows_with("good") if self.is_registered(row)]

    @property
    def open_choices(self) -> dict[tuple[str, int], list[LedgerRow]]:
        """Return, by a household's first row, all rows a person may choose from."""
        first = {(row.sheet, row.number): row for row in self.new}
        choices: dict[tuple[str, int], list[LedgerRow]] = {}
        for row in self.preview.rows_with("near_duplicate"):
            like = (row.like.sheet, row.like.number) if row.like else None
            if like in first:
                choices.setdefault(like, [first[like]]).append(row)
        return choices

    @property
    def hidden(self) -> list[LedgerRow]:
        return self.warned("hidden_row")

    @property
    def has_unknown_places(self) -> bool:
        return any(row.code in UNKNOWN_PLACES for row in self.preview.rows_with("error"))

    @property
    def counts(self) -> dict[str, int]:
        """Return the preview's counts, with new and already registered told apart."""
        return self.preview.counts | {"new": len(self.new), "already": len(self.already)}

    @property
    def tag_count(self) -> int:
        return sum(len(row.record.tags) for row in self.new if row.record)

    def warned(self, code: str) -> list[LedgerRow]:
        return [
            row for row in self.preview.rows if any(issue.code == code for issue in row.warnings)
        ]

    def is_registered(self, row: LedgerRow) -> bool:
        return row.record is not None and identity(row.record) in self.registered

    def records(self, picks: Picks) -> list[HouseholdRecord]:
        """Return what will be stored: each new row, or the later one picked in its place."""
        by_place = {(row.sheet, row.number): row for row in self.preview.rows}
        chosen = (
            by_place[picks.get((row.sheet, row.number), (row.sheet, row.number))]
            for row in self.new
        )
        return [row.record for row in chosen if row.record]


def plan_import(source: bytes | Path, *, name: str = "", estate: str = "") -> Plan:
    """Read a ledger and compare it with what is registered. Raises a WorkbookError."""
    preview = read_household_ledger(source, known_buildings(), today(), name=name, estate=estate)
    return Plan(preview, registered_households())


def known_buildings() -> dict[str, list[str]]:
    """Return each estate's registered buildings."""
    found = db.session.execute(select(Estate.name, Building.name).outerjoin(Estate.buildings))
    known: dict[str, list[str]] = {}
    for estate, building in found:
        known.setdefault(estate, []).extend([building] if building else [])
    return known


def identity(record: HouseholdRecord) -> tuple[str, ...]:
    """Return what makes two ledger rows the same household."""
    return (*record.address, record.head_name)


def registered_households() -> frozenset[tuple[str, ...]]:
    """Return the identity of every household and resident that still lives there."""
    found = db.session.execute(
        select(Estate.name, Building.name, Unit.name, Room.number, Resident.name)
        .select_from(Household)
        .join(Household.estate)
        .join(Household.building)
        .join(Household.room)
        .join(Room.unit)
        .join(Household.residents)
        .where(Household.moved_out_on.is_(None))
    )
    return frozenset(tuple(row) for row in found)
