"""楼栋图: floors by units, and for each room how long ago somebody there was met.

Every map costs the same few queries, however many rooms it has.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from blueprints.households.models import ROOM_STATES, Building, Household, Resident, Room, Unit
from blueprints.households.places import floor_of
from blueprints.households.queries import (
    PairingFacts,
    current_pairings,
    declined_visits,
    last_met_days,
)
from core.clock import today
from core.db import db
from core.settings import setting

FIRST_TO_VISIT = 3


@dataclass(frozen=True)
class Cell:
    """One room on the map. ``kind`` is new, mid, old, none or away: colour and pattern."""

    room: Room
    state: str
    kind: str
    days: int | None
    pairing: PairingFacts | None
    has_household: bool

    @property
    def is_late(self) -> bool:
        late = self.pairing is not None and self.pairing.days_late > 0
        return late and self.kind != "away"

    @property
    def word(self) -> str:
        """Return what the cell says under its number."""
        if self.kind == "away":
            return str(ROOM_STATES[self.state])
        if self.is_late:
            return _("超期")
        return _("未访") if self.days is None else _("%(days)s天", days=self.days)


@dataclass(frozen=True)
class UnitMap:
    """One unit: a row of cells per floor, top floor first; None where there is no room."""

    unit: Unit
    columns: list[str]
    floors: list[tuple[int | None, list[Cell | None]]]


@dataclass(frozen=True)
class BuildingMap:
    """What the page of one building shows."""

    units: list[UnitMap]
    cells: list[Cell]

    @property
    def counts(self) -> Counter[str]:
        """Return how many rooms there are of each kind; ``pair`` counts the paired ones."""
        kinds = Counter(cell.kind for cell in self.cells)
        kinds["pair"] = sum(cell.pairing is not None for cell in self.cells)
        return kinds

    @property
    def first_to_visit(self) -> list[Cell]:
        """Return whom to see first: the latest pairings, then whoever waits longest."""
        open_cells = [c for c in self.cells if c.has_household and c.kind in ("old", "none")]
        late = [cell for cell in self.cells if cell.is_late]
        rest = [cell for cell in open_cells if not cell.is_late]
        late.sort(key=lambda cell: -cell.pairing.days_late)  # type: ignore[union-attr]
        rest.sort(key=lambda cell: -(cell.days or 0))
        return (late + rest)[:FIRST_TO_VISIT]


def building_map(building: Building) -> BuildingMap:
    """Return the map of one building."""
    rooms = list(
        db.session.scalars(
            select(Room)
            .join(Room.unit)
            .where(Unit.building_id == building.id)
            .options(joinedload(Room.unit))
            .order_by(Unit.sort_key, Room.sort_key)
        )
    )
    cells = cells_of(building, rooms)
    by_unit: dict[Unit, list[Cell]] = defaultdict(list)
    for cell in cells:
        by_unit[cell.room.unit].append(cell)
    floors = sorted({room.floor for room in rooms if room.floor is not None}, reverse=True)
    return BuildingMap([unit_map(unit, found, floors) for unit, found in by_unit.items()], cells)


def cells_of(building: Building, rooms: Sequence[Room]) -> list[Cell]:
    """Return the rooms' cells in the same order."""
    homes = db.session.execute(
        select(Household.id, Household.room_id).where(
            Household.building_id == building.id, Household.moved_out_on.is_(None)
        )
    ).all()
    ids = [household_id for household_id, _room_id in homes]
    met, paired = last_met_days(ids), current_pairings(ids)
    here = declined_visits().where(Resident.household_id.in_(ids))
    closed = set(db.session.scalars(here))
    lived: dict[int, list[int]] = defaultdict(list)
    for household_id, room_id in homes:
        lived[room_id].append(household_id)
    return [cell_of(room, lived[room.id], met, paired, closed) for room in rooms]


def cell_of(
    room: Room,
    household_ids: list[int],
    met: dict[int, date],
    paired: dict[int, PairingFacts],
    closed: set[int],
) -> Cell:
    """Return a room's cell; where several households share it, the latest meeting counts.

    A room whose households all declined to be visited shows as one that wants no visits, and
    nothing more: refusing is free.
    """
    last = max((met[i] for i in household_ids if i in met), default=None)
    pairings = [paired[i] for i in household_ids if i in paired]
    latest = max(pairings, key=lambda pairing: pairing.days_late, default=None)
    days = None if last is None else (today() - last).days
    declined = bool(household_ids) and closed.issuperset(household_ids)
    state = "no_visits" if declined and room.state == "lived" else room.state
    return Cell(room, state, kind_of(state, days), days, latest, bool(household_ids))


def kind_of(state: str, days: int | None) -> str:
    if state != "lived":
        return "away"
    if days is None:
        return "none"
    if days <= setting("map_recent_days"):
        return "new"
    return "mid" if days <= setting("map_old_days") else "old"


def unit_map(unit: Unit, cells: list[Cell], floors: list[int]) -> UnitMap:
    """Lay a unit's cells out; rooms whose floor nobody knows stand in a last row."""
    columns = list(dict.fromkeys(sorted(column_of(cell.room) for cell in cells)))
    placed: dict[int | None, dict[str, Cell]] = defaultdict(dict)
    for cell in cells:
        placed[cell.room.floor][column_of(cell.room)] = cell
    levels = [*floors, None] if None in placed else floors
    rows = [(floor, [placed[floor].get(column) for column in columns]) for floor in levels]
    return UnitMap(unit, columns, rows)


def column_of(room: Room) -> str:
    """Return where a room stands on its floor: 301 and 401 are both 01."""
    return room.number[-2:] if floor_of(room.number) is not None else room.number
