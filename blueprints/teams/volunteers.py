"""Pages of the volunteers. They are listed by name, never by hours: nobody is ranked."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from blueprints.teams import access, blueprint, choices, queries
from blueprints.teams.forms import VolunteerForm
from blueprints.teams.models import SERVICE_KINDS, Volunteer
from blueprints.teams.routes import overseeing
from core.access import allow, one_or_404
from core.audit import record
from core.clock import today
from core.db import db
from core.forms import tidy
from core.htmx import see_other, wants_fragment
from core.paging import one_page


@blueprint.get("/volunteers")
@overseeing
def volunteers() -> ResponseReturnValue:
    """List the volunteers by name, or those whose name or pinyin matches."""
    words = tidy(request.args.get("q"))
    page = one_page(queries.searched(access.volunteers_visible_to(current_user), words))
    teams = queries.team_names(volunteer.id for volunteer in page.items)
    return render_template("teams/volunteers.html", page=page, teams=teams, words=words)


@blueprint.route("/volunteers/new", methods=["GET", "POST"])
@overseeing
def new_volunteer() -> ResponseReturnValue:
    """Register a volunteer."""
    form = VolunteerForm()
    form.offer(choices.account_choices())
    if not form.validate_on_submit():
        return render_template("teams/volunteer_edit.html", form=form), 422 if form.errors else 200
    volunteer = Volunteer()
    fill(volunteer, form)
    db.session.add(volunteer)
    db.session.flush()
    answer = see_other(url_for("teams.volunteer", volunteer_id=volunteer.id))
    db.session.commit()
    return answer


@blueprint.get("/volunteers/<int:volunteer_id>")
def volunteer(volunteer_id: int) -> ResponseReturnValue:
    """Show one volunteer: hours, teams, the latest lines of the ledger."""
    return volunteer_page(volunteer_or_404(volunteer_id))


@blueprint.route("/volunteers/<int:volunteer_id>/edit", methods=["GET", "POST"])
def edit_volunteer(volunteer_id: int) -> ResponseReturnValue:
    """Change what is known of a volunteer."""
    volunteer = volunteer_or_404(volunteer_id)
    allow(access.oversees(current_user))
    form = VolunteerForm(obj=volunteer)
    form.offer(choices.account_choices(keep=volunteer.user_id))
    if not form.validate_on_submit():
        return (
            render_template("teams/volunteer_edit.html", form=form, volunteer=volunteer),
            422 if form.errors else 200,
        )
    form.require_fresh(volunteer)
    fill(volunteer, form)
    answer = see_other(url_for("teams.volunteer", volunteer_id=volunteer.id))
    db.session.commit()
    return answer


@blueprint.post("/volunteers/<int:volunteer_id>/phone")
def reveal_phone(volunteer_id: int) -> ResponseReturnValue:
    """Show the whole number once, and note who looked."""
    volunteer = volunteer_or_404(volunteer_id)
    allow(access.oversees(current_user))
    record("reveal_phone", volunteer)
    see_other(url_for("teams.volunteer", volunteer_id=volunteer.id))
    if wants_fragment():
        answer = render_template("teams/_phone.html", volunteer=volunteer, revealed=True)
    else:
        answer = volunteer_page(volunteer, revealed=True)
    db.session.commit()
    return answer


def volunteer_or_404(volunteer_id: int) -> Volunteer:
    return one_or_404(
        access.volunteers_visible_to(current_user).where(Volunteer.id == volunteer_id)
    )


def volunteer_page(volunteer: Volunteer, revealed: bool = False) -> str:
    year = queries.Term.year_of(today())
    entries = queries.filtered(access.entries_visible_to(current_user), volunteer=volunteer.id)
    return render_template(
        "teams/volunteer.html",
        volunteer=volunteer,
        revealed=revealed,
        oversees=access.oversees(current_user),
        this_year=queries.minutes_total(volunteer.id, term=year),
        all_time=queries.minutes_total(volunteer.id),
        waiting=queries.minutes_total(volunteer.id, state="proposed"),
        by_kind=queries.minutes_by_kind(volunteer.id, year),
        kinds=SERVICE_KINDS,
        terms=queries.terms_of(volunteer.id),
        entries=db.session.scalars(entries.limit(10)).all(),
    )


def fill(volunteer: Volunteer, form: VolunteerForm) -> None:
    volunteer.name, volunteer.phone = form.name.data, form.phone.data or ""
    volunteer.skills, volunteer.user_id = form.skills.data, form.user_id.data
    volunteer.joined_on, volunteer.left_on = form.joined_on.data, form.left_on.data
    volunteer.agrees_to_publish = form.agrees_to_publish.data
