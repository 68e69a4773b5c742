"""The activity book as a ledger: who took part, and writing activities down."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from sqlalchemy import select

from blueprints.accounts.models import User
from blueprints.activities.actions import propose_hours
from blueprints.activities.book_cells import FIELDS, REQUIRED, ActivityRecord, BookRow, Person
from blueprints.activities.book_forms import BookImportForm
from blueprints.activities.book_people import Namesake, People, registered_people
from blueprints.activities.models import Activity, Attendance
from blueprints.activities.queries import in_full
from blueprints.imports.ledger import Job, Ledger, Reader, register
from blueprints.imports.rows import NEW, Cells, LedgerRow, Question, Reading, Standing
from blueprints.teams.access import oversees
from blueprints.teams.models import Volunteer
from blueprints.teams.roster import named_row
from core.bulk import insert_all, inserted_ids
from core.clock import today
from core.db import db
from core.phones import masked_phone

LEAVE_OUT, REGISTER = "", "new"
KIND_WORDS = (
    ("抢答", "quiz"), ("清扫", "cleaning"), ("卫生", "cleaning"), ("垃圾", "cleaning"),
    ("义剪", "haircut"), ("维修", "haircut"), ("宣讲", "outreach"), ("党日", "party_day"),
    ("培训", "training"), ("晚会", "festival"), ("中秋", "festival"), ("端午", "festival"),
    ("重阳", "festival"), ("春节", "festival"), ("元宵", "festival"), ("联谊", "social"),
    ("舞蹈", "social"), ("排练", "social"),
)  # fmt: skip


class BookReader(Reader):
    """Judges rows, and finds whoever is named on the roster."""

    def __init__(self, people: People, day: date) -> None:
        self.people, self.day = people, day
        self.asked: dict[tuple[str, int, str], Question] = {}
        self.made: dict[str, int] = {}

    def open_sheet(self, title: str, fields: frozenset[str], name: str) -> None:
        """Nothing above the headers matters."""

    def read(self, cells: Cells) -> Reading:
        return BookRow(cells, self.day).reading()

    def identity(self, record: ActivityRecord) -> None:
        """The same activity may take place twice a day."""

    def standings(self, records: Sequence[ActivityRecord]) -> list[Standing]:
        if not records:
            return []
        starts = [record.starts_at for record in records]
        found = db.session.execute(
            select(Activity.title, Activity.starts_at, Activity.id).where(
                Activity.starts_at.between(min(starts), max(starts))
            )
        )
        known = {(title, start): activity_id for title, start, activity_id in found}
        keys = ((record.title, record.starts_at) for record in records)
        return [Standing(known[key]) if key in known else NEW for key in keys]

    def questions(
        self, new: Sequence[LedgerRow], near: Mapping[LedgerRow, LedgerRow]
    ) -> list[Question]:
        """Ask who is meant wherever the roster does not know exactly one of that name."""
        for row in new:
            for person in row.record.people:
                if person.state != "absent" and self.people.only(person.name) is None:
                    key = f"{row.sheet}!{row.number}!{person.name}"
                    self.asked[row.sheet, row.number, person.name] = self.question(
                        key, row.number, person
                    )
        return list(self.asked.values())

    def question(self, key: str, number: int, person: Person) -> Question:
        text = _("第 %(row)s 行的“%(name)s”是谁？", row=number, name=person.name)
        options = [(LEAVE_OUT, _("不记"))]
        if person.state != "group":
            options += [(str(m.id), mate_words(m)) for m in self.people.like(person.name)]
            if not self.people.named(person.name):
                options.append((REGISTER, _("登记成新志愿者")))
        return Question(key, text, tuple(options), LEAVE_OUT)

    def store(
        self, new: Sequence[LedgerRow], changed: Sequence[tuple[LedgerRow, Standing]], job: Job
    ) -> dict[str, int]:
        attended = [self.attending(row, job) for row in new]
        ids = inserted_ids(Activity.__table__, [self.activity_row(row.record, job) for row in new])
        job.note_made(Activity.__table__, ids)
        rows = [
            attendance_row(activity_id, volunteer_id, row.record, person)
            for activity_id, row, people in zip(ids, new, attended, strict=True)
            for volunteer_id, person in people.items()
        ]
        insert_all(Attendance.__table__, rows)
        job.tell(len(new))
        if job.options.get("propose") and job.by:
            propose_all(ids, job.by)
        credited = sum(row["minutes"] for row in rows if not row["on_duty"])
        left_out = sum(not job.answer(question) for question in self.asked.values())
        return {"imported": len(ids), "credited_minutes": credited, "people_left_out": left_out}

    def attending(self, row: LedgerRow, job: Job) -> dict[int, Person]:
        """Return who took part, by volunteer; made where somebody is registered anew."""
        found = {}
        for person in row.record.people:
            if person.state == "absent":
                continue
            volunteer = self.volunteer_of(row, person, job)
            if volunteer:
                found.setdefault(volunteer, person)
        return found

    def volunteer_of(self, row: LedgerRow, person: Person, job: Job) -> int | None:
        question = self.asked.get((row.sheet, row.number, person.name))
        if question is None:
            known = self.people.only(person.name)
            return known.id or self.register(known.name, known.user_id, job) if known else None
        chosen = job.answer(question)
        if chosen == REGISTER:
            return self.register(person.name, None, job)
        return int(chosen) if chosen else None

    def register(self, name: str, user_id: int | None, job: Job) -> int:
        """Return the volunteer of that name, made the first time: somebody new, or of the staff."""
        if name not in self.made:
            (made,) = inserted_ids(
                Volunteer.__table__, [named_row(name, today()) | {"user_id": user_id}]
            )
            job.note_made(Volunteer.__table__, [made])
            self.made[name] = made
        return self.made[name]

    def activity_row(self, record: ActivityRecord, job: Job) -> dict[str, Any]:
        leader = self.people.only(record.leader)
        leader_id = leader.id or self.register(leader.name, leader.user_id, job) if leader else None
        kind = next((kind for word, kind in KIND_WORDS if word in record.title), "other")
        return {
            "title": record.title,
            "kind": kind,
            "place": record.place,
            "starts_at": record.starts_at,
            "ends_at": record.ends_at,
            "leader_id": leader_id,
            "plan": "",
            "write_up": record.remark,
            "state": "held",
            "created_by_id": job.by.id if job.by else None,
            "version": 1,
        }


def mate_words(mate: Namesake) -> str:
    """Tell namesakes apart by their teams and the end of their number."""
    phone = masked_phone(mate.phone) if mate.phone else ""
    return " ".join(part for part in (mate.name, _("、").join(mate.teams), phone) if part)


def attendance_row(
    activity_id: int, volunteer_id: int, record: ActivityRecord, person: Person
) -> dict[str, Any]:
    return {
        "activity_id": activity_id,
        "volunteer_id": volunteer_id,
        "minutes": record.minutes_of(person) or 0,
        "on_duty": person.state == "on_duty",
    }


def propose_all(activity_ids: Sequence[int], by: User) -> None:
    for activity_id in activity_ids:
        found = in_full(select(Activity).where(Activity.id == activity_id))
        propose_hours(db.session.scalars(found).one(), by)


class BookLedger(Ledger):
    """活动台账."""

    key = "activities"
    title = _l("活动台账")
    hint = _l("要有活动名称、日期，还要有时长或者起止时间。人名对得上名册的才记时长。")
    amount = _l(" %(count)s 场活动")
    fields = FIELDS
    required = REQUIRED
    telling = ("title", "day", "time")
    count_labels: Mapping[str, LazyString] = {
        "credited_minutes": _l("记下的时长（分钟）"),
        "people_left_out": _l("没选是谁，没有记"),
    }
    owned = frozenset(["attendance", "activity_photo"])
    confirm_form = BookImportForm
    confirm_part = "activities/_import_hours.html"

    def may_import(self, user: User) -> bool:
        return oversees(user)

    def reader(self, scope: int | None, today: date) -> BookReader:
        return BookReader(registered_people(), today)

    def next_page(self, scope: int | None) -> tuple[str, LazyString]:
        return url_for("activities.index"), _l("看活动")


register(BookLedger())
