"""Visits and pairings as workbooks, as far as one sees them on their pages."""

from collections.abc import Iterator

from flask import Response
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy import Row

from blueprints.households.models import Building, Estate
from blueprints.visits import blueprint, queries
from blueprints.visits.access import LOOKING_AFTER, sees_people_of, visits_visible_to
from blueprints.visits.journal import LINES, door, home_of, narrowed
from blueprints.visits.models import NOT_MET_REASONS, Visit
from blueprints.visits.pairing_routes import asked_pairings
from blueprints.visits.pairings import END_REASONS, Pairing
from blueprints.visits.routes import asked_visits
from core.access import roles_required
from core.clock import today
from core.db import db
from core.exports import BATCH, Column, in_batches, send_list

VISITS: list[Column[Row]] = [
    Column(_l("日期"), lambda visit: visit.visited_on),
    Column(_l("走访人"), lambda visit: visit.visitor),
    Column(_l("小区"), lambda visit: visit.estate),
    Column(_l("门牌"), lambda visit: f"{door(visit.building, visit.unit)} {visit.room}"),
    Column(_l("哪一家"), lambda visit: home_of(visit.head_name, visit.head_honorific)),
    Column(_l("见到了吗"), lambda visit: _("见到了") if visit.met else _("没见到")),
    Column(_l("没见到的原因"), lambda visit: NOT_MET_REASONS.get(visit.not_met_reason or "")),
    Column(_l("分钟"), lambda visit: visit.minutes),
    Column(_l("记录"), lambda visit: visit.note),
    Column(_l("作废"), lambda visit: None if visit.stands else _("已作废")),
]


def seen(pairing: Pairing) -> bool:
    return sees_people_of(current_user, pairing)


def how_it_ended(pairing: Pairing) -> object:
    if pairing.was_declined:
        return _("没有结对")
    return END_REASONS.get(pairing.end_reason or "")


PAIRINGS: list[Column[Pairing]] = [
    Column(_l("学生"), lambda pairing: pairing.student.name),
    Column(_l("小区"), lambda pairing: pairing.household.estate.name),
    Column(_l("楼栋"), lambda pairing: pairing.household.building.name),
    Column(_l("门牌"), lambda pairing: pairing.household.address if seen(pairing) else None),
    Column(_l("哪一家"), lambda pairing: pairing.household.called(True) if seen(pairing) else None),
    Column(_l("开始日期"), lambda pairing: pairing.started_on),
    Column(_l("几天去一次"), lambda pairing: pairing.interval_days),
    Column(_l("上次见到"), lambda pairing: pairing.last_met_on),
    Column(_l("下次该去"), lambda pairing: pairing.due_on if pairing.is_current else None),
    Column(
        _l("超期天数"),
        lambda pairing: max(pairing.days_late(today()), 0) if pairing.is_current else None,
    ),
    Column(_l("结束日期"), lambda pairing: pairing.ended_on),
    Column(_l("结束原因"), how_it_ended),
]


@blueprint.get("/visits.xlsx")
@roles_required(*LOOKING_AFTER)
def export() -> Response:
    """Hand out the list of visits, filtered as its page."""
    return send_list("visit", _("走访"), VISITS, visits(), in_full=True)


def visits() -> Iterator[Row]:
    """Read the visits one may see as bare rows: there may be hundreds of thousands."""
    asked = asked_visits().values()
    chosen = narrowed(visits_visible_to(current_user), asked)
    lines = (
        LINES.join(Estate, Estate.id == Building.estate_id)
        .add_columns(Estate.name.label("estate"), Visit.not_met_reason)
        .where(Visit.id.in_(chosen.with_only_columns(Visit.id)))
    )
    yield from db.session.execute(lines.execution_options(yield_per=BATCH), asked)


@blueprint.get("/pairings.xlsx")
@roles_required(*LOOKING_AFTER)
def export_pairings() -> Response:
    """Hand out the list of pairings, filtered as its page."""
    found = queries.pairings(current_user, asked_pairings(), today())
    rows = (pairing for batch in in_batches(found) for pairing in batch)
    return send_list("pairing", _("结对"), PAIRINGS, rows, in_full=True)
