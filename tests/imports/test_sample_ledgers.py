"""The office's other sample ledgers must give exactly the expected figures, where they are at hand."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app import create_app
from blueprints.activities.models import Activity, Attendance
from blueprints.households.models import Building, Household
from blueprints.imports.actions import store, undo
from blueprints.imports.ledger import LEDGERS, Job
from blueprints.imports.models import LedgerImport
from blueprints.imports.plans import Plan, plan_import
from blueprints.imports.rows import LedgerRow
from blueprints.imports.uploads import Upload
from blueprints.teams.models import Membership, Team, Volunteer
from blueprints.visits.models import FollowUp, Visit, VisitCompany
from core.db import db
from core.excel import read_workbook
from tests import factories

_BESIDE = (folder / "shared" / "samples" for folder in Path(__file__).resolve().parents[2:])
SAMPLES = next((folder for folder in _BESIDE if folder.exists()), Path("no-samples"))
pytestmark = pytest.mark.skipif(not SAMPLES.exists(), reason="the sample ledgers are not here")

LEDGER_FILES = {
    "households": "住户台账.xlsx",
    "volunteers": "志愿者名册.xlsx",
    "visits": "走访记录.xlsx",
    "activities": "活动台账.xlsx",
}


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    return json.loads((SAMPLES / "预期结果.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Plan]]:
    """Each ledger's plan, made after the ledgers before it were stored."""
    app: Flask = create_app(
        {"TESTING": True, "LINLI_INSTANCE": str(tmp_path_factory.mktemp("samples"))}
    )
    with app.app_context(), app.test_request_context():
        db.create_all()
        estate = factories.estate("侨亚小区")
        for number in range(1, 7):
            factories.saved(Building.named(estate.id, f"示{number}栋"))
        for login, name in (
            ("lin", "林一舟"), ("fang", "方晓禾"), ("tao", "陶予安"), ("he", "贺知夏"),
        ):  # fmt: skip
            factories.user(login, name, ["student"])
        for name in ("爱心服务队", "保洁服务队", "夕阳红舞蹈队", "便民理发维修队"):
            factories.team(name)
        scopes = {"households": estate.id, "visits": estate.id}
        yield {kind: stored(kind, scopes.get(kind)) for kind in LEDGER_FILES}
        db.session.remove()
        db.engine.dispose()


def stored(kind: str, scope: int | None) -> Plan:
    plan = planned(kind, scope)
    name = LEDGER_FILES[kind]
    store(plan, Job(by=None), Upload(kind, name, "0", (), scope))
    db.session.commit()
    return plan


def planned(kind: str, scope: int | None = None) -> Plan:
    name = LEDGER_FILES[kind]
    return plan_import(LEDGERS[kind], read_workbook(SAMPLES / name), name=name, scope=scope)


def place(row: LedgerRow, plan: Plan) -> Any:
    if len(plan.preview.sheets) == 1:
        return row.number
    return {"sheet": row.sheet, "row": row.number}


def placed(row: LedgerRow, plan: Plan) -> dict[str, Any]:
    found = place(row, plan)
    return found if isinstance(found, dict) else {"row": found}


def count(model: Any, *conditions: Any) -> int:
    return db.session.scalar(db.select(db.func.count()).select_from(model).where(*conditions))


@pytest.mark.parametrize("kind", list(LEDGER_FILES))
def test_the_figures_match(plans: dict[str, Plan], expected: dict[str, Any], kind: str) -> None:
    about = expected[LEDGER_FILES[kind]]
    names = ("good", "duplicate", "near_duplicate", "error", "blank")
    found = plans[kind].preview.counts
    assert found == {"rows": about["data_rows"], **{name: about[name] for name in names}}


@pytest.mark.parametrize("kind", list(LEDGER_FILES))
def test_every_faulty_row_has_its_reason(
    plans: dict[str, Plan], expected: dict[str, Any], kind: str
) -> None:
    plan = plans[kind]
    errors = [placed(row, plan) | {"code": row.code, "reason": row.reason} for row in plan.errors]
    assert errors == expected[LEDGER_FILES[kind]]["errors"]


@pytest.mark.parametrize("kind", list(LEDGER_FILES))
def test_repetitions_name_their_first_row(
    plans: dict[str, Plan], expected: dict[str, Any], kind: str
) -> None:
    plan = plans[kind]
    single = len(plan.preview.sheets) == 1
    found = [
        placed(row, plan)
        | {
            "same_as": row.like.number
            if single
            else {"sheet": row.like.sheet, "row": row.like.number}
        }
        for row in plan.preview.rows_with("duplicate")
        if row.like
    ]
    assert found == expected[LEDGER_FILES[kind]]["duplicates"]


@pytest.mark.parametrize("kind", list(LEDGER_FILES))
def test_reading_a_ledger_again_finds_nothing_new(plans: dict[str, Plan], kind: str) -> None:
    again = planned(kind, db.session.scalar(db.select(LedgerImport.estate_id).where(
        LedgerImport.kind == kind)))  # fmt: skip
    unclear = 44 if kind == "visits" else 0
    assert (len(again.new), len(again.changed)) == (unclear, 0)


def test_the_roster_s_people_are_in_their_teams(
    plans: dict[str, Plan], expected: dict[str, Any]
) -> None:
    totals = expected["志愿者名册.xlsx"]["good_totals"]
    per_team = db.session.execute(
        db.select(Team.name, db.func.count(Membership.id))
        .join(Membership.team)
        .join(Membership.volunteer)
        .group_by(Team.name)
    )
    assert {name: found for name, found in per_team} == totals["by_team"]
    records = [row.record for row in plans["volunteers"].new]
    assert sum(len(record.teams) == 2 for record in records) == totals["two_teams"]


def test_the_roster_s_spot_checks_match(plans: dict[str, Plan], expected: dict[str, Any]) -> None:
    plan = plans["volunteers"]
    rows = {(row.sheet, row.number): row.record for row in plan.preview.rows}
    for check in expected["志愿者名册.xlsx"]["spot_checks"]:
        record = rows[check["sheet"], check["row"]]
        assert record.name == check["name"]
        assert [phone.number for phone in record.phones] == [check["phone"]]
        assert [team.name for team in record.teams] == check["teams"]
        assert (record.joined.value if record.joined else None) == check["joined"]
        assert list(record.skills) == check["skills"]


def test_only_a_child_s_name_comes_in_from_the_roster(
    plans: dict[str, Plan], expected: dict[str, Any]
) -> None:
    plan = plans["volunteers"]
    children = [place(row, plan) for row in plan.preview.warned("under_14")]
    assert children == expected["志愿者名册.xlsx"]["under_14_notice"]
    names = [row.record.name for row in plan.preview.warned("under_14")]
    found = db.session.scalars(db.select(Volunteer).where(Volunteer.name.in_(names)))
    assert [(child.phone, child.skills, child.is_child) for child in found] == [("", "", True)]


def test_every_visit_finds_its_household_or_asks(
    plans: dict[str, Plan], expected: dict[str, Any]
) -> None:
    about = expected["走访记录.xlsx"]
    doubts = {
        row.number: row.record.place.doubt
        for row in plans["visits"].preview.rows_with("good")
        if row.record.household_id is None
    }
    wanted = {row: why for why, rows in about["to_choose_rows"].items() for row in rows}
    assert doubts == wanted
    assert len(plans["visits"].questions) == about["household_to_choose"]
    assert count(Visit) == about["household_matched"]


def test_the_visits_totals_match(plans: dict[str, Plan], expected: dict[str, Any]) -> None:
    about = expected["走访记录.xlsx"]
    records = [row.record for row in plans["visits"].preview.rows_with("good")]
    assert about["good_totals"] == {
        "status": Counter(record.outcome for record in records),
        "kind": Counter(record.called for record in records),
        "two_visitors": sum(len(record.visitors) == 2 for record in records),
        "with_request": sum(bool(record.request) for record in records),
        "by_month": Counter(f"{record.day:%Y-%m}" for record in records),
    }
    together = [len(row.record.visitors) - 1 for row in plans["visits"].new]
    assert count(VisitCompany) <= sum(together)
    assert count(VisitCompany) > 0
    told = [row.number for row in plans["visits"].preview.warned("phone_in_text")]
    assert told == about["phone_in_text_rows"]
    assert count(FollowUp, FollowUp.done_at.is_(None)) > 0


def test_the_book_s_hours_match(plans: dict[str, Plan], expected: dict[str, Any]) -> None:
    totals = expected["活动台账.xlsx"]["good_totals"]
    served = db.session.execute(
        db.select(
            db.func.sum(Attendance.minutes), db.func.count(db.distinct(Attendance.volunteer_id))
        ).where(Attendance.minutes > 0, ~Attendance.on_duty)
    ).one()
    assert tuple(served) == (totals["credited_minutes"], totals["people_with_minutes"])
    assert count(Activity) == expected["活动台账.xlsx"]["good"]


def test_the_book_asks_who_is_meant_and_tells_what_is_vague(
    plans: dict[str, Plan], expected: dict[str, Any]
) -> None:
    about = expected["活动台账.xlsx"]
    keys = [question.key.split("!") for question in plans["activities"].questions]
    asked = [{"row": int(row), "name": name} for _sheet, row, name in keys]
    assert asked == [{"row": x["row"], "name": x["name"]} for x in about["to_choose"]]
    for code, rows in about["notices"].items():
        assert [row.number for row in plans["activities"].preview.warned(code)] == rows


def test_all_of_it_can_be_taken_back_newest_first(plans: dict[str, Plan]) -> None:
    for done in db.session.scalars(db.select(LedgerImport).order_by(LedgerImport.id.desc())):
        undo(done)
    left = [count(model) for model in (Activity, Visit, FollowUp, Volunteer, Household)]
    assert left == [0, 0, 0, 0, 0]
    db.session.rollback()
