"""What this room prints: a blank form for one household, the map of a building without names."""

from flask import current_app, url_for

from blueprints.households.building_map import BuildingMap, UnitMap
from blueprints.households.models import Building, Household
from core.clock import today
from core.papers import chinese_date
from core.press import print_drawn
from core.prints.building import BuildingMapContent, MapRoom, MapUnit, draw_building_map
from core.prints.forms import VisitFormContent, draw_visit_form
from core.settings import setting

# No letter that is read for a digit or another letter.
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_BITS = 20


def household_code(household_id: int) -> str:
    """Return 户码: four characters that stand for a household and tell no door.

    Neighbours' numbers follow one another; multiplied by an odd number and cut to 20 bits they
    are scattered, and no two of a million households share a code.
    """
    scattered = (household_id * 0x9E375 + 0x5A5A5) % (1 << _BITS)
    places = range(_BITS - 5, -1, -5)
    return "H-" + "".join(_ALPHABET[scattered >> place & 31] for place in places)


def visit_form(household: Household) -> bytes:
    """Return the form to write on in a stairwell; its QR code leads to the household's page."""
    root = setting("public_address").rstrip("/")
    path = url_for("households.show", household_id=household.id, _external=not root)
    content = VisitFormContent(
        code=household_code(household.id),
        url=f"{root}{path}",
        duty_phone=setting("duty_phone"),
        issuer=setting("issuer_name") or setting("company_name"),
        demo=current_app.config["LINLI_DEMO"],
    )
    return print_drawn([content], draw_visit_form)


def printed_map(building: Building, drawn: BuildingMap, legend: list[tuple[str, str]]) -> bytes:
    """Return the building's map as a PDF; of people it knows nothing."""
    content = BuildingMapContent(
        building=f"{building.estate.name} {building.name}",
        as_of=chinese_date(today()),
        units=tuple(_unit(unit) for unit in drawn.units),
        legend=tuple((kind, str(words)) for kind, words in legend),
        issuer=setting("issuer_name") or setting("company_name"),
        demo=current_app.config["LINLI_DEMO"],
    )
    return print_drawn([content], draw_building_map)


def _unit(unit: UnitMap) -> MapUnit:
    floors = [
        (
            f"{floor}层" if floor is not None else "其他",
            tuple(
                MapRoom(cell.room.number, cell.kind, cell.pairing is not None) if cell else None
                for cell in cells
            ),
        )
        for floor, cells in unit.floors
    ]
    return MapUnit(unit.unit.title or "", tuple(floors))
