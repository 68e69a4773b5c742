"""What people are told about activities they mean to come to."""

from collections.abc import Collection

from flask import url_for
from flask_babel import lazy_gettext as _l

from blueprints.accounts.models import User
from blueprints.activities.access import activities_visible_to
from blueprints.activities.models import Activity
from core.db import db
from core.notices import Kind, Subject, about

ABOUT_ACTIVITIES = {
    "activity_cancelled": Kind("ban", _l("取消了，不用去了")),
    "activity_moved": Kind("clock", _l("时间或地点改了，再看一眼")),
    "activity_late": Kind("clock", _l("记录超期了，把到场记好、送去确认"), asks=True),
    "activity_place_free": Kind("check", _l("有人退出，您补上了名额")),
}


@about("activity", ABOUT_ACTIVITIES)
def activities_in_notices(reader: User, ids: Collection[int]) -> dict[int, Subject]:
    """Return these activities, as far as the reader may see them."""
    visible = activities_visible_to(reader).where(Activity.id.in_(ids))
    return {
        activity.id: Subject(activity.title, url_for("activities.show", activity_id=activity.id))
        for activity in db.session.scalars(visible)
    }
