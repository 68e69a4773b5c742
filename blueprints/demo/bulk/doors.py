"""Estates full of doors, with somebody behind each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from blueprints.demo.bulk.rows import Row, put, put_for_ids
from blueprints.demo.names import elder, younger
from blueprints.demo.story import Story
from blueprints.households.models import (
    CODE_ALPHABET,
    Building,
    CareTag,
    Consent,
    Estate,
    Household,
    Phone,
    Resident,
    Room,
    SearchTerm,
    Unit,
)
from blueprints.households.search_terms import terms_of
from blueprints.households.shapes import Shape
from core.addresses import address_key, natural_key

SHAPE = Shape(units=3, floors=10, rooms_per_floor=2)
HOMES_PER_ESTATE = 2000
FIRST_PHONE = 10020000000
# How many share a door with the one it is named after.
OTHERS = (0, 0, 0, 1, 1, 2)
TAGGED = 0.2


@dataclass(slots=True)
class Door:
    """One household to be: where it is, who lives there, and the ids once they are known."""

    estate_id: int
    building_id: int
    building: str
    unit: str
    room: str = ""
    room_id: int = 0
    names: tuple[tuple[str, str], ...] = ()
    household_id: int = 0
    head_id: int = 0


def build(story: Story, households: int) -> list[Door]:
    """Write so many households down, and return their doors."""
    doors = rooms(households)
    for door in doors:
        others = [(younger(story.dice), "") for _other in range(story.dice.choice(OTHERS))]
        door.names = (elder(story.dice), *others)
    move_in(story, doors)
    residents(story, doors)
    put(SearchTerm, search_terms(doors))
    return doors


def rooms(households: int) -> list[Door]:
    """Put up as many estates, buildings, units and rooms as it takes."""
    doors: list[Door] = []
    rows: list[Row] = []
    for unit_id, door in zip(*units(buildings(households)), strict=True):
        for floor, number in SHAPE.numbers():
            doors.append(replace(door, room=number))
            sort_key = natural_key(number)
            rows.append(
                {"unit_id": unit_id, "number": number, "floor": floor, "sort_key": sort_key}
            )
    for door, room_id in zip(doors, put_for_ids(Room, rows), strict=True):
        door.room_id = room_id
    return doors[:households]


def units(buildings: list[Row]) -> tuple[Sequence[int], list[Door]]:
    """Write the units of some buildings; return their ids, and a door of each without its room."""
    ids = put_for_ids(Building, buildings)
    doors = [
        Door(building["estate_id"], id_, building["name"], unit)
        for id_, building in zip(ids, buildings, strict=True)
        for unit in SHAPE.unit_names()
    ]
    rows = [
        {"building_id": door.building_id, "name": door.unit, "sort_key": natural_key(door.unit)}
        for door in doors
    ]
    return put_for_ids(Unit, rows), doors


def buildings(households: int) -> list[Row]:
    """Write the estates; return the rows of the buildings that so many households fill."""
    homes = [
        min(HOMES_PER_ESTATE, households - before)
        for before in range(0, households, HOMES_PER_ESTATE)
    ]
    estates = [{"name": f"演示小区{number:02d}"} for number in range(1, len(homes) + 1)]
    return [
        {"estate_id": estate_id, "name": f"示{number}栋", "sort_key": natural_key(f"示{number}")}
        for estate_id, in_estate in zip(put_for_ids(Estate, estates), homes, strict=True)
        for number in range(1, 1 + -(-in_estate // SHAPE.room_count))
    ]


def move_in(story: Story, doors: list[Door]) -> None:
    """Write the households."""
    codes: set[str] = set()
    while len(codes) < len(doors):
        codes.add("".join(story.dice.choices(CODE_ALPHABET, k=7)))
    rows = [
        {
            "room_id": door.room_id,
            "estate_id": door.estate_id,
            "building_id": door.building_id,
            "address_key": address_key(door.building, door.unit, door.room),
            "code": code,
            "people_count": len(door.names),
        }
        for door, code in zip(doors, sorted(codes), strict=True)
    ]
    for door, household_id in zip(doors, put_for_ids(Household, rows), strict=True):
        door.household_id = household_id


def residents(story: Story, doors: list[Door]) -> None:
    """Write everybody down, with a phone and what the first of each home agreed to."""
    people = [
        person(story, door, position, *name)
        for door in doors
        for position, name in enumerate(door.names)
    ]
    ids, numbers = put_for_ids(Resident, people), count(FIRST_PHONE)
    heads = [id_ for id_, one in zip(ids, people, strict=True) if not one["position"]]
    for door, head_id in zip(doors, heads, strict=True):
        door.head_id = head_id
    put(Phone, ({"resident_id": id_, "number": str(next(numbers))} for id_ in ids))
    put(
        Consent,
        (
            {"resident_id": id_, "kind": kind, "answer": "granted", "given_on": story.ago(1100)}
            for id_ in heads
            for kind in ("record", "visit")
        ),
    )
    alone = (id_ for id_ in heads if story.dice.random() < TAGGED)
    put(CareTag, ({"resident_id": id_, "tag": "alone"} for id_ in alone))


def person(story: Story, door: Door, position: int, name: str, honorific: str) -> Row:
    dice = story.dice
    return {
        "household_id": door.household_id,
        "position": position,
        "name": name,
        "honorific": honorific,
        "relation": "家人" if position else "户主",
        "birth_year": dice.randrange(1935, 1965),
        "birth_month": dice.randrange(1, 13),
        "birth_day": dice.randrange(1, 29),
    }


def search_terms(doors: list[Door]) -> Iterator[Row]:
    """Yield what each household is found by."""
    for door in doors:
        for kind, term in terms_of(door.building, door.unit, door.room, door.names):
            yield {"household_id": door.household_id, "kind": kind, "term": term}
