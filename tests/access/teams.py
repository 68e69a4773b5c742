"""Who may do what with teams, volunteers and the hours ledger."""

from typing import Any

from blueprints.teams.models import Membership
from core.db import db
from tests import factories
from tests.access.cases import Case, all_get


def build(w: Any) -> None:
    """A team led by ``student``, and one line of the ledger of a resident in it."""
    w.team = factories.team()
    w.leader = factories.volunteer("林一舟", user=w.student, of=w.team)
    w.leadership = db.session.query(Membership).one()
    w.leadership.is_leader = True
    w.volunteer = factories.volunteer("单守信", of=w.team)
    w.membership = db.session.query(Membership).order_by(Membership.id.desc()).first()
    w.entry = factories.service_entry(w.volunteer, by=w.former_student, team=w.team)
    db.session.commit()


seen = all_get(200, admin=403)
seen_or_404 = all_get(200, admin=404)
office = all_get(403, secretary=200, manager=200)
office_form = all_get(403, secretary=422, manager=422)
# The team's leader is ``student``.
keepers = all_get(403, student=422, secretary=422, manager=422, admin=404)
office_of_team = all_get(403, secretary=200, manager=200, admin=404)
office_form_of_team = all_get(403, secretary=422, manager=422, admin=404)
# The leader sees the lines of the team, ``former_student`` the one they proposed.
entry_seen = all_get(404, student=200, secretary=200, manager=200, former_student=200)
vouching = all_get(404, student=422, secretary=422, manager=422, former_student=403)
of_volunteer = all_get(404, secretary=200, manager=200)

CASES = [
    Case("teams.export", lambda w: "/teams.xlsx", seen),
    Case("teams.export_volunteers", lambda w: "/volunteers.xlsx", office),
    Case("teams.export_hours", lambda w: "/hours.xlsx", seen),
    Case("teams.index", lambda w: "/teams", seen),
    Case("teams.new", lambda w: "/teams/new", office),
    Case("teams.new", lambda w: "/teams/new", office_form, "POST"),
    Case("teams.show", lambda w: f"/teams/{w.team.id}", seen_or_404),
    Case("teams.edit", lambda w: f"/teams/{w.team.id}/edit", office_of_team),
    Case(
        "teams.edit",
        lambda w: f"/teams/{w.team.id}/edit",
        office_form_of_team,
        "POST",
        lambda w: {"name": ""},
    ),
    Case("teams.add_member", lambda w: f"/teams/{w.team.id}/members", keepers, "POST"),
    Case(
        "teams.end_membership",
        lambda w: f"/memberships/{w.membership.id}/end",
        keepers,
        "POST",
        lambda w: {"left_on": "someday"},
    ),
    Case(
        "teams.change_leadership",
        lambda w: f"/memberships/{w.leadership.id}/leadership",
        all_get(403, secretary=303, manager=303, admin=404),
        "POST",
        lambda w: {"leader": "y"},
    ),
    Case("teams.volunteers", lambda w: "/volunteers", office),
    Case("teams.new_volunteer", lambda w: "/volunteers/new", office),
    Case("teams.new_volunteer", lambda w: "/volunteers/new", office_form, "POST"),
    Case("teams.volunteer", lambda w: f"/volunteers/{w.volunteer.id}", of_volunteer),
    Case(
        "teams.volunteer",
        lambda w: f"/volunteers/{w.leader.id}",
        all_get(404, student=200, secretary=200, manager=200),
    ),
    Case("teams.edit_volunteer", lambda w: f"/volunteers/{w.volunteer.id}/edit", of_volunteer),
    Case(
        "teams.edit_volunteer",
        lambda w: f"/volunteers/{w.leader.id}/edit",
        all_get(404, student=403, secretary=422, manager=422),
        "POST",
        lambda w: {"name": ""},
    ),
    Case(
        "teams.resident_choice",
        lambda w: f"/volunteers/{w.volunteer.id}/resident",
        all_get(404, secretary=200, manager=403),
    ),
    Case(
        "teams.link_resident",
        lambda w: f"/volunteers/{w.volunteer.id}/resident",
        all_get(404, secretary=303, manager=403),
        "POST",
    ),
    Case(
        "teams.reveal_phone", lambda w: f"/volunteers/{w.volunteer.id}/phone", of_volunteer, "POST"
    ),
    Case("teams.hours", lambda w: "/hours", seen),
    Case("teams.hour_totals", lambda w: "/hours/totals", seen),
    Case("teams.new_hours", lambda w: "/hours/new", seen),
    Case("teams.new_hours", lambda w: "/hours/new", all_get(422, admin=403), "POST"),
    Case("teams.entry", lambda w: f"/hours/{w.entry.id}", entry_seen),
    Case("teams.decide", lambda w: f"/hours/{w.entry.id}/confirmation", vouching, "POST"),
    Case("teams.confirm_chosen", lambda w: "/hours/confirmations", all_get(303, admin=403), "POST"),
    Case("teams.correct", lambda w: f"/hours/{w.entry.id}/correction", vouching, "POST"),
]
