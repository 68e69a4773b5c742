"""Addresses written in many ways, brought to one form that compares and sorts as people expect."""

import re
from dataclasses import dataclass

from core.numerals import chinese_number, half_width

_SPACE = re.compile(r"\s+")
_BUILDING = re.compile(r"(.*?)([零〇一二两三四五六七八九十]+)?(栋|幢|座|号楼|#楼|号|楼|#)")
_UNIT = re.compile(r"(?:单元)?(.+?)(?:单元|门)?")
_ROOM = re.compile(r"(.*[0-9A-Za-z])[室房号户]")
_NUMBER = re.compile(r"\d+")
_SORT_DIGITS = 6
_MARK = r"(?:#?(?:号楼|栋|幢|座|楼)|#|号)"
_ONE_UNIT = r"[0-9]{1,2}|[一二三四五六七八九十]{1,3}|[A-Za-z甲乙丙丁]"
_DOOR_NUMBER = r"[A-Za-z]?[0-9]{3,4}[A-Za-z]?(?![0-9])|[0-9]{1,2}(?=[室房户号])"
_DOOR = re.compile(
    rf"(?P<building>[^-]*?(?:[0-9]+|[一二三四五六七八九十]+|[A-Za-z甲乙丙丁]))(?P<mark>{_MARK})?"
    rf"(?P<dash>-)?(?:(?P<unit>{_ONE_UNIT})(?:(?:单元|门)-?|-))?"
    rf"(?:[0-9]{{1,2}}(?:层|楼)-?)?(?:(?P<room>{_DOOR_NUMBER})[室房户号]?)?(?P<rest>.*)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Door:
    """One door as somebody wrote it in one cell; parts that are not there are empty.

    `rest` is what stood behind, a name perhaps; it is the whole text where no door was found.
    """

    building: str
    unit: str
    room: str
    rest: str = ""


def _compact(text: str) -> str:
    return _SPACE.sub("", half_width(text))


def _plain_number(text: str) -> str:
    number = chinese_number(text)
    return text if number is None else str(number)


def building_key(name: str) -> str:
    """What two spellings of one building share: 示2栋, 示 ２ 栋, 示二号楼 and 示2 all give 示2."""
    text = _compact(name)
    match = _BUILDING.fullmatch(text)
    if match is None:
        return _plain_number(text)
    stem, numeral, _suffix = match.groups()
    return (stem + _plain_number(numeral or "")) or text


def normalise_unit(text: str) -> str:
    """A unit's bare name: 1单元, 一单元, １ and 1 give 1; 甲单元 gives 甲; nothing stays empty."""
    match = _UNIT.fullmatch(_compact(text))
    return _plain_number(match[1]) if match else ""


def normalise_room(text: str) -> str:
    """A room's bare number: 501室, ５０１ and 501 give 501; other names stay as they are."""
    compact = _compact(text)
    match = _ROOM.fullmatch(compact)
    return match[1] if match else compact


def parse_door(text: str) -> Door:
    """Read 示2栋3-301（魏德喜）, 示3-2-402 仇阿姨, 3栋2单元501室 or 2号楼501."""
    compact = _compact(text)
    match = _DOOR.fullmatch(compact)
    if match is None or not (match["mark"] or match["dash"]):
        return Door("", "", "", compact)
    building = match["building"] + (match["mark"] or "")
    unit = normalise_unit(match["unit"] or "")
    return Door(building, unit, match["room"] or "", match["rest"].strip("-"))


def natural_key(text: str) -> str:
    """A string to store and sort by, in which 2栋 comes before 10栋 and case does not matter."""
    padded = _NUMBER.sub(lambda number: number[0].zfill(_SORT_DIGITS), _compact(text))
    return padded.casefold()


def address_key(building: str, unit: str, room: str) -> str:
    """The sort key of one household: by building, then unit, then room; missing parts first."""
    parts = (building_key(building), normalise_unit(unit), normalise_room(room))
    # A space sorts before every character that a part can hold.
    return " ".join(natural_key(part) for part in parts)
