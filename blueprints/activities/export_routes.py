"""Activities as a workbook."""

from flask import Response
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from blueprints.activities import blueprint
from blueprints.activities.models import ACTIVITY_KINDS, ACTIVITY_STATES, Activity
from blueprints.activities.routes import asked_activities
from blueprints.teams.access import TAKING_PART
from core.access import roles_required
from core.exports import Column, in_batches, send_list

ACTIVITIES: list[Column[Activity]] = [
    Column(_l("开始时间"), lambda activity: activity.starts_at),
    Column(_l("结束时间"), lambda activity: activity.ends_at),
    Column(_l("活动"), lambda activity: activity.title),
    Column(_l("种类"), lambda activity: ACTIVITY_KINDS[activity.kind]),
    Column(_l("地点"), lambda activity: activity.place),
    Column(_l("队伍"), lambda activity: activity.team.name if activity.team else None),
    Column(_l("小区"), lambda activity: activity.estate.name if activity.estate else None),
    Column(_l("状态"), lambda activity: ACTIVITY_STATES[activity.state]),
    Column(_l("记录完成"), lambda activity: activity.recorded_on),
]


@blueprint.get("/activities.xlsx")
@roles_required(*TAKING_PART)
def export() -> Response:
    """Hand out what is coming, or with ``when=past`` what is over."""
    activities = (each for batch in in_batches(asked_activities()) for each in batch)
    return send_list("activity", _("活动"), ACTIVITIES, activities)
