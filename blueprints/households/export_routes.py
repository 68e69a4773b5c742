"""Households and residents as workbooks, masked wherever their pages mask them."""

from collections.abc import Callable, Iterator

from flask import Response, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from blueprints.households import blueprint, queries
from blueprints.households.access import can_export_phones, residents_visible_to
from blueprints.households.models import CONSENT_ANSWERS, Resident
from blueprints.households.queries import PairingFacts, Row
from blueprints.households.routes import asked_households, asked_places
from core.access import MANAGER, SECRETARY, STUDENT, allow, roles_required
from core.exports import Column, in_batches, send_list
from core.phones import masked_phone


def of_pairing(fact: Callable[[PairingFacts], object]) -> Callable[[Row], object]:
    """Return a fact of the household's pairing, nothing where there is none."""
    return lambda row: fact(row.pairing) if row.pairing else None


HOUSEHOLDS: list[Column[Row]] = [
    Column(_l("小区"), lambda row: row.household.estate.name),
    Column(_l("楼栋"), lambda row: row.household.building.name),
    Column(_l("单元"), lambda row: row.household.room.unit.name),
    Column(_l("室"), lambda row: row.household.room.number),
    Column(_l("哪一家"), lambda row: row.called),
    Column(_l("人数"), lambda row: row.household.people_count if row.in_full else None),
    Column(_l("结对学生"), of_pairing(lambda pairing: pairing.student)),
    Column(_l("几天去一次"), of_pairing(lambda pairing: pairing.interval_days)),
    Column(_l("上次见到"), lambda row: row.last_met_on),
    Column(_l("下次该去"), of_pairing(lambda pairing: pairing.due_on)),
]


def answer_to(kind: str) -> Callable[[Resident], object]:
    """Return the latest answer to one question of consent."""

    def latest(resident: Resident) -> object:
        consent = resident.consent(kind)
        return CONSENT_ANSWERS[consent.answer] if consent else _("没有问过")

    return latest


def phones(resident: Resident, shown: Callable[[str], str]) -> str:
    return "、".join(shown(phone.number) for phone in resident.phones)


def resident_columns(in_full: bool) -> list[Column[Resident]]:
    """Return the columns of the residents' list, phones masked unless ``in_full``."""
    shown = str if in_full else masked_phone
    return [
        Column(_l("小区"), lambda person: person.household.estate.name),
        Column(_l("门牌"), lambda person: person.household.address),
        Column(_l("姓名"), lambda person: person.name if person.may_be_recorded else None),
        Column(_l("称呼"), lambda person: person.honorific),
        Column(_l("关系"), lambda person: person.relation),
        Column(_l("电话"), lambda person: phones(person, shown)),
        Column(_l("同意记录"), answer_to("record")),
        Column(_l("同意走访"), answer_to("visit")),
    ]


@blueprint.get("/households.xlsx")
@roles_required(STUDENT, SECRETARY, MANAGER)
def export() -> Response:
    """Hand out the list of households, filtered as its page."""
    return send_list("household", _("住户"), HOUSEHOLDS, homes())


def homes() -> Iterator[Row]:
    found = queries.households_found(current_user, **asked_households(asked_places()))
    for batch in in_batches(found):
        yield from queries.rows(current_user, batch)


@blueprint.get("/residents.xlsx")
@roles_required(STUDENT, SECRETARY)
def export_residents() -> Response:
    """Hand out who lives in the households one sees in full; ``phones=full`` unmasks numbers."""
    in_full = request.args.get("phones") == "full"
    allow(can_export_phones(current_user) or not in_full)
    found = queries.residents_by_address(residents_visible_to(current_user))
    people = (person for batch in in_batches(found) for person in batch)
    return send_list("resident", _("居民"), resident_columns(in_full), people, in_full)
