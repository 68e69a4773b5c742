"""Signing up for an activity, oneself or for somebody without an account, and withdrawing."""

from flask import flash, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from blueprints.activities import access, actions, blueprint
from blueprints.activities.joining import Signup
from blueprints.activities.models import Activity
from blueprints.activities.routes import activity_or_404, activity_page, kept_activity
from blueprints.teams.actions import volunteer_for
from blueprints.teams.forms import PersonForm
from blueprints.teams.routes import person_meant
from core.access import allow, one_or_404
from core.db import db
from core.htmx import see_other


@blueprint.post("/activities/<int:activity_id>/signup")
def sign_up(activity_id: int) -> ResponseReturnValue:
    """Sign up oneself."""
    activity = activity_or_404(activity_id, lock=True)
    signup = actions.sign_up(activity, volunteer_for(current_user), current_user)
    return done(activity, place_of(signup))


@blueprint.post("/activities/<int:activity_id>/signups")
def sign_up_other(activity_id: int) -> ResponseReturnValue:
    """Sign up somebody by name: a volunteer without an account cannot do it themselves."""
    activity = kept_activity(activity_id)
    activity.require_signups_open()
    form = PersonForm()
    person = person_meant(form) if form.validate_on_submit() else None
    if person is None:
        return activity_page(activity, form), 422
    signup = actions.sign_up(activity, person, current_user)
    return done(activity, place_of(signup))


@blueprint.post("/signups/<int:signup_id>/withdrawal")
def withdraw(signup_id: int) -> ResponseReturnValue:
    """Give a place back; whoever waits longest has it then."""
    visible = access.activities_visible_to(current_user).with_only_columns(Activity.id)
    current = select(Signup.activity_id).where(
        Signup.id == signup_id, Signup.withdrawn_at.is_(None), Signup.activity_id.in_(visible)
    )
    activity = activity_or_404(one_or_404(current), lock=True)
    signup = next(signup for signup in activity.signed_up if signup.id == signup_id)
    allow(access.can_withdraw(current_user, signup))
    actions.withdraw(signup, current_user)
    return done(activity, _("退出了，名额让给下一位。") if activity.capacity else _("退出了。"))


def place_of(signup: Signup) -> str:
    """Say whether there is a place, or how many stand before."""
    if signup in signup.activity.coming:
        return _("报好名了，到时候见。")
    return _("名额满了，排在候补第 %(n)s 位。", n=signup.activity.waiting.index(signup) + 1)


def done(activity: Activity, told: str) -> ResponseReturnValue:
    answer = see_other(url_for("activities.show", activity_id=activity.id))
    db.session.commit()
    flash(told, "ok")
    return answer
