"""Who may see and change households, their people, and the buildings they live in."""

from typing import Any

from tests import factories
from tests.access.cases import Case, all_get

paired_and_secretary = all_get(404, student=200, secretary=200)
paired_form = all_get(404, student=422, secretary=422)
office_secretary = all_get(403, secretary=200)
listed = all_get(
    404, student=200, other_student=200, former_student=200, secretary=200, manager=200
)
office = all_get(403, secretary=200, manager=200)
office_form = all_get(403, secretary=422, manager=422)
secretary_only = all_get(403, secretary=200)
secretary_form = all_get(403, secretary=422)
estate_readers = all_get(
    403, student=200, other_student=200, former_student=200, secretary=200, manager=200
)


def home(path: str = ""):
    return lambda w: f"/households/{w.household.id}{path}"


def person(path: str):
    return lambda w: f"/residents/{w.resident.id}{path}"


def block(path: str = ""):
    return lambda w: f"/buildings/{w.building.id}{path}"


def door(path: str = ""):
    return lambda w: f"/rooms/{w.room.id}{path}"


def estate(path: str = ""):
    return lambda w: f"/estates/{w.estate.id}{path}"


def nameless(w: Any) -> dict[str, str]:
    return {"name": "", "number": ""}


def build(w: Any) -> None:
    """Name the person who lives in the world's household."""
    w.resident = factories.head(w.household)


CASES = [
    Case(
        "households.export",
        lambda w: "/households.xlsx",
        all_get(200, mentor=403, admin=403),
    ),
    Case(
        "households.export_residents",
        lambda w: "/residents.xlsx",
        all_get(200, manager=403, mentor=403, admin=403),
    ),
    Case(
        "households.export_residents",
        lambda w: "/residents.xlsx?phones=full",
        all_get(403, secretary=200),
    ),
    Case("households.doubles_page", lambda w: "/households/doubles", office_secretary),
    Case("households.merge", home("/merging"), office_secretary),
    Case("households.merge", home("/merging"), office_secretary, "POST"),
    Case("households.merge_resident", person("/merging"), office_secretary),
    Case("households.merge_resident", person("/merging"), all_get(403, secretary=422), "POST"),
    Case("households.person_file", person("/file"), all_get(403, secretary=200), "POST"),
    Case("households.erase_person", person("/erasure"), office_secretary),
    Case("households.erase_person", person("/erasure"), all_get(403, secretary=422), "POST"),
    Case("households.retention_page", lambda w: "/households/retention", office_secretary),
    Case(
        "households.retention_page",
        lambda w: "/households/retention",
        all_get(403, secretary=303),
        "POST",
    ),
    Case("households.index", lambda w: "/households", all_get(200)),
    Case("households.show", home(), paired_and_secretary),
    Case("households.visit_form_pdf", home("/visit-form.pdf"), paired_and_secretary),
    Case("households.new", lambda w: "/households/new", secretary_only),
    Case("households.new", lambda w: "/households/new", secretary_form, "POST"),
    Case("households.edit", home("/edit"), paired_and_secretary),
    Case(
        "households.edit",
        home("/edit"),
        paired_form,
        "POST",
        data=lambda w: {"people_count": "99"},
    ),
    Case("households.new_resident", home("/residents/new"), paired_and_secretary),
    Case("households.new_resident", home("/residents/new"), paired_form, "POST"),
    Case("households.edit_resident", person("/edit"), paired_and_secretary),
    Case("households.edit_resident", person("/edit"), paired_form, "POST", nameless),
    Case(
        "households.open_phone", person("/phone"), all_get(404, student=303, secretary=303), "POST"
    ),
    Case("households.new_consent", person("/consents/new"), paired_and_secretary),
    Case("households.new_consent", person("/consents/new"), paired_form, "POST"),
    Case("households.estates", lambda w: "/estates", estate_readers),
    Case("households.new_estate", lambda w: "/estates/new", office),
    Case("households.new_estate", lambda w: "/estates/new", office_form, "POST"),
    Case("households.estate", estate(), estate_readers),
    Case("households.edit_estate", estate("/edit"), office),
    Case("households.edit_estate", estate("/edit"), office_form, "POST", nameless),
    Case("households.new_buildings", estate("/buildings/new"), office),
    Case("households.new_buildings", estate("/buildings/new"), office_form, "POST"),
    Case("households.choose_building", lambda w: "/buildings", all_get(302, mentor=200, admin=200)),
    Case("households.building_map", block(), listed),
    Case("households.building_map_pdf", block("/map.pdf"), listed),
    Case("households.edit_building", block("/edit"), office),
    Case("households.edit_building", block("/edit"), office_form, "POST", nameless),
    Case(
        "households.delete_building",
        block("/removal"),
        # Somebody lives there: the office is let in and told so.
        all_get(403, secretary=409, manager=409),
        "POST",
    ),
    Case("households.room", door(), listed),
    Case(
        "households.change_state",
        door("/state"),
        all_get(
            404, student=422, other_student=403, former_student=403, secretary=422, manager=422
        ),
        "POST",
        data=lambda w: {"state": "burnt"},
    ),
    Case("households.new_room", block("/rooms/new"), office),
    Case("households.new_room", block("/rooms/new"), office_form, "POST"),
    Case("households.edit_room", door("/edit"), office),
    Case("households.edit_room", door("/edit"), office_form, "POST", nameless),
    Case(
        "households.delete_room", door("/removal"), all_get(403, secretary=409, manager=409), "POST"
    ),
]
