"""Pages of the volunteers. They are listed by name, never by hours: nobody is ranked."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import joinedload

from blueprints.households.access import sees_in_full
from blueprints.teams import access, actions, blueprint, choices, queries, register
from blueprints.teams.forms import VolunteerForm
from blueprints.teams.models import SERVICE_KINDS, Volunteer
from blueprints.teams.routes import overseeing
from blueprints.teams.signals import publishing_refused
from blueprints.teams.stars import sees_stars, stars_for
from core.access import allow, one_or_404
from core.audit import record
from core.clock import today
from core.db import db
from core.forms import tidy
from core.htmx import see_other, wants_fragment
from core.paging import one_page
from core.settings import setting


@blueprint.get("/volunteers")
@overseeing
def volunteers() -> ResponseReturnValue:
    """List the volunteers by name, or those whose name, pinyin or skill matches."""
    wanted = asked()
    page = one_page(register.listed(access.volunteers_visible_to(current_user), wanted))
    return render_template(
        "teams/volunteers.html",
        page=page,
        teams=queries.team_names(volunteer.id for volunteer in page.items),
        wanted=wanted,
        team_choices=choices.team_choices(),
        services=setting("service_categories"),
    )


def asked() -> register.Wanted:
    """Return what the address narrows the list down by."""
    args = request.args
    return register.Wanted(
        tidy(args.get("q")), args.get("team", type=int), args.get("service", ""), "left" in args
    )


@blueprint.route("/volunteers/new", methods=["GET", "POST"])
@overseeing
def new_volunteer() -> ResponseReturnValue:
    """Register a volunteer."""
    form = VolunteerForm()
    form.offer(choices.accounts(), setting("service_categories"))
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
    form.offer(
        choices.accounts(keep=volunteer.user_id),
        [*setting("service_categories"), *volunteer.service_list],
    )
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
    visible = access.volunteers_visible_to(current_user).where(Volunteer.id == volunteer_id)
    return one_or_404(visible.options(joinedload(Volunteer.resident)))


def volunteer_page(volunteer: Volunteer, revealed: bool = False) -> str:
    year, all_time = queries.Term.year_of(today()), queries.minutes_total(volunteer.id)
    entries = queries.filtered(access.entries_visible_to(current_user), volunteer=volunteer.id)
    return render_template(
        "teams/volunteer.html",
        volunteer=volunteer,
        revealed=revealed,
        oversees=access.oversees(current_user),
        this_year=queries.minutes_total(volunteer.id, term=year),
        all_time=all_time,
        stars=stars_for(all_time) if sees_stars(current_user, volunteer) else None,
        can_link=access.can_link(current_user),
        sees_home=volunteer.resident is not None
        and bool(sees_in_full(current_user, [volunteer.resident.household_id])),
        waiting=queries.minutes_total(volunteer.id, state="proposed"),
        by_kind=queries.minutes_by_kind(volunteer.id, year),
        kinds=SERVICE_KINDS,
        terms=queries.terms_of(volunteer.id),
        entries=db.session.scalars(entries.limit(10)).all(),
    )


def fill(volunteer: Volunteer, form: VolunteerForm) -> None:
    volunteer.name, volunteer.phone = form.name.data, form.phone.data or ""
    actions.connect(volunteer, form.user_id.data, current_user)
    volunteer.skills = form.skills.data
    volunteer.services = "、".join(form.service_list.data)
    volunteer.is_child, volunteer.guardian_agreed_on = form.is_child.data, form.agreed_on
    volunteer.joined_on, volunteer.left_on = form.joined_on.data, form.left_on.data
    if volunteer.agrees_to_publish and not form.agrees_to_publish.data:
        publishing_refused.send(volunteer)
    volunteer.agrees_to_publish = form.agrees_to_publish.data
