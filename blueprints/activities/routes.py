"""Pages of the activities: what is on, planning it, calling it off."""

from datetime import date

from flask import abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import Select

from blueprints.activities import access, actions, blueprint, queries, repeating
from blueprints.activities.codes import is_code_time
from blueprints.activities.forms import LATER, ActivityForm, CancelForm, ExtendForm
from blueprints.activities.models import ACTIVITY_KINDS, ACTIVITY_STATES, Activity
from blueprints.activities.series import EVERY
from blueprints.teams.access import TAKING_PART, led_team_ids, oversees
from blueprints.teams.choices import estate_choices, team_choices
from blueprints.teams.forms import PersonForm
from core.access import allow, one_or_404, roles_required
from core.dates import month_from
from core.db import db
from core.errors import RuleBroken
from core.htmx import see_other
from core.paging import one_page
from core.settings import setting
from core.workdays import is_calendar_checked


@blueprint.get("/activities")
@roles_required(*TAKING_PART)
def index() -> ResponseReturnValue:
    """List what is coming, or with ``when=past`` what is over, or with ``series=`` one series."""
    month, when = asked_month(), request.args.get("when", "")
    is_past = when in ("past", "overdue") or month is not None
    page = one_page(asked_activities())
    return render_template(
        "activities/index.html",
        page=page,
        signed_up={} if is_past else queries.signup_counts(page.items),
        own_signups=set() if is_past else queries.own_signups(current_user, page.items),
        is_past=is_past,
        series=asked_series(),
        when=when,
        month=month,
        overdue_total=queries.count_overdue(current_user),
        overdue=[] if month or when == "overdue" else queries.overdue_records(current_user),
        kinds=ACTIVITY_KINDS,
        can_plan=access.can_plan(current_user),
    )


def asked_month() -> date | None:
    return request.args.get("month", type=month_from)


def asked_series() -> int | None:
    return request.args.get("series", type=int)


def asked_activities() -> Select[tuple[Activity]]:
    """Return what is coming; or, as the address asks, what is over, what is still to be
    recorded, what was held in a month, or the days of a series."""
    month, series, when = asked_month(), asked_series(), request.args.get("when")
    if series:
        return queries.of_series(current_user, series)
    if month:
        return queries.held_in_month(current_user, month)
    ways = {"past": queries.past, "overdue": queries.overdue_for}
    return ways.get(when or "", queries.upcoming)(current_user)


@blueprint.route("/activities/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Plan an activity."""
    allow(access.can_plan(current_user))
    form = ActivityForm.blank(request.args.get("team", type=int))
    offer_choices(form)
    if not is_valid(form):
        return render_template("activities/edit.html", form=form), 422 if form.errors else 200
    activity = Activity(created_by_id=current_user.id)
    fill(activity, form)
    db.session.add(activity)
    db.session.flush()
    if form.comes_again:
        repeating.repeat(activity, form.repeats.data, form.until.data, current_user)
    answer = see_other(url_for("activities.show", activity_id=activity.id))
    db.session.commit()
    flash(_("活动排好了。"), "ok")
    return answer


@blueprint.get("/activities/<int:activity_id>")
def show(activity_id: int) -> ResponseReturnValue:
    """Show an activity: the plan, who means to come, who came, what became of it."""
    return activity_page(activity_or_404(activity_id))


def activity_page(
    activity: Activity, form: PersonForm | None = None, extension: ExtendForm | None = None
) -> str:
    """Render an activity, with the form that is being filled in on it."""
    due_on = queries.record_due_on(activity)
    return render_template(
        "activities/show.html",
        activity=activity,
        form=form or extension,
        person_form=form or PersonForm(formdata=None),
        cancellation=CancelForm(formdata=None),
        extension=extension or ExtendForm(formdata=None),
        every=EVERY,
        is_code_time=is_code_time(activity),
        own_signup=activity.signup_of(current_user.id),
        attended=activity.attendance_of(current_user.id),
        attendances=queries.in_order(activity.attendances),
        working_days=setting("activity_record_working_days"),
        due_on=due_on,
        is_calendar_checked=is_calendar_checked(due_on.year),
        is_overdue=queries.is_overdue(activity),
        kinds=ACTIVITY_KINDS,
        states=ACTIVITY_STATES,
        can_keep=access.can_keep(current_user, activity),
        can_see_photos=access.can_see_photos(current_user),
    )


@blueprint.route("/activities/<int:activity_id>/edit", methods=["GET", "POST"])
def edit(activity_id: int) -> ResponseReturnValue:
    """Change the plan."""
    activity = kept_activity(activity_id)
    form = ActivityForm.over(activity)
    offer_choices(form, activity)
    if not is_valid(form, activity):
        return (
            render_template("activities/edit.html", form=form, activity=activity),
            422 if form.errors else 200,
        )
    form.require_fresh(activity)
    before = repeating.plan_of(activity)
    with actions.telling_who_moves_up(activity, current_user):
        fill(activity, form)
    repeating.tell_if_moved(activity, before, current_user)
    if form.goes_for_later_ones:
        later = repeating.change_later_ones(activity, before, current_user)
        flash(_("改好了，以后的 %(n)s 场也改了。", n=later), "ok")
    answer = see_other(url_for("activities.show", activity_id=activity.id))
    db.session.commit()
    return answer


@blueprint.post("/activities/<int:activity_id>/cancellation")
def cancel(activity_id: int) -> ResponseReturnValue:
    """Call the activity off; it stays in the list as cancelled."""
    activity = kept_activity(activity_id)
    actions.cancel(activity, current_user)
    later = 0
    if CancelForm().scope.data == LATER:
        later = repeating.cancel_later_ones(activity, current_user)
    answer = see_other(url_for("activities.show", activity_id=activity.id))
    db.session.commit()
    flash(_("取消了，连同以后的 %(n)s 场。", n=later) if later else _("活动取消了。"), "ok")
    return answer


@blueprint.post("/activities/<int:activity_id>/extension")
def extend(activity_id: int) -> ResponseReturnValue:
    """Make the series of this activity longer; the new days are like this one."""
    activity = kept_activity(activity_id)
    if activity.series is None:
        abort(404)
    form = ExtendForm()
    made = extended(activity, form) if form.validate_on_submit() else None
    if made is None:
        return activity_page(activity, extension=form), 422
    answer = see_other(url_for("activities.index", series=activity.series_id))
    db.session.commit()
    flash(_("又排了 %(n)s 场。", n=made), "ok")
    return answer


def extended(activity: Activity, form: ExtendForm) -> int | None:
    """Return how many days came, or None when a rule forbids it; then the form says which."""
    try:
        return repeating.extend(activity, form.until.data, current_user)
    except RuleBroken as refused:
        form.until.errors = [str(refused)]
        return None


def activity_or_404(activity_id: int, lock: bool = False) -> Activity:
    """Load an activity; locked, so that two requests that change it come one after the other."""
    visible = access.activities_visible_to(current_user).where(Activity.id == activity_id)
    visible = queries.in_full(visible)
    return one_or_404(visible.with_for_update(of=Activity) if lock else visible)


def kept_activity(activity_id: int) -> Activity:
    """Load an activity that this person keeps; one they only see is 403."""
    activity = activity_or_404(activity_id, lock=request.method == "POST")
    allow(access.can_keep(current_user, activity))
    return activity


def offer_choices(form: ActivityForm, activity: Activity | None = None) -> None:
    """Offer the teams this person plans for, and the one the activity has already."""
    teams = team_choices(None if oversees(current_user) else led_team_ids(current_user))
    if activity is not None and activity.team is not None:
        teams = list(dict.fromkeys([*teams, (activity.team.id, activity.team.name)]))
    form.offer(teams, estate_choices(), queries.leader_choices(current_user))


def is_valid(form: ActivityForm, activity: Activity | None = None) -> bool:
    """Answer whether the plan may be saved: a team's leader plans for that team only."""
    if not form.validate_on_submit():
        return False
    is_same = activity is not None and form.team_id.data == activity.team_id
    if not is_same and not access.plans_for(current_user, form.team_id.data):
        form.team_id.errors = [_("请选您带的队伍。")]
    return not form.errors


def fill(activity: Activity, form: ActivityForm) -> None:
    activity.title, activity.kind = form.title.data, form.kind.data
    activity.team_id, activity.estate_id = form.team_id.data, form.estate_id.data
    activity.place, activity.plan = form.place.data, form.plan.data
    activity.starts_at, activity.ends_at = form.starts_at, form.ends_at
    activity.leader_id, activity.capacity = form.leader_id.data, form.capacity.data
