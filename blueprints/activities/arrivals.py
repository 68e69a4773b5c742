"""Signing in and out on site by a QR code: on the leader's phone, or printed."""

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from blueprints.activities import actions, blueprint, codes
from blueprints.activities.models import Activity, new_code_key
from blueprints.activities.refusals import NotArrived
from blueprints.activities.routes import activity_or_404, kept_activity
from blueprints.teams.actions import volunteer_for
from core.day_words import format_minutes
from core.db import db
from core.htmx import see_other, wants_fragment
from core.qr import qr_svg


@blueprint.get("/activities/<int:activity_id>/code")
def code(activity_id: int) -> str:
    """Show the code of this minute, or with ``paper=1`` a sheet with the code of the day."""
    activity = kept_activity(activity_id)
    is_paper = bool(request.args.get("paper"))
    made = codes.paper_code(activity) if is_paper else codes.screen_code(activity)
    page = "activities/_code.html" if wants_fragment() else "activities/code.html"
    return render_template(
        page,
        activity=activity,
        is_paper=is_paper,
        qr=qr_svg(codes.link(activity, made)),
        is_time=codes.is_code_time(activity),
        seconds=codes.CHANGES_EVERY,
    )


@blueprint.post("/activities/<int:activity_id>/code")
def change_code(activity_id: int) -> ResponseReturnValue:
    """Make every code that was shown or printed worthless."""
    activity = kept_activity(activity_id)
    activity.code_key = new_code_key()
    answer = see_other(url_for("activities.code", activity_id=activity.id, paper=1))
    db.session.commit()
    flash(_("换好了，以前印的码不能用了。"), "ok")
    return answer


@blueprint.get("/activities/<int:activity_id>/arrival")
def arrival(activity_id: int) -> str:
    """Show what a scanned code offers: to sign in, to sign out, or what is noted."""
    activity = activity_or_404(activity_id)
    codes.require_good(activity, request.args.get("code", ""))
    return render_template(
        "activities/arrival.html",
        activity=activity,
        noted=activity.attendance_of(current_user.id),
        code=request.args["code"],
    )


@blueprint.post("/activities/<int:activity_id>/arrival")
def arrive(activity_id: int) -> ResponseReturnValue:
    """Sign oneself in; ``duty=y`` says that it is paid time."""
    activity = scanned_activity(activity_id)
    on_duty = request.form.get("duty") == "y"
    actions.arrive(activity, volunteer_for(current_user), on_duty)
    return done(activity, _("签到了，走的时候再扫一次码。"))


@blueprint.post("/activities/<int:activity_id>/departure")
def depart(activity_id: int) -> ResponseReturnValue:
    """Sign oneself out; the leader looks at the time before it goes to be confirmed."""
    activity = scanned_activity(activity_id)
    noted = activity.attendance_of(current_user.id)
    if noted is None:
        raise NotArrived
    noted.leave()
    return done(activity, _("签退了，共 %(time)s。", time=format_minutes(noted.minutes)))


def scanned_activity(activity_id: int) -> Activity:
    """Load the activity whose code was scanned. Raises CodeExpired."""
    activity = activity_or_404(activity_id, lock=True)
    codes.require_good(activity, request.form.get("code", ""))
    return activity


def done(activity: Activity, told: str) -> ResponseReturnValue:
    answer = see_other(url_for("activities.show", activity_id=activity.id))
    db.session.commit()
    flash(told, "ok")
    return answer
