"""桥机嘉园 and 侨亚小区: the buildings, and who lives in them."""

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from blueprints.demo.names import elder, younger
from blueprints.demo.neighbours import NEIGHBOURS, QIAOJI, QIAOYA, Home, Person
from blueprints.demo.story import Story, lunar_birthday
from blueprints.households.estate_actions import add_buildings, add_estate
from blueprints.households.models import (
    CODE_ALPHABET,
    Building,
    CareTag,
    Consent,
    Household,
    Phone,
    Resident,
    Room,
    Unit,
)
from blueprints.households.search_terms import index_household
from blueprints.households.shapes import Shape
from core.addresses import address_key
from core.dates import PartialDate, parse_date
from core.db import db

SHAPES = {
    (QIAOJI, "示1栋"): Shape(2, 5, 2),
    (QIAOJI, "示2栋"): Shape(3, 7, 2),
    (QIAOJI, "示3栋"): Shape(1, 5, 2),
    (QIAOJI, "示4栋"): Shape(2, 3, 2),
    (QIAOYA, "示1栋"): Shape(2, 3, 2),
    (QIAOYA, "示2栋"): Shape(1, 2, 1),
    (QIAOYA, "示3栋"): Shape(1, 2, 1),
    (QIAOYA, "示4栋"): Shape(1, 2, 1),
    (QIAOYA, "示5栋"): Shape(2, 4, 2),
    (QIAOYA, "示6栋"): Shape(1, 4, 2),
}
# Every so many doors one stands empty, and one asked not to be visited.
EMPTY_EVERY, UNVISITED_AT = 11, 40
# Who thought better of it did so the day before yesterday.
WITHDRAWN_AGO = 2


def settle(story: Story) -> None:
    """Register the estates and everybody who lives there."""
    for name in (QIAOJI, QIAOYA):
        story.estates[name] = add_estate(name)
    for (estate, name), shape in SHAPES.items():
        [building] = add_buildings(story.estates[estate], [name], shape)
        story.buildings[estate, name] = building
        settle_building(story, estate, building)


def settle_building(story: Story, estate: str, building: Building) -> None:
    """Move the people of the story in, then ordinary neighbours behind the other doors."""
    here = [home for home in NEIGHBOURS if (home.estate, home.building) == (estate, building.name)]
    named = {(home.unit, home.room): home for home in here}
    rooms = select(Room).join(Room.unit).where(Unit.building_id == building.id)
    doors = rooms.options(contains_eager(Room.unit)).order_by(Unit.sort_key, Room.sort_key)
    for position, room in enumerate(db.session.scalars(doors).all(), start=1):
        if home := named.get((room.unit.name, room.number)):
            story.homes[home.key] = move_in(story, building, room, home)
        elif position % EMPTY_EVERY == 0:
            room.state = "vacant"
        else:
            ordinary = ordinary_home(story, building, room)
            story.ordinary.append(move_in(story, building, room, ordinary))
            room.state = "no_visits" if position == UNVISITED_AT else "lived"


def ordinary_home(story: Story, building: Building, room: Room) -> Home:
    """Invent a household of one to four."""
    dice = story.dice
    name, honorific = elder(dice)
    born = str(dice.randrange(1938, 1962))
    tags = ("aged",) if born < "1946" else ("alone",) if dice.random() < 0.2 else ()
    people = [Person(name, honorific, born=f"{born}-{dice.randrange(1, 13):02d}", tags=tags)]
    for relation in dice.choice(((), (), ("儿子",), ("女儿",), ("老伴", "儿子", "儿媳"))):
        own_name = name[0] if relation in ("儿子", "女儿") else ""
        people.append(Person(younger(dice, own_name), relation=relation, consents="record"))
    return Home(building.name, room.unit.name, room.number, *people)


def move_in(story: Story, building: Building, room: Room, home: Home) -> Household:
    """Write one household down, with all its people."""
    code = "".join(story.dice.choices(CODE_ALPHABET, k=6))
    with story.on(home.known_for):
        household = Household(
            room=room,
            building=building,
            estate_id=building.estate_id,
            address_key=address_key(home.building, home.unit, home.room),
            code=code,
            people_count=len(home.people),
            remark=home.remark,
            residents=[
                resident(story, position, person) for position, person in enumerate(home.people)
            ],
        )
        db.session.add(household)
        db.session.flush()
        db.session.add_all(index_household(household))
    story.heads[household.id] = household.residents[0]
    return household


def resident(story: Story, position: int, person: Person) -> Resident:
    """Return one person with what they agreed to, and then what they need."""
    who = Resident(
        position=position,
        name=person.name,
        honorific=person.honorific,
        relation=person.relation,
        is_child=person.is_child,
        is_emergency_contact=person.is_contact,
        phones=[Phone(number=str(next(story.phones)), note=note) for note in person.phones],
        consents=[consent(story, person, *answer) for answer in person.answers()],
    )
    who.set_birthday(birthday(story, person))
    # Health and hardship are noted only of who agreed to a record.
    if who.agrees_to("record") and who.may_be_recorded:
        who.care_tags = [
            CareTag(tag=tag, noted_by_id=story.people["qin"].id) for tag in person.tags
        ]
    return who


def consent(story: Story, person: Person, kind: str, answer: str) -> Consent:
    asked_ago = WITHDRAWN_AGO if answer == "withdrawn" else person.asked_ago
    return Consent(
        kind=kind,
        answer=answer,
        form="paper",
        given_on=story.ago(asked_ago),
        asked_by_id=story.people["qin"].id,
    )


def birthday(story: Story, person: Person) -> PartialDate | None:
    """Return the birthday; one in so many days is told in the lunar calendar."""
    if person.birthday_in is not None:
        month, day = lunar_birthday(story, person.birthday_in)
        return PartialDate(int(person.born), month, day, "lunar")
    return parse_date(person.born) if person.born else None
