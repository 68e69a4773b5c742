"""Pages of the teams and of who is in them."""

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from blueprints.teams import access, actions, blueprint, choices, queries, register
from blueprints.teams.forms import (
    LeadershipForm,
    MemberForm,
    MembershipEndForm,
    PersonForm,
    TeamForm,
)
from blueprints.teams.models import TEAM_KINDS, Membership, Team, Volunteer
from core.access import allow, one_or_404, roles_required
from core.clock import today
from core.db import db
from core.htmx import see_other

taking_part = roles_required(*access.TAKING_PART)
overseeing = roles_required(*access.OVERSEEING)


@blueprint.app_template_filter("volunteer_name")
def volunteer_name(volunteer: Volunteer) -> str:
    """Write a volunteer's name as the reader may see it."""
    return access.shown_name(current_user, volunteer)


@blueprint.get("/teams")
@taking_part
def index() -> ResponseReturnValue:
    """List the teams with their leaders and how many are in them."""
    return render_template(
        "teams/index.html",
        lines=queries.team_lines(current_user),
        kinds=TEAM_KINDS,
        can_add=access.oversees(current_user),
    )


@blueprint.route("/teams/new", methods=["GET", "POST"])
@overseeing
def new() -> ResponseReturnValue:
    """Found a team."""
    form = TeamForm()
    if not is_valid(form):
        return render_template("teams/edit.html", form=form), 422 if form.errors else 200
    team = Team()
    fill(team, form)
    db.session.add(team)
    db.session.flush()
    answer = see_other(url_for("teams.show", team_id=team.id))
    db.session.commit()
    return answer


@blueprint.get("/teams/<int:team_id>")
def show(team_id: int) -> ResponseReturnValue:
    """Show a team: who is in it, what it did, its hours this year."""
    return team_page(team_or_404(team_id), MemberForm(formdata=None))


@blueprint.route("/teams/<int:team_id>/edit", methods=["GET", "POST"])
def edit(team_id: int) -> ResponseReturnValue:
    """Change a team's facts."""
    team = team_or_404(team_id)
    allow(access.oversees(current_user))
    form = TeamForm(obj=team)
    if not is_valid(form, team):
        return (
            render_template("teams/edit.html", form=form, team=team),
            422 if form.errors else 200,
        )
    form.require_fresh(team)
    fill(team, form)
    answer = see_other(url_for("teams.show", team_id=team.id))
    db.session.commit()
    return answer


@blueprint.post("/teams/<int:team_id>/members")
def add_member(team_id: int) -> ResponseReturnValue:
    """Begin somebody's term in the team; a name nobody knows is registered."""
    team = team_or_404(team_id)
    allow(access.can_keep_members(current_user, team))
    form = MemberForm()
    if not form.validate_on_submit():
        return team_page(team, form), 422
    person = person_meant(form)
    if person is None:
        return team_page(team, form), 422
    is_leader = form.is_leader.data and access.oversees(current_user)
    term = actions.add_member(team, person, form.joined_on.data, is_leader)
    term.lead_until(form.leads_until.data)
    answer = see_other(url_for("teams.show", team_id=team.id))
    db.session.commit()
    flash(_("%(name)s入队了。", name=form.name.data), "ok")
    return answer


@blueprint.post("/memberships/<int:membership_id>/end")
def end_membership(membership_id: int) -> ResponseReturnValue:
    """End somebody's term; it stays among the former ones."""
    membership = membership_or_404(membership_id)
    allow(access.can_keep_members(current_user, membership.team))
    form = MembershipEndForm()
    if not form.validate_on_submit():
        return team_page(membership.team, MemberForm(formdata=None), leaving=form), 422
    membership.end(form.left_on.data)
    answer = see_other(url_for("teams.show", team_id=membership.team_id))
    db.session.commit()
    return answer


@blueprint.post("/memberships/<int:membership_id>/leadership")
def change_leadership(membership_id: int) -> ResponseReturnValue:
    """Begin a member's term as leader (``leader=y``) or plan its end anew, or end it."""
    membership = membership_or_404(membership_id)
    allow(access.oversees(current_user))
    form = LeadershipForm()
    if not form.validate_on_submit():
        return team_page(membership.team, MemberForm(formdata=None), leading=form), 422
    leads = request.form.get("leader") == "y"
    actions.change_leadership(membership, leads, form.leads_until.data)
    answer = see_other(url_for("teams.show", team_id=membership.team_id))
    db.session.commit()
    return answer


def team_or_404(team_id: int) -> Team:
    visible = access.teams_visible_to(current_user).where(Team.id == team_id)
    return one_or_404(visible.options(joinedload(Team.estate)))


def membership_or_404(membership_id: int) -> Membership:
    """Load a current term in a team that this person sees."""
    team_ids = access.teams_visible_to(current_user).with_only_columns(Team.id)
    return one_or_404(
        select(Membership)
        .where(Membership.id == membership_id, queries.CURRENT, Membership.team_id.in_(team_ids))
        .options(joinedload(Membership.team).joinedload(Team.estate))
    )


def team_page(
    team: Team,
    form: MemberForm,
    leaving: MembershipEndForm | None = None,
    leading: LeadershipForm | None = None,
) -> str:
    """Render a team, with the form that is being filled in on it."""
    return render_template(
        "teams/show.html",
        team=team,
        form=leaving or leading or form,
        member_form=form,
        leaving=leaving or MembershipEndForm(formdata=None),
        leading=leading or LeadershipForm(formdata=None),
        kinds=TEAM_KINDS,
        members=queries.memberships(team.id, current=True),
        first_joined=register.first_joined(team.id),
        former=queries.memberships(team.id, current=False),
        activities=queries.near_activities(team.id),
        minutes=queries.minutes_total(team=team.id, term=queries.Term.year_of(today())),
        oversees=access.oversees(current_user),
        can_keep=access.can_keep_members(current_user, team),
    )


def person_meant(form: PersonForm) -> Volunteer | None:
    """Return whom a valid form names, registering a new name; None when it must ask which."""
    known = queries.volunteers_named(form.name.data)
    person = form.choose(known, queries.team_names(volunteer.id for volunteer in known))
    if form.which.errors:
        return None
    return person or actions.new_volunteer(form.name.data)


def is_valid(form: TeamForm, team: Team | None = None) -> bool:
    """Answer whether the form may be saved; a name that is taken is told beside it."""
    form.offer(choices.estate_choices())
    if not form.validate_on_submit():
        return False
    namesake = queries.team_named(form.name.data)
    if namesake is not None and namesake is not team:
        form.name.errors = [_("已经有一支队伍叫这个名字了，换一个。")]
    return not form.errors


def fill(team: Team, form: TeamForm) -> None:
    team.name, team.kind = form.name.data, form.kind.data
    team.estate_id, team.purpose = form.estate_id.data, form.purpose.data
    team.founded_on, team.closed_on = form.founded_on.data, form.closed_on.data
