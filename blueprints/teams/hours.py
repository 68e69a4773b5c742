"""Pages of the hours ledger: what waits, who vouches for it, and corrections."""

from flask import abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import Select

from blueprints.teams import access, actions, blueprint, choices, queries, totals
from blueprints.teams.forms import (
    CorrectionForm,
    DecisionForm,
    OwnHoursForm,
)
from blueprints.teams.models import ENTRY_STATES, SERVICE_KINDS, ServiceEntry, Team, Volunteer
from blueprints.teams.routes import taking_part
from core.access import allow, one_or_404
from core.clock import today
from core.dates import month_from
from core.db import db
from core.htmx import see_other
from core.paging import one_page


@blueprint.get("/hours")
@taking_part
def hours() -> ResponseReturnValue:
    """List the ledger by state, person, team and month; first what waits for the reader."""
    volunteer, own = asked_volunteer(), queries.volunteer_of(current_user)
    return render_template(
        "teams/hours.html",
        page=one_page(asked_entries()),
        waiting=queries.waiting_entries(current_user),
        waiting_sum=queries.waiting_sum(current_user),
        person=db.session.scalar(
            access.volunteers_visible_to(current_user).where(Volunteer.id == volunteer)
        ),
        teams=choices.team_choices(),
        states=ENTRY_STATES,
        own=own,
        opens_on_own=own is not None and not access.oversees(current_user),
    )


def asked_volunteer() -> int | None:
    """Return whose lines are asked for. Who oversees nobody begins with the own ones; 0 is all."""
    args = request.args
    if "volunteer" in args or args.get("waiting") == "1" or access.oversees(current_user):
        return args.get("volunteer", type=int)
    own = queries.volunteer_of(current_user)
    return own.id if own else None


def asked_entries() -> Select[tuple[ServiceEntry]]:
    """Return the lines one may read, narrowed down as the address asks; with ``waiting=1``
    those that this person is to decide."""
    args = request.args
    month = args.get("month", type=month_from)
    waiting = args.get("waiting") == "1"
    seen = access.entries_waiting_for if waiting else access.entries_visible_to
    return queries.filtered(
        seen(current_user),
        state=args.get("state"),
        volunteer=asked_volunteer(),
        team=args.get("team", type=int),
        term=queries.Term.month_of(month) if month else None,
    )


@blueprint.get("/hours/totals")
@taking_part
def hour_totals() -> str:
    """Sum the ledger up for a stretch of time: by team, by kind, by month or by person."""
    offered = totals.terms(today())
    name = request.args.get("term", "year")
    if name not in offered:
        abort(404)
    by, term, page = request.args.get("by", "team"), offered[name], None
    if by == "person":
        page = one_page(totals.people_of(current_user, term))
        rows = totals.by_person(current_user, term, page.items)
    else:
        summed = {"kind": totals.by_kind, "month": totals.by_month}.get(by, totals.by_team)
        rows = summed(current_user, term)
    return render_template(
        "teams/totals.html",
        rows=rows,
        page=page,
        by=by,
        term=name,
        whole=totals.whole(current_user, term),
        oversees=access.oversees(current_user),
    )


@blueprint.route("/hours/new", methods=["GET", "POST"])
@taking_part
def new_hours() -> ResponseReturnValue:
    """Propose one's own time that was served outside the activities."""
    form = OwnHoursForm()
    form.offer(choices.team_choices(choices.team_ids_of(current_user)))
    if not form.validate_on_submit():
        return render_template("teams/hours_new.html", form=form), 422 if form.errors else 200
    team = db.session.get(Team, form.team_id.data) if form.team_id.data else None
    entry = actions.propose(
        actions.volunteer_for(current_user),
        form.total,
        form.served_on.data,
        form.what.data,
        form.kind.data,
        team,
        current_user,
    )
    answer = see_other(url_for("teams.entry", entry_id=entry.id))
    db.session.commit()
    flash(_("记下了，等别人确认。"), "ok")
    return answer


@blueprint.get("/hours/<int:entry_id>")
def entry(entry_id: int) -> ResponseReturnValue:
    """Show one line of the ledger with its corrections."""
    return entry_page(entry_or_404(entry_id))


@blueprint.post("/hours/<int:entry_id>/confirmation")
def decide(entry_id: int) -> ResponseReturnValue:
    """Confirm or refuse a line that somebody else proposed for somebody else."""
    entry = entry_or_404(entry_id, lock=True)
    allow(access.can_vouch(current_user, entry))
    form = DecisionForm()
    if not form.validate_on_submit():
        return entry_page(entry, decision=form), 422
    if form.decision.data == "confirm":
        actions.confirm(entry, current_user)
    else:
        actions.reject(entry, current_user, form.reason.data)
    answer = see_other(url_for("teams.entry", entry_id=entry.id))
    db.session.commit()
    return answer


@blueprint.post("/hours/confirmations")
@taking_part
def confirm_chosen() -> ResponseReturnValue:
    """Confirm the lines that were ticked, as far as they still wait for this person.

    Long ones are looked at one by one, wherever they were ticked.
    """
    ids = set(request.form.getlist("entry", type=int))
    chosen = access.entries_waiting_for(current_user).where(ServiceEntry.id.in_(ids))
    entries = list(db.session.scalars(queries.with_people(chosen)))
    confirmed = actions.confirm_together(entries, current_user)
    answer = see_other(url_for("teams.hours"))
    db.session.commit()
    flash(_("确认了 %(n)s 条。", n=len(confirmed)), "ok")
    if len(confirmed) < len(entries):
        flash(_("有 %(n)s 条较长，点开看过再确认。", n=len(entries) - len(confirmed)), "warn")
    if len(entries) < len(ids):
        flash(_("有 %(n)s 条已经有结果，或要别人来确认。", n=len(ids) - len(entries)), "warn")
    return answer


@blueprint.post("/hours/<int:entry_id>/correction")
def correct(entry_id: int) -> ResponseReturnValue:
    """Append a correction; the line itself stays as it was confirmed."""
    entry = entry_or_404(entry_id, lock=True)
    allow(access.can_correct(current_user, entry))
    form = CorrectionForm()
    if not form.validate_on_submit():
        return entry_page(entry, correction=form), 422
    actions.correct(entry, form.signed_minutes, form.reason.data, current_user)
    answer = see_other(url_for("teams.entry", entry_id=entry.id))
    db.session.commit()
    flash(_("更正记下了，等别人确认。"), "ok")
    return answer


def entry_or_404(entry_id: int, lock: bool = False) -> ServiceEntry:
    """Load a line; locked, so that of two people who decide at once the second is told."""
    visible = access.entries_visible_to(current_user).where(ServiceEntry.id == entry_id)
    visible = queries.with_story(visible)
    return one_or_404(visible.with_for_update(of=ServiceEntry) if lock else visible)


def entry_page(
    entry: ServiceEntry,
    decision: DecisionForm | None = None,
    correction: CorrectionForm | None = None,
) -> str:
    """Render a line, with the form that is being filled in on it."""
    return render_template(
        "teams/entry.html",
        entry=entry,
        form=decision or correction,
        decision=decision or DecisionForm(formdata=None),
        correction=correction or CorrectionForm(formdata=None),
        can_decide=access.can_decide(current_user, entry),
        can_correct=access.can_correct(current_user, entry),
        states=ENTRY_STATES,
        kinds=SERVICE_KINDS,
    )
