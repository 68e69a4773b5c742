"""How a visit was corrected, told in words: what stood there before, and what came instead."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload, raiseload

from blueprints.accounts.models import User
from blueprints.visits.models import NOT_MET_REASONS, VISIT_KINDS, Visit
from blueprints.visits.revisions import VisitRevision, day_in, state_of
from core.day_words import format_date, format_minutes
from core.db import db

LABELS = {
    "visited_on": _l("哪天"),
    "met": _l("见到了吗"),
    "not_met_reason": _l("怎么没见到"),
    "residents": _l("见到谁"),
    "kinds": _l("做了什么"),
    "minutes": _l("待了多久"),
    "on_duty": _l("上班时间"),
    "note": _l("记一句"),
}


@dataclass(frozen=True)
class Correction:
    """One correction with the fields it changed: (label, before, after)."""

    revision: VisitRevision
    changes: list[tuple[str, str, str]]


def corrections_of(visit: Visit) -> list[Correction]:
    """Return the corrections of a visit whose household is loaded, the latest first."""
    found = select(VisitRevision).where(VisitRevision.visit_id == visit.id)
    names = joinedload(VisitRevision.revised_by).options(
        raiseload(User.role_rows), raiseload(User.estate_rows)
    )
    revisions = db.session.scalars(found.options(names).order_by(VisitRevision.id.desc())).all()
    people = {person.id: person.called for person in visit.household.residents}
    after, corrections = state_of(visit), []
    for revision in revisions:
        corrections.append(Correction(revision, list(changes(revision.before, after, people))))
        after = revision.before
    return [correction for correction in corrections if correction.changes]


def changes(
    before: dict[str, Any], after: dict[str, Any], people: dict[int, str]
) -> Iterator[tuple[str, str, str]]:
    for name, label in LABELS.items():
        if before[name] != after[name]:
            yield str(label), told(name, before, people), told(name, after, people)


def told(name: str, state: dict[str, Any], people: dict[int, str]) -> str:
    """Return one field of a state in words; nothing is 空."""
    value = state[name]
    match name:
        case "visited_on":
            return format_date(day_in(state))
        case "met":
            return _("见到了") if value else _("没见到")
        case "on_duty":
            return _("是") if value else _("否")
        case "minutes" if value:
            return format_minutes(value)
        case "not_met_reason" if value:
            return str(NOT_MET_REASONS[value])
        case "kinds" if value:
            return "、".join(str(VISIT_KINDS[kind]) for kind in value)
        case "residents" if value:
            return "、".join(people.get(one, _("已不在这一户的人")) for one in value)
    return str(value or _("空"))
