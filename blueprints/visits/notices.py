"""What people are told: a pairing begins or is over, a promise is theirs to keep, they stand in."""

from collections.abc import Collection

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from blueprints.accounts.models import User
from blueprints.households.access import in_full_for
from blueprints.households.models import Household
from blueprints.visits.absences import Absence
from blueprints.visits.access import absences_visible_to, follow_ups_visible_to
from blueprints.visits.leave import NAMES
from blueprints.visits.pairings import Pairing
from blueprints.visits.promises import FollowUp
from core.day_words import format_days
from core.db import db
from core.notices import Kind, Subject, about

ABOUT_PAIRINGS = {
    "pairing_begun": Kind("pair", _l("这一户和您结对了，去认认门")),
    "pairing_ended": Kind("pair", _l("您的一户结对结束了，往后不用去了")),
    "visit_reminder": Kind("bell", _l("%(who)s提醒您：这一户该去看看了"), asks=True),
}


@about("pairing", ABOUT_PAIRINGS)
def pairings_in_notices(reader: User, ids: Collection[int]) -> dict[int, Subject]:
    """Return the households of these pairings, as far as the reader still looks after them."""
    looked_after = (
        select(Pairing)
        .join(Pairing.household)
        .where(Pairing.id.in_(ids), in_full_for(reader))
        .options(joinedload(Pairing.household).selectinload(Household.residents))
    )
    return {pairing.id: subject(pairing.household) for pairing in db.session.scalars(looked_after)}


def subject(household: Household) -> Subject:
    page = url_for("households.show", household_id=household.id)
    return Subject(household.called(True), page)


ABOUT_PROMISES = {
    "promise_given": Kind("clock", _l("%(who)s请您办一件答应过的事"), asks=True),
    "promise_due_soon": Kind("clock", _l("答应的事快到日子了"), asks=True),
    "promise_late": Kind("alert", _l("答应的事过了日子，办好了记一笔，要改天就改日子"), asks=True),
}
ABOUT_LEAVES = {
    "leave_arranged": Kind("swap", _l("请您代看几天，到日子就看得到这些人家")),
    "leave_taken": Kind("swap", _l("%(who)s请假了，还没有代看的人"), asks=True),
    "leave_covered": Kind("swap", _l("有人代您去看了，安心休息")),
}


@about("follow_up", ABOUT_PROMISES)
def promises_in_notices(reader: User, ids: Collection[int]) -> dict[int, Subject]:
    """Return what was promised, as far as the reader still sees the household."""
    found = follow_ups_visible_to(reader).where(FollowUp.id.in_(ids))
    return {
        promise.id: Subject(promise.what, url_for("visits.show", visit_id=promise.visit_id))
        for promise in db.session.scalars(found)
    }


@about("absence", ABOUT_LEAVES)
def leaves_in_notices(reader: User, ids: Collection[int]) -> dict[int, Subject]:
    """Return who is away and when; a leave that was called off is gone."""
    seen = absences_visible_to(reader).with_only_columns(Absence.id)
    found = select(Absence).where(
        Absence.id.in_(ids),
        or_(Absence.deputy_id == reader.id, Absence.id.in_(seen)),
        Absence.last_on >= Absence.first_on,
    )
    leaves = db.session.scalars(found.options(*NAMES))
    return {absence.id: on_leave(absence, reader) for absence in leaves}


def on_leave(absence: Absence, reader: User) -> Subject:
    """Lead the secretary to finding a deputy, the deputy to the households."""
    days = format_days(absence.first_on, absence.last_on)
    if absence.student_id == reader.id:
        return Subject(days, url_for("visits.own_leave"))
    url = url_for("visits.pairings" if absence.deputy_id == reader.id else "visits.absences")
    return Subject(f"{absence.student.name} {days}", url)
