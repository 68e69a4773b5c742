"""楼栋图 on paper: rooms and when somebody there was last met, by signs alone. No names.

For the office's wall behind a door: a room's sign says nothing of who lives there, and why a
room is not visited is not told apart from an empty one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.flow import A4
from core.fonts import KAI, SANS, SERIF_BLACK
from core.lettering import centred, left, right, width_of
from core.marks import Box, Mark, Path
from core.papers import PaperContent, Part
from core.prints.pictograms import ring
from core.sheet import Drawing, Page
from core.tables import HAIR, RULE, rule
from core.tags import Tag

# What the sign of a room tells: a full ring, half of one, an empty one, nothing, a dash.
SIGNS = ("new", "mid", "old", "none", "away")


@dataclass(frozen=True)
class MapRoom(Part):
    """One room: its number, its sign, whether a student looks after it."""

    number: str
    sign: str
    is_paired: bool


@dataclass(frozen=True)
class MapUnit(Part):
    """One unit: floors from the top, each with as many places as the unit has columns."""

    title: str
    floors: tuple[tuple[str, tuple[MapRoom | None, ...]], ...]

    @property
    def columns(self) -> int:
        return max((len(rooms) for _floor, rooms in self.floors), default=0)


@dataclass(frozen=True)
class BuildingMapContent(PaperContent):
    """`legend` are the words of SIGNS and of the ring around paired rooms, in their order."""

    building: str
    as_of: str
    units: tuple[MapUnit, ...]
    legend: tuple[tuple[str, str], ...]
    issuer: str
    demo: bool = False

    optional = frozenset({"issuer"})


_TOP, _FOOT, _LEFT, _RIGHT_EDGE = 44.0, 20.0, 28.0, 12.0


def draw_building_map(content: BuildingMapContent) -> Drawing:
    """The map on one page, upright or across as its units need."""
    columns = sum(unit.columns for unit in content.units)
    floors = max(len(unit.floors) for unit in content.units)
    size = (A4[1], A4[0]) if columns > 12 and columns > floors else A4
    width, height = size[0] - _LEFT - _RIGHT_EDGE, size[1] - _TOP - _FOOT
    between = 6.0
    taken = (len(content.units) - 1) * between + 9 * len(content.units)
    side = min((width - taken) / max(columns, 1), 26)
    row = min(height / (floors + 1), 14)
    marks = _head(content, size)
    x, words = _LEFT, dict(content.legend)
    for unit in content.units:
        marks += [mark.moved(x, _TOP) for mark in _unit(unit, side, row, words)]
        x += 9 + unit.columns * side + between
    return Drawing((Page(tuple(marks)),), size, f"楼栋图 {content.building}", content.issuer)


def _head(content: BuildingMapContent, size: tuple[float, float]) -> list[Mark]:
    end, titled = size[0] - _RIGHT_EDGE, f"{content.building}　楼栋图"
    marks: list[Mark] = [
        left(titled, _LEFT, 22, 22, SERIF_BLACK, tag=Tag("H1", title=titled)),
        right(f"截至{content.as_of}", end, 22, 11, KAI),
        rule(_LEFT, 26, end - _LEFT, RULE),
        rule(0, size[1] / 2, 4, HAIR),
        left("内部使用，不外贴。图上没有姓名，也不写原因。", _LEFT, size[1] - 10, 9, KAI),
    ]
    x = _LEFT
    for kind, words in content.legend:
        marks += _sign(kind, x + 2.2, 33.4) if kind != "pair" else _pair_frame(x, 31, 4.6, 4.6)
        marks.append(left(words, x + 6, 35, 10, KAI))
        x += 12 + width_of(words, 10)
    if content.demo:
        marks.append(centred("演示数据", size[0] / 2, size[1] - 10, 7, KAI, gap=0.2))
    return marks


def _unit(unit: MapUnit, side: float, row: float, words: dict[str, str]) -> list[Mark]:
    """Its title, then its floors with their numbers on the left."""
    middle = 9 + unit.columns * side / 2
    titled = Tag("H2", title=unit.title)
    marks: list[Mark] = (
        [centred(unit.title, middle, row / 2 + 1.6, 12, SANS, tag=titled)] if unit.title else []
    )
    for number, (floor, rooms) in enumerate(unit.floors, start=1):
        y = number * row
        marks.append(right(floor, 7.5, y + row / 2 + 1.2, 8.5, KAI))
        for place, room in enumerate(rooms):
            if room:
                drawn = _room(room, 9 + place * side, y, side, row)
                tag = Tag("Figure", alt=_said(room, words))
                marks += [replace(mark, tag=tag) for mark in drawn]
    return marks


def _said(room: MapRoom, words: dict[str, str]) -> str:
    """What a room's signs mean, in words."""
    signs = (words.get(room.sign), words.get("pair") if room.is_paired else None)
    return "，".join((room.number, *filter(None, signs)))


def _room(room: MapRoom, x: float, y: float, side: float, row: float) -> list[Mark]:
    size = min(10.5, row * 1.05, side * 0.75)
    # In a narrow cell the sign stands under the number instead of beside it.
    is_narrow = side < width_of(room.number, size, SANS) + 7
    base, place = (
        (0.34, (x + 3.2, y + row * 0.72)) if is_narrow else (0.5, (x + side - 3.4, y + row / 2))
    )
    marks: list[Mark] = [
        Box(x + 0.4, y + 0.4, side - 0.8, row - 0.8, stroke=0.5),
        left(room.number, x + 1.4, y + row * base + size * 0.13, size, SANS),
        *_sign(room.sign, *place),
    ]
    return marks + (_pair_frame(x + 0.9, y + 0.9, side - 1.8, row - 1.8) if room.is_paired else [])


def _pair_frame(x: float, y: float, width: float, height: float) -> list[Mark]:
    return [Box(x, y, width, height, stroke=1.3)]


def _sign(kind: str, x: float, y: float) -> list[Mark]:
    """Full, half or empty ring by how long ago; a dash for rooms that are not visited."""
    if kind == "away":
        return [rule(x - 1.6, y, 3.2, 0.8)]
    if kind == "none":
        return []
    signs: list[Mark] = [Path(x, y, ring(0, 0, 1.5), stroke=0.7)]
    if kind == "new":
        signs.append(Path(x, y, ring(0, 0, 1.5)))
    if kind == "mid":
        reach = 1.5 * 0.5523
        half = f"M0 -1.5C{-reach} -1.5 -1.5 {-reach} -1.5 0C-1.5 {reach} {-reach} 1.5 0 1.5Z"
        signs.append(Path(x, y, half))
    return signs
