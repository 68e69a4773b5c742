"""Last year's visits as a ledger: which household each row means, and writing it down."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from sqlalchemy import Select, select

from blueprints.accounts.models import User
from blueprints.households.estate_queries import estate_choices
from blueprints.households.models import Estate, Household
from blueprints.imports.ledger import Job, Ledger, Reader, register
from blueprints.imports.rows import NEW, Cells, LedgerRow, Question, Reading, Standing
from blueprints.visits.actions import reckon
from blueprints.visits.journal_cells import FIELDS, REQUIRED, JournalRow, VisitRecord
from blueprints.visits.journal_homes import Home, Homes, registered_homes
from blueprints.visits.models import FollowUp, Visit, VisitCompany, VisitKind
from blueprints.visits.pairings import Pairing
from core.access import SECRETARY
from core.bulk import insert_all, inserted_ids
from core.clock import SHANGHAI, now
from core.db import db
from core.names import bare_name

LEAVE_OUT = ""
BATCH = 300
DOUBTS: Mapping[str, LazyString] = {
    "name_only": _l("只写了称呼"),
    "unit_missing": _l("没写单元"),
    "no_such_household": _l("台账里没有这一户"),
    "surname_differs": _l("姓和台账里的不一样"),
    "whole_building": _l("写的是整栋"),
    "several_households": _l("这个房号有几户"),
}
_YEAR = re.compile(r"(20\d\d)\s*年")


class JournalReader(Reader):
    """Judges rows against the registered households and the people with an account."""

    def __init__(self, homes: Homes, people: Mapping[str, int], day: date) -> None:
        self.homes, self.people, self.day = homes, people, day
        self.year: int | None = None
        self.asked: dict[tuple[str, int], Question] = {}

    def open_sheet(self, title: str, fields: frozenset[str], name: str) -> None:
        """Days without a year are of the year in the title."""
        years = _YEAR.findall(title)
        self.year = int(years[0]) if years else None

    def read(self, cells: Cells) -> Reading:
        return JournalRow(cells, self.homes, self.people, self.year, self.day).reading()

    def identity(self, record: VisitRecord) -> None:
        """Several visits in one day are nothing unusual."""

    def standings(self, records: Sequence[VisitRecord]) -> list[Standing]:
        days = [record.day for record in records]
        if not days:
            return []
        found = db.session.execute(
            select(Visit.household_id, Visit.visited_on, Visit.visitor_id, Visit.id).where(
                Visit.visited_on.between(min(days), max(days)), Visit.stands
            )
        )
        known = {(home, day, visitor): visit_id for home, day, visitor, visit_id in found}
        keys = ((record.household_id, record.day, record.visitors[0]) for record in records)
        return [Standing(known[key]) if key in known else NEW for key in keys]

    def questions(
        self, new: Sequence[LedgerRow], near: Mapping[LedgerRow, LedgerRow]
    ) -> list[Question]:
        """Ask for the household where the journal does not say it clearly."""
        for row in new:
            place = row.record.place
            if place.household_id is None:
                text = _(
                    "第 %(row)s 行 %(home)s：%(doubt)s。是哪一户？",
                    row=row.number,
                    home=row.shown["home"],
                    doubt=DOUBTS[place.doubt],
                )
                options = [(LEAVE_OUT, _("不导入这一行"))]
                options += [(str(home.id), home_words(home)) for home in place.candidates]
                key = f"{row.sheet}!{row.number}"
                self.asked[row.sheet, row.number] = Question(key, text, tuple(options), LEAVE_OUT)
        return list(self.asked.values())

    def store(
        self, new: Sequence[LedgerRow], changed: Sequence[tuple[LedgerRow, Standing]], job: Job
    ) -> dict[str, int]:
        placed = [(row.record, self.home_of(row, job)) for row in new]
        known = [(record, home) for record, home in placed if home]
        pairings = pairings_of({home for _record, home in known})
        for start in range(0, len(known), BATCH):
            batch = known[start : start + BATCH]
            write_visits(batch, pairings, job)
            job.tell(start + len(batch))
        reckon_all({pairing_of(pairings, home, record) for record, home in known})
        return {"imported": len(known), "left_out": len(placed) - len(known)}

    def home_of(self, row: LedgerRow, job: Job) -> int | None:
        """The household that was recognised, or the one a person chose."""
        question = self.asked.get((row.sheet, row.number))
        if question is None:
            return row.record.household_id
        chosen = job.answer(question)
        return int(chosen) if chosen and int(chosen) not in self.homes.declined else None


def home_words(home: Home) -> str:
    unit = _("%(unit)s单元", unit=home.unit) if home.unit else ""
    door = " ".join(part for part in (home.building, unit, home.room) if part)
    return f"{door} {home.names[0] if home.names else ''}".strip()


def write_visits(
    batch: Sequence[tuple[VisitRecord, int]], pairings: Mapping[int, list[Pairing]], job: Job
) -> None:
    """Enter visits, each with its household, and what was done, who came along, what was asked."""
    rows = [visit_row(record, home, pairing_of(pairings, home, record)) for record, home in batch]
    ids = inserted_ids(Visit.__table__, rows)
    job.note_made(Visit.__table__, ids)
    made = list(zip(ids, (record for record, _home in batch), strict=True))
    insert_all(
        VisitKind.__table__, [{"visit_id": id_, "kind": record.kind} for id_, record in made]
    )
    company = [
        {"visit_id": id_, "user_id": person}
        for id_, record in made
        for person in record.visitors[1:]
    ]
    insert_all(VisitCompany.__table__, company)
    asked = [(id_, record) for id_, record in made if record.request and record.outcome != "none"]
    insert_all(FollowUp.__table__, [follow_up_row(id_, record) for id_, record in asked])


def visit_row(record: VisitRecord, household_id: int, pairing_id: int | None) -> dict[str, Any]:
    return {
        "household_id": household_id,
        "pairing_id": pairing_id,
        "visitor_id": record.visitors[0],
        "visited_on": record.day,
        "met": record.met,
        "not_met_reason": None if record.met else "nobody",
        "minutes": None,
        "on_duty": False,
        "note": note_of(record),
        "void_reason": "",
        "created_at": now(),
        "version": 1,
    }


def note_of(record: VisitRecord) -> str:
    """What was noted, and the request that nobody followed up."""
    loose = record.request if record.outcome == "none" else ""
    asked = _("诉求：%(what)s", what=loose) if loose else ""
    return "\n".join(filter(None, (record.note, asked)))


def follow_up_row(visit_id: int, record: VisitRecord) -> dict[str, Any]:
    noon = datetime.combine(record.day, time(12), tzinfo=SHANGHAI).astimezone(UTC)
    return {
        "visit_id": visit_id,
        "what": record.request[:200],
        "owner_id": record.visitors[0],
        "due_on": None,
        "done_at": noon if record.outcome == "solved" else None,
        "version": 1,
    }


def pairings_of(household_ids: set[int]) -> dict[int, list[Pairing]]:
    """Return each household's pairings, that a visit may belong to."""
    found = db.session.scalars(select(Pairing).where(~Pairing.was_declined))
    pairings: dict[int, list[Pairing]] = {}
    for pairing in found:
        if pairing.household_id in household_ids:
            pairings.setdefault(pairing.household_id, []).append(pairing)
    return pairings


def pairing_of(pairings: Mapping[int, list[Pairing]], home: int, record: VisitRecord) -> int | None:
    """Return the pairing that was running on the day of the visit."""
    for pairing in pairings.get(home, []):
        ended = pairing.ended_on or date.max
        if pairing.started_on <= record.day <= ended:
            return pairing.id
    return None


def reckon_all(pairing_ids: set[int | None]) -> None:
    for pairing_id in pairing_ids - {None}:
        reckon(db.session.get(Pairing, pairing_id))


class JournalLedger(Ledger):
    """走访记录."""

    key = "visits"
    title = _l("走访记录")
    hint = _l("要有日期、走访人、住户。日期只写月日的，年份看标题。走访人要先有账号。")
    amount = _l(" %(count)s 次走访")
    fields = FIELDS
    required = REQUIRED
    telling = ("day", "visitor", "home")
    count_labels: Mapping[str, LazyString] = {"left_out": _l("没选住户，没有导入")}
    owned = frozenset(["visit_kind", "visit_resident", "visit_company", "visit_photo", "follow_up"])

    def may_import(self, user: User) -> bool:
        return user.has_role(SECRETARY)

    def scopes(self, user: User) -> list[tuple[int, str]]:
        return estate_choices(user)

    def scope_named(self, name: str) -> int | None:
        return db.session.scalar(select(Estate.id).where(Estate.name == name))

    def reader(self, scope: int | None, today: date) -> JournalReader:
        people = db.session.execute(select(User.name, User.id))
        by_name = {bare_name(name): user_id for name, user_id in people}
        return JournalReader(registered_homes(scope), by_name, today)

    def missing_first(self) -> tuple[str, LazyString, LazyString] | None:
        if db.session.scalar(select(Household.id).limit(1)) is not None:
            return None
        words = _l("走访要对上住户，先把住户台账导进来。")
        return url_for("imports.new", kind="households"), _l("先导入住户"), words

    def next_page(self, scope: int | None) -> tuple[str, LazyString]:
        return url_for("visits.index"), _l("看走访")

    def undoing(self, chosen: Select[tuple[int]]) -> Callable[[], None]:
        """Reckon the pairings anew once their visits are gone."""
        touched = set(db.session.scalars(select(Visit.pairing_id).where(Visit.id.in_(chosen))))
        return lambda: reckon_all(touched)


register(JournalLedger())
