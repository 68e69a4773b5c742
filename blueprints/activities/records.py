"""Pages of an activity's record: who came, the hours, the write-up and its photos."""

from flask import Response, flash, render_template, request, send_from_directory, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from blueprints.activities import access, actions, blueprint, queries
from blueprints.activities.actions import Presence
from blueprints.activities.forms import AttendanceForm, RecordForm
from blueprints.activities.models import Activity
from blueprints.activities.routes import activity_or_404, kept_activity
from blueprints.teams.access import shown_name
from blueprints.teams.actions import new_volunteer
from blueprints.teams.models import Volunteer
from blueprints.teams.queries import team_names, volunteers_by_id, volunteers_named
from core.access import one_or_404
from core.db import db
from core.htmx import see_other
from core.photo_slots import expect_photos
from core.photos import (
    Photo,
    PhotoRefused,
    discard_photo,
    photo_folder,
    takes_photos,
    thumbnail_name,
)


@blueprint.route("/activities/<int:activity_id>/attendance", methods=["GET", "POST"])
def attendance(activity_id: int) -> ResponseReturnValue:
    """Note who came and for how long."""
    activity = kept_activity(activity_id)
    activity.require_begun()
    form = AttendanceForm.over(activity, queries.people_to_note(activity))
    form.people = volunteers_by_id(form.volunteer_ids)
    form.called = {key: shown_name(current_user, person) for key, person in form.people.items()}
    form.noted = {noted.volunteer_id: noted for noted in activity.attendances}
    presences = presences_from(form, activity) if form.validate_on_submit() else []
    if not form.is_submitted() or form.errors:
        return attendance_page(activity, form), 422 if form.errors else 200
    form.require_fresh(activity)
    actions.note_attendance(activity, presences)
    answer = see_other(url_for("activities.show", activity_id=activity.id))
    db.session.commit()
    flash(_("到场记好了。"), "ok")
    return answer


def presences_from(form: AttendanceForm, activity: Activity) -> list[Presence]:
    """Return what the list says of each person; a name that several have leaves an error."""
    presences = {
        row.volunteer_id.data: Presence(
            form.people[row.volunteer_id.data],
            row.minutes.data if row.present.data else None,
            row.on_duty.data,
            was_noted=bool(row.noted.data),
        )
        for row in form.rows
        if row.volunteer_id.data in form.people
    }
    for person in walk_ins(form):
        presences[person.id] = Presence(person, activity.planned_minutes)
    sent = {noted.volunteer_id for noted in activity.attendances if noted.is_in_ledger}
    return [presence for key, presence in presences.items() if key not in sent]


def walk_ins(form: AttendanceForm) -> list[Volunteer]:
    """Return the people who were added by name; an unknown name is registered."""
    known: dict[str, list[Volunteer]] = {}
    for person in volunteers_named(*form.typed_names):
        known.setdefault(person.name, []).append(person)
    for namesakes in known.values():
        if len(namesakes) > 1:
            form.ask_which(namesakes)
    if form.errors:
        return []
    return [known[name][0] if name in known else new_volunteer(name) for name in form.typed_names]


def attendance_page(activity: Activity, form: AttendanceForm) -> str:
    return render_template(
        "activities/attendance.html",
        activity=activity,
        form=form,
        teams=team_names(form.people),
        sent=[noted for noted in queries.in_order(activity.attendances) if noted.is_in_ledger],
    )


@blueprint.post("/activities/<int:activity_id>/proposal")
def propose(activity_id: int) -> ResponseReturnValue:
    """Send the time that was served to the ledger; what was sent before is not sent again."""
    activity = kept_activity(activity_id)
    sent = actions.propose_hours(activity, current_user)
    answer = see_other(url_for("activities.show", activity_id=activity.id))
    db.session.commit()
    if sent:
        flash(_("送去了 %(n)s 条，等别人确认。", n=sent), "ok")
    else:
        flash(_("没有新的时长要送。"), "info")
    return answer


@blueprint.route("/activities/<int:activity_id>/record", methods=["GET", "POST"])
@takes_photos
def record(activity_id: int) -> ResponseReturnValue:
    """Write the activity up and add photos."""
    activity = kept_activity(activity_id)
    form = RecordForm.over(activity)
    if not form.validate_on_submit():
        return record_page(activity, form), 422 if form.errors else 200
    form.require_fresh(activity)
    try:
        actions.take_photos(activity, form.files, current_user)
    except PhotoRefused as refused:
        form.photos.errors = [str(refused)]
        return record_page(activity, form), 422
    dropped = actions.drop_photos(activity, form.drop_photos.data)
    activity.write_up = form.write_up.data
    expect_photos("activity", activity.id)
    answer = see_other(url_for("activities.show", activity_id=activity.id))
    db.session.commit()
    for name in dropped:
        discard_photo(name, photo_folder())
    return answer


def record_page(activity: Activity, form: RecordForm) -> str:
    return render_template("activities/record.html", activity=activity, form=form)


@blueprint.get("/activities/<int:activity_id>/photos/<int:photo_id>")
def photo(activity_id: int, photo_id: int) -> Response:
    """Serve a photo, or with ``small=1`` its thumbnail, to who may see it."""
    activity = activity_or_404(activity_id)
    visible = access.photos_visible_to(current_user, activity)
    found = one_or_404(visible.where(Photo.id == photo_id))
    name = thumbnail_name(found.name) if request.args.get("small") else found.name
    response = send_from_directory(photo_folder(), name, mimetype="image/jpeg")
    response.headers["Cache-Control"] = "no-store"
    return response
