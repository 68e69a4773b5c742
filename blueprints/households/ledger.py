"""The office's household ledger: how its rows are compared, and what only a person can answer."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from sqlalchemy import select

from blueprints.accounts.models import User
from blueprints.households.access import can_import
from blueprints.households.estate_queries import estate_choices, known_buildings
from blueprints.households.import_forms import ConsentedImportForm
from blueprints.households.ledger_cells import FIELDS, REQUIRED, HouseholdRecord, read_record
from blueprints.households.ledger_facts import restore_facts, standings_of
from blueprints.households.ledger_store import store_households
from blueprints.households.models import Estate
from blueprints.imports.ledger import ChangingLedger, Job, Reader, register
from blueprints.imports.reading import row_name
from blueprints.imports.rows import Cells, Issue, LedgerRow, Question, Reading, RowRef, Standing
from core.addresses import building_key
from core.db import db
from core.sheets import WorkbookError

UNKNOWN_PLACES = ("building_unknown", "estate_unknown")


class EstateUnclear(WorkbookError):
    """Neither the title nor a column says which of several estates the rows belong to."""

    text = _l("没看出“%(name)s”是哪个小区的。请先选小区。")


class HouseholdReader(Reader):
    """Judges rows against the registered buildings of every estate.

    A row's estate is what its 小区 column says, else `estate`, else the one in the title, else
    the only one there is.
    """

    def __init__(
        self, known_buildings: Mapping[str, Collection[str]], today: date, estate: str = ""
    ) -> None:
        self.registry = {
            e: {building_key(b): b for b in known_buildings[e]} for e in known_buildings
        }
        self.today, self.chosen, self.estate = today, estate, estate
        self._asked: dict[RowRef, tuple[Question, dict[str, LedgerRow]]] = {}

    def open_sheet(self, title: str, fields: frozenset[str], name: str) -> None:
        """Take the estate from the title. Raises EstateUnclear."""
        named = [estate for estate in self.registry if estate in title]
        if self.chosen:
            self.estate = self.chosen
        elif named or len(self.registry) == 1:
            self.estate = max(named or self.registry, key=len)
        elif "estate" in fields:
            self.estate = ""
        else:
            raise EstateUnclear(name)

    def read(self, cells: Cells) -> Reading:
        return read_record(cells, self.registry, self.estate, self.today)

    def identity(self, record: HouseholdRecord) -> tuple[str, ...]:
        """What makes two rows the same household: its door and whose home it is."""
        return (*record.address, record.head_name)

    def look_back(self, rows: Sequence[LedgerRow]) -> list[LedgerRow]:
        """Warn where one room has heads of different names, as flats let in parts do."""
        rooms: dict[tuple[str, ...], list[LedgerRow]] = defaultdict(list)
        for row in rows:
            if row.status == "good":
                rooms[row.record.address].append(row)
        return [self._with_neighbours(row, rooms) for row in rows]

    def _with_neighbours(
        self, row: LedgerRow, rooms: Mapping[tuple[str, ...], list[LedgerRow]]
    ) -> LedgerRow:
        there = rooms[row.record.address] if row.status == "good" else []
        if len(there) < 2:
            return row
        names = [row_name(row, other.place) for other in there if other is not row]
        text = _l("同一房号还有别的姓名：第%(rows)s行")
        issue = Issue("same_room_other_name", text, {"rows": "、".join(names)})
        return replace(row, warnings=(*row.warnings, issue))

    def standings(self, records: Sequence[HouseholdRecord]) -> list[Standing]:
        return standings_of(records)

    def questions(
        self, new: Sequence[LedgerRow], near: Mapping[LedgerRow, LedgerRow]
    ) -> list[Question]:
        """Ask which of several rows of one household is right."""
        choices: dict[LedgerRow, list[LedgerRow]] = {}
        for row, first in near.items():
            choices.setdefault(first, [first]).append(row)
        for first, rows in choices.items():
            by_key = {key_of(row): row for row in rows}
            self._asked[first.place] = (question_about(first, rows), by_key)
        return [question for question, _rows in self._asked.values()]

    def store(
        self,
        new: Sequence[LedgerRow],
        changed: Sequence[tuple[LedgerRow, Standing]],
        job: Job,
    ) -> dict[str, int]:
        return store_households([self._picked(row, job) for row in new], changed, job)

    def _picked(self, row: LedgerRow, job: Job) -> HouseholdRecord:
        """The row's record, or that of the later row which a person picked in its place."""
        if row.place not in self._asked:
            return row.record
        question, rows = self._asked[row.place]
        return rows[job.answer(question)].record


def question_about(first: LedgerRow, rows: Sequence[LedgerRow]) -> Question:
    options = tuple((key_of(row), row_words(row)) for row in rows)
    text = _("%(building)s %(unit)s %(room)s 用哪一行", **door(first.record))
    return Question(key_of(first), text, options, key_of(first))


def key_of(row: LedgerRow) -> str:
    return f"{row.sheet}!{row.number}"


def door(record: HouseholdRecord) -> dict[str, str]:
    unit = _("%(unit)s单元", unit=record.unit) if record.unit else ""
    return {"building": record.building, "unit": unit, "room": record.room}


def row_words(row: LedgerRow) -> str:
    """Return a row as it was typed, so that a person can tell it from the other one."""
    typed = [
        row.shown.get(name, "") for name in ("head_name", "phones", "people", "birth", "remark")
    ]
    return _("第 %(row)s 行：%(typed)s", row=row.number, typed=" ".join(filter(None, typed)))


class HouseholdLedger(ChangingLedger):
    """住户台账."""

    key = "households"
    title = _l("住户台账")
    hint = _l("要有楼栋、房号、户主姓名；写成一列的地址（3-2-501）也行。别的列有就读。")
    amount = _l(" %(count)s 户")
    fields = FIELDS
    required = REQUIRED
    telling = ("building", "unit", "room", "address", "head_name")
    near_text = _l("和第%(row)s行房号、姓名相同，其他不完全相同，请选一行")
    count_labels: Mapping[str, LazyString] = {
        "tags_left_out": _l("没导入的关爱类别"),
        "children": _l("未满 14 岁，等监护人同意"),
    }
    owned = frozenset(["resident", "phone", "care_tag", "consent", "search_term"])
    confirm_form = ConsentedImportForm
    confirm_part = "households/_import_consent.html"

    def may_import(self, user: User) -> bool:
        return can_import(user)

    def goes_to(self, row: LedgerRow) -> str:
        return row.record.estate

    def scopes(self, user: User) -> list[tuple[int, str]]:
        return estate_choices(user)

    def scope_named(self, name: str) -> int | None:
        return db.session.scalar(select(Estate.id).where(Estate.name == name))

    def scope_of(self, rows: Sequence[LedgerRow]) -> int | None:
        return self.scope_named(rows[0].record.estate)

    def reader(self, scope: int | None, today: date) -> HouseholdReader:
        estate = db.session.scalar(select(Estate.name).where(Estate.id == scope)) if scope else ""
        return HouseholdReader(known_buildings(), today, estate or "")

    def missing_first(self) -> tuple[str, LazyString, LazyString] | None:
        if db.session.scalar(select(Estate.id).limit(1)) is not None:
            return None
        words = _l("台账要对上门牌，才知道谁住哪儿。")
        return url_for("households.new_estate"), _l("先登记小区和楼栋"), words

    def next_page(self, scope: int | None) -> tuple[str, LazyString]:
        return url_for("households.index", estate=scope), _l("看住户")

    def faulty_link(self, rows: Sequence[LedgerRow], scope: int | None) -> tuple[str, str] | None:
        """Lead to the page where the buildings that are missing can be registered."""
        if not scope or not any(row.code in UNKNOWN_PLACES for row in rows):
            return None
        return url_for("households.new_buildings", estate_id=scope), _("登记缺的楼栋")

    def restore(self, table: str, object_id: int, before: Mapping[str, Any]) -> None:
        restore_facts(object_id, before)


register(HouseholdLedger())
