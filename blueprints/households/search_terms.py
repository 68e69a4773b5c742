"""What a household is found by, and how what was typed is compared with it.

Three kinds of terms: ``address`` and ``surname`` tell no more than a masked row does, so
anybody who has the household listed may search them; ``name`` is for who sees it in full.
Otherwise the search itself would answer who lives behind a masked name.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from sqlalchemy import ColumnElement, and_

from blueprints.households.models import Household, SearchTerm
from core.addresses import building_key, normalise_room, normalise_unit
from core.names import display_with_honorific, initials_index, split_surname
from core.numerals import half_width

Term = tuple[str, str]
LAST_CHARACTER = chr(0x10FFFF)
LONGEST = 120
_BLANKS = re.compile(r"\s+")
_NUMBER = re.compile(r"\d+")


def index_household(household: Household) -> list[SearchTerm]:
    """Return the terms of a household whose room, building and residents are loaded."""
    room = household.room
    names = [(resident.name, resident.honorific) for resident in household.residents]
    terms = terms_of(household.building.name, room.unit.name, room.number, names)
    return [SearchTerm(household_id=household.id, kind=kind, term=term) for kind, term in terms]


def terms_of(building: str, unit: str, room: str, names: Iterable[tuple[str, str]]) -> list[Term]:
    """Return (kind, term), each once; ``names`` are (name, honorific)."""
    found = [("address", term) for term in address_terms(building, unit, room)]
    for name, honorific in names:
        found += name_terms(name, honorific)
    return list(dict.fromkeys((kind, term[:LONGEST]) for kind, term in found if term))


def address_terms(building: str, unit: str, room: str) -> Iterator[str]:
    """示2栋1单元301, 2-1-301, 301; missing parts are left out."""
    building, unit, room = map(plain, (building, normalise_unit(unit), normalise_room(room)))
    yield f"{building}{unit}单元{room}" if unit else f"{building}{room}"
    short = building_key(building)
    digits = "".join(_NUMBER.findall(short)) or short
    yield "-".join(part for part in (digits, unit, room) if part)
    yield room


def name_terms(name: str, honorific: str) -> Iterator[Term]:
    """Every ending of the name as written and as neighbours say it, surnames, pinyin."""
    surname, _given = split_surname(name)
    yield from surname_terms(surname)
    for spoken in dict.fromkeys((plain(name), plain(display_with_honorific(name, honorific)))):
        for start in range(len(spoken)):
            yield "name", spoken[start:]
        for reading in initials_index(spoken).split():
            yield "name", reading


@cache
def surname_terms(surname: str) -> tuple[Term, ...]:
    """Return a surname and its readings; thousands of people share a few hundred of them."""
    readings = (word for word in initials_index(surname).split() if len(word) > len(surname))
    return (("surname", plain(surname)), *(("surname", reading) for reading in readings))


def plain(text: str) -> str:
    """Return what was typed in the form terms are stored in."""
    return _BLANKS.sub("", half_width(text)).casefold()


def begins_with(typed: str) -> ColumnElement[bool]:
    """The condition that a term begins with what was typed; one range of the index."""
    start = plain(typed)[:LONGEST]
    return and_(SearchTerm.term >= start, SearchTerm.term < start + LAST_CHARACTER)
