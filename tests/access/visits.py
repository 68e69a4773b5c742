"""Who may see and change pairings and visits."""

from types import SimpleNamespace
from typing import Any

from blueprints.visits.models import FollowUp, Visit, VisitPhoto
from core.clock import today
from core.db import db
from core.photos import Photo, photo_folder
from tests.access.cases import Case, all_get
from tests.factories import absence, saved

caring = all_get(403, student=200, other_student=200, former_student=200, secretary=200)
# Who looks after the household now, and the secretary; for everyone else it does not exist.
seen = all_get(404, student=200, secretary=200)
form = all_get(404, student=422, secretary=422)
caring_done = all_get(403, student=303, other_student=303, former_student=303, secretary=303)
done = all_get(404, student=303, secretary=303)
students_only = all_get(403, student=200, other_student=200, former_student=200)
secretary_only = all_get(403, secretary=200)
secretary_form = all_get(403, secretary=422)
# The pairing's own student sees it, but only the secretary ends it.
ending = all_get(404, student=403, secretary=200)
# The visit is not late, so even who may remind is told so.
reminding = all_get(404, student=403, secretary=303)


def build(world: SimpleNamespace) -> None:
    """Add a visit of the present student, with a photo and a promise."""
    world.visit = saved(
        Visit(
            household_id=world.household.id,
            pairing_id=world.pairing.id,
            visitor_id=world.student.id,
            visited_on=today(),
            met=True,
        )
    )
    world.follow_up = saved(
        FollowUp(visit_id=world.visit.id, what="带老花镜", owner_id=world.student.id)
    )
    # Next month, so that it opens nothing yet.
    world.absence = absence(world.student, world.other_student, begins=30, ends=40)
    world.visit_photo = saved(Photo(name="door.jpg", width=20, height=20, size=1, sha256="0" * 64))
    db.session.add(VisitPhoto(visit_id=world.visit.id, photo_id=world.visit_photo.id))
    db.session.commit()
    photo_folder().mkdir(exist_ok=True)
    (photo_folder() / "door.jpg").write_bytes(b"\xff\xd8\xff")


def on_pairing(path: str = "") -> Any:
    return lambda w: f"/pairings/{w.pairing.id}{path}"


def on_visit(path: str = "") -> Any:
    return lambda w: f"/visits/{w.visit.id}{path}"


def on_follow_up(path: str) -> Any:
    return lambda w: f"/follow-ups/{w.follow_up.id}{path}"


def of_household(path: str) -> Any:
    return lambda w: f"{path}?household={w.household.id}"


CASES = [
    Case("visits.export", lambda w: "/visits.xlsx", caring),
    Case("visits.export_pairings", lambda w: "/pairings.xlsx", caring),
    Case("visits.pairings", lambda w: "/pairings", caring),
    Case("visits.new_pairing", lambda w: "/pairings/new", secretary_only),
    Case("visits.new_pairing", of_household("/pairings/new"), secretary_form, "POST"),
    Case("visits.pairing", on_pairing(), seen),
    Case(
        "visits.pairing",
        lambda w: f"/pairings/{w.former_pairing.id}",
        all_get(404, former_student=200, secretary=200),
    ),
    Case("visits.edit_pairing", on_pairing("/edit"), seen),
    Case("visits.edit_pairing", on_pairing("/edit"), form, "POST"),
    Case("visits.end_pairing", on_pairing("/end"), ending),
    Case("visits.end_pairing", on_pairing("/end"), ending | {"secretary": 422}, "POST"),
    Case("visits.send_reminder", on_pairing("/reminder"), reminding, "POST"),
    Case("visits.absences", lambda w: "/absences", secretary_only),
    Case("visits.new_absence", lambda w: "/absences/new", secretary_only),
    Case("visits.new_absence", lambda w: "/absences/new", secretary_form, "POST"),
    Case(
        "visits.end_absence",
        lambda w: f"/absences/{w.absence.id}/return",
        all_get(404, student=303, secretary=303),
        "POST",
    ),
    Case("visits.own_leave", lambda w: "/absences/own", students_only),
    Case(
        "visits.own_leave",
        lambda w: "/absences/own",
        all_get(403, student=422, other_student=422, former_student=422),
        "POST",
    ),
    Case("visits.choose_deputy", lambda w: f"/absences/{w.absence.id}/deputy", secretary_only),
    Case(
        "visits.choose_deputy",
        lambda w: f"/absences/{w.absence.id}/deputy",
        secretary_form,
        "POST",
    ),
    Case("visits.calendar", lambda w: "/calendar", caring),
    Case("visits.make_calendar_link", lambda w: "/calendar/link", caring_done, "POST"),
    Case("visits.revoke_calendar_link", lambda w: "/calendar/link/revocation", caring_done, "POST"),
    # Whoever knows the secret needs no login; this one nobody knows.
    Case(
        "visits.calendar_feed",
        lambda w: "/calendar/unknown.ics",
        all_get(404, nobody=404),
    ),
    Case("visits.new_round", lambda w: "/visits/rounds/new", caring),
    Case(
        "visits.new_round",
        lambda w: "/visits/rounds/new",
        all_get(403, student=422, other_student=422, former_student=422, secretary=422),
        "POST",
    ),
    Case("visits.index", lambda w: "/visits", caring),
    Case("visits.new", lambda w: "/visits/new", caring),
    Case(
        "visits.new",
        of_household("/visits/new"),
        caring | {"other_student": 404, "former_student": 404},
    ),
    Case(
        "visits.new",
        of_household("/visits/new"),
        all_get(403, student=422, other_student=404, former_student=404, secretary=422),
        "POST",
    ),
    Case("visits.show", on_visit(), seen),
    Case("visits.edit", on_visit("/edit"), seen),
    Case("visits.edit", on_visit("/edit"), form, "POST"),
    Case("visits.void", on_visit("/void"), form, "POST"),
    Case("visits.photo", lambda w: f"/visits/{w.visit.id}/photos/{w.visit_photo.id}", seen),
    Case("visits.new_follow_up", on_visit("/follow-ups"), seen),
    Case("visits.new_follow_up", on_visit("/follow-ups"), form, "POST"),
    Case("visits.follow_ups", lambda w: "/follow-ups", caring),
    Case("visits.edit_follow_up", on_follow_up("/edit"), seen),
    Case("visits.edit_follow_up", on_follow_up("/edit"), form, "POST"),
    Case("visits.complete_follow_up", on_follow_up("/completion"), done, "POST"),
    Case("visits.reopen_follow_up", on_follow_up("/reopening"), done, "POST"),
    Case("visits.handover", on_pairing("/handover"), seen),
    Case(
        "visits.handover",
        lambda w: f"/pairings/{w.former_pairing.id}/handover",
        seen,
    ),
    Case("visits.edit_handover", on_pairing("/handover/edit"), seen),
    Case(
        "visits.edit_handover",
        on_pairing("/handover/edit"),
        done,
        "POST",
        lambda w: {"facts": "周三下午在家", "version": "0"},
    ),
]
