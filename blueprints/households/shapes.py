"""How buildings are built: names written together, and the rooms of a regular house."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.numerals import half_width

MOST_FLOORS, MOST_UNITS, MOST_ROOMS_PER_FLOOR, MOST_BUILDINGS = 40, 20, 30, 60
_BETWEEN_NAMES = re.compile(r"[、,;\s]+")
_RANGE = re.compile(r"(.*?)(\d+)(\D*?)[-–—~至到](?:\1)?(\d+)(\D*)")


@dataclass(frozen=True)
class Shape:
    """How buildings that look alike are built; a room is its floor and two digits: 301."""

    units: int
    floors: int
    rooms_per_floor: int

    def unit_names(self) -> list[str]:
        """Return 1, 2, 3; a building without units has one without a name."""
        return [str(number) for number in range(1, self.units + 1)] or [""]

    def numbers(self) -> Iterator[tuple[int, str]]:
        """Return (floor, number) of every room in one unit, from the ground up."""
        for floor in range(1, self.floors + 1):
            for position in range(1, self.rooms_per_floor + 1):
                yield floor, f"{floor}{position:02d}"

    @property
    def room_count(self) -> int:
        return len(self.unit_names()) * self.floors * self.rooms_per_floor


def building_names(text: str) -> list[str]:
    """Read 示1栋、示2栋 or 示1栋-示6栋, each name once."""
    names = [n for part in _BETWEEN_NAMES.split(half_width(text)) for n in _ranged(part) if n]
    return list(dict.fromkeys(names))


def _ranged(text: str) -> list[str]:
    """Read 示1栋-示3栋 or 1-3号楼; a name that only looks so (2-1栋) stays one."""
    match = _RANGE.fullmatch(text)
    if match is None:
        return [text]
    stem, first, inner, last, suffix = match.groups()
    numbers = range(int(first), min(int(last), int(first) + MOST_BUILDINGS) + 1)
    if inner not in ("", suffix) or len(numbers) < 2:
        return [text]
    return [f"{stem}{number}{suffix}" for number in numbers]
