"""Teams, volunteers and the hours ledger as workbooks."""

from collections.abc import Iterator

from flask import Response
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from blueprints.teams import access, blueprint, queries, register
from blueprints.teams.hours import asked_entries
from blueprints.teams.models import (
    ENTRY_STATES,
    SERVICE_KINDS,
    TEAM_KINDS,
    ServiceEntry,
    Volunteer,
)
from blueprints.teams.queries import TeamLine
from blueprints.teams.routes import overseeing, taking_part
from blueprints.teams.volunteers import asked
from core.exports import Column, in_batches, send_list
from core.phones import masked_phone

Enrolled = tuple[Volunteer, list[str]]


def named(volunteer: Volunteer) -> str:
    return access.shown_name(current_user, volunteer)


TEAMS: list[Column[TeamLine]] = [
    Column(_l("队伍"), lambda line: line.team.name),
    Column(_l("类别"), lambda line: TEAM_KINDS[line.team.kind]),
    Column(_l("人数"), lambda line: line.members),
    Column(_l("队长"), lambda line: "、".join(map(named, line.leaders))),
    Column(_l("成立日期"), lambda line: line.team.founded_on),
    Column(_l("解散日期"), lambda line: line.team.closed_on),
    Column(_l("宗旨"), lambda line: line.team.purpose),
]
VOLUNTEERS: list[Column[Enrolled]] = [
    Column(_l("姓名"), lambda row: row[0].name),
    Column(_l("队伍"), lambda row: "、".join(row[1])),
    Column(_l("服务类别"), lambda row: row[0].services),
    Column(_l("特长"), lambda row: row[0].skills),
    Column(_l("电话"), lambda row: masked_phone(row[0].phone) if row[0].phone else None),
    Column(_l("同意公示"), lambda row: _("是") if row[0].agrees_to_publish else _("否")),
    Column(_l("加入日期"), lambda row: row[0].joined_on),
    Column(_l("离开日期"), lambda row: row[0].left_on),
]
HOURS: list[Column[ServiceEntry]] = [
    Column(_l("服务日期"), lambda entry: entry.served_on),
    Column(_l("志愿者"), lambda entry: named(entry.volunteer)),
    Column(_l("做了什么"), lambda entry: entry.what),
    Column(_l("种类"), lambda entry: SERVICE_KINDS[entry.kind]),
    Column(_l("队伍"), lambda entry: entry.team.name if entry.team else None),
    Column(_l("分钟"), lambda entry: entry.minutes),
    Column(_l("进度"), lambda entry: ENTRY_STATES[entry.state]),
    Column(_l("更正"), lambda entry: entry.reason if entry.corrects_id else None),
    Column(_l("谁报的"), lambda entry: entry.proposed_by.name),
    Column(_l("报送时间"), lambda entry: entry.proposed_at),
]


@blueprint.get("/teams.xlsx")
@taking_part
def export() -> Response:
    """Hand out the list of teams."""
    return send_list("team", _("志愿队伍"), TEAMS, queries.team_lines(current_user))


@blueprint.get("/volunteers.xlsx")
@overseeing
def export_volunteers() -> Response:
    """Hand out the list of volunteers, by name as their page lists them."""
    return send_list("volunteer", _("志愿者"), VOLUNTEERS, enrolled())


def enrolled() -> Iterator[Enrolled]:
    found = register.listed(access.volunteers_visible_to(current_user), asked())
    for batch in in_batches(found):
        teams = queries.team_names(volunteer.id for volunteer in batch)
        yield from ((volunteer, teams.get(volunteer.id, [])) for volunteer in batch)


@blueprint.get("/hours.xlsx")
@taking_part
def export_hours() -> Response:
    """Hand out the ledger, filtered as its page."""
    entries = (entry for batch in in_batches(asked_entries()) for entry in batch)
    return send_list("service_entry", _("时长台账"), HOURS, entries)
