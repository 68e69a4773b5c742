"""The steps of a student's time that a growth file tells one by one, out of what is on record.

Residents are counted or go by the public number of their wish; nobody is named.
"""

from datetime import date
from typing import Any

from sqlalchemy import func, select

from blueprints.activities.models import Activity, Attendance
from blueprints.activities.queries import beginning_of
from blueprints.documents.kinds import APPOINTMENT, CERTIFICATE, DOCUMENT_KINDS
from blueprints.documents.models import ISSUED, Document
from blueprints.teams.models import Volunteer
from blueprints.visits.pairings import Pairing
from blueprints.wishes.models import Claim, Wish
from core.clock import local
from core.db import db

Step = dict[str, Any]


def milestones_between(
    user_id: int, volunteer: Volunteer | None, first: date, last: date
) -> list[Step]:
    """Return the steps between two days as drafts store them, oldest first."""
    found = [*_pairings(user_id, first, last), *_wishes(user_id, first, last)]
    if volunteer:
        found += _activities(volunteer.id, first, last) + _papers(volunteer.id, first, last)
    return sorted(found, key=lambda step: step["day"])


def _step(day: date, what: str, note: str, *, is_key: bool = False) -> Step:
    return {"day": day.isoformat(), "what": what, "note": note, "is_key": is_key}


def _pairings(user_id: int, first: date, last: date) -> list[Step]:
    rows = db.session.execute(
        select(Pairing.started_on, func.count(Pairing.id))
        .where(
            Pairing.student_id == user_id,
            Pairing.started_on.between(first, last),
            ~Pairing.was_declined,
        )
        .group_by(Pairing.started_on)
    )
    return [_step(day, "结对认亲", f"与{n}户邻里结成对子。", is_key=True) for day, n in rows]


def _wishes(user_id: int, first: date, last: date) -> list[Step]:
    rows = db.session.execute(
        select(Claim.fulfilled_at, Wish)
        .join(Wish, Claim.wish_id == Wish.id)
        .where(Claim.claimer_id == user_id, *_within(Claim.fulfilled_at, first, last))
        .order_by(Claim.fulfilled_at, Wish.id)
    )
    labels: dict[date, list[str]] = {}
    for at, wish in rows:
        labels.setdefault(local(at).date(), []).append(wish.label)
    return [_step(day, "实现微心愿", f"编号{'、'.join(each)}。") for day, each in labels.items()]


def _activities(volunteer_id: int, first: date, last: date) -> list[Step]:
    """The first activity of the time, and each that they led."""
    held = (
        select(Activity.starts_at, Activity.title, Activity.place)
        .where(Activity.state == "held", *_within(Activity.starts_at, first, last))
        .order_by(Activity.starts_at)
    )
    led = db.session.execute(held.where(Activity.leader_id == volunteer_id)).all()
    came = held.join(Attendance, Attendance.activity_id == Activity.id)
    begun = db.session.execute(came.where(Attendance.volunteer_id == volunteer_id).limit(1)).all()
    told = [("带队", *each) for each in led]
    told += [("参加第一场活动", *each) for each in begun if each not in led]
    return [_step(local(at).date(), f"{how}：{title}", place) for how, at, title, place in told]


def _papers(volunteer_id: int, first: date, last: date) -> list[Step]:
    papers = db.session.scalars(
        select(Document).where(
            Document.volunteer_id == volunteer_id,
            Document.state == ISSUED,
            Document.dated_on.between(first, last),
            Document.kind.in_((CERTIFICATE, APPOINTMENT)),
        )
    )
    return [
        _step(each.dated_on, f"{DOCUMENT_KINDS[each.kind]}：{each.title}", each.serial, is_key=True)
        for each in papers
    ]


def _within(moment: Any, first: date, last: date) -> tuple[Any, Any]:
    """From the first day's beginning to the last day's end, in local time."""
    following = date.fromordinal(last.toordinal() + 1)
    return moment >= beginning_of(first), moment < beginning_of(following)
