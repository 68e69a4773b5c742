"""The office's sample ledger must give exactly the expected figures, where the sample is at hand."""

import json
from collections import Counter
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from blueprints.households.ledger import HouseholdLedger, HouseholdReader
from blueprints.households.models import CARE_TAGS
from blueprints.imports.reading import read_ledger
from blueprints.imports.rows import LedgerPreview, LedgerRow
from core.excel import read_workbook

_BESIDE = (folder / "shared" / "samples" for folder in Path(__file__).resolve().parents[2:])
SAMPLES = next((folder for folder in _BESIDE if folder.exists()), Path("no-samples"))
BUILDINGS = {"侨亚小区": [f"示{number}栋" for number in range(1, 7)]}
pytestmark = pytest.mark.skipif(not SAMPLES.exists(), reason="the sample ledgers are not here")


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    text = (SAMPLES / "预期结果.json").read_text(encoding="utf-8")
    return json.loads(text)["住户台账.xlsx"]


@pytest.fixture(scope="module")
def preview() -> LedgerPreview:
    reader = HouseholdReader(BUILDINGS, date(2026, 11, 22))
    workbook = read_workbook(SAMPLES / "住户台账.xlsx")
    return read_ledger(HouseholdLedger(), reader, workbook, "住户台账.xlsx")


def test_the_figures_match(preview: LedgerPreview, expected: dict[str, Any]) -> None:
    names = ("good", "duplicate", "near_duplicate", "error", "blank")
    assert preview.counts == {"rows": expected["data_rows"], **{n: expected[n] for n in names}}


def test_header_and_sheets_match(preview: LedgerPreview, expected: dict[str, Any]) -> None:
    assert [(s.name, s.header_row) for s in preview.sheets] == [
        (expected["sheet"], expected["header_row"])
    ]
    assert list(preview.skipped_sheets) == expected["empty_sheets"]
    assert preview.rows[0].number == expected["first_row"]
    assert preview.rows[-1].number == expected["last_row"]


def test_repetitions_name_their_first_row(preview: LedgerPreview, expected: dict[str, Any]) -> None:
    duplicates = [{"row": r.number, "same_as": _like(r)} for r in preview.rows_with("duplicate")]
    assert duplicates == expected["duplicates"]
    near = [{"row": r.number, "like": _like(r)} for r in preview.rows_with("near_duplicate")]
    assert near == expected["near_duplicates"]


def test_errors_have_their_code_and_reason(
    preview: LedgerPreview, expected: dict[str, Any]
) -> None:
    errors = [
        {"row": row.number, "code": row.code, "reason": row.reason}
        for row in preview.rows_with("error")
    ]
    assert errors == expected["errors"]


def test_blank_rows_and_shared_rooms_are_listed(
    preview: LedgerPreview, expected: dict[str, Any]
) -> None:
    assert [row.number for row in preview.rows_with("blank")] == expected["blank_rows"]
    shared = [
        row.number
        for row in preview.rows_with("good")
        if any(warning.code == "same_room_other_name" for warning in row.warnings)
    ]
    assert shared == sorted(chain(*expected["same_room_other_name"]))


def test_totals_of_the_good_rows_match(preview: LedgerPreview, expected: dict[str, Any]) -> None:
    records = [row.record for row in preview.rows_with("good") if row.record]
    assert expected["good_totals"] == {
        "phones": sum(len(record.phones) for record in records),
        "without_phone": sum(not record.phones for record in records),
        "people": sum(record.people or 0 for record in records),
        "birth": Counter(_birth(record.birth, {"kind": "none"})["kind"] for record in records),
        "tags": Counter(_tag(tag) for record in records for tag in record.tags),
    }


def test_spot_checks_match(preview: LedgerPreview, expected: dict[str, Any]) -> None:
    rows = {row.number: row for row in preview.rows}
    for check in expected["spot_checks"]:
        record = rows[check["row"]].record
        assert record is not None
        found = {
            "row": check["row"],
            "estate": record.estate,
            "building": record.building,
            "unit": record.unit,
            "room": record.room,
            "name": record.head_name,
            "phones": [phone.number for phone in record.phones],
            "people": record.people,
            "tags": [_tag(tag) for tag in record.tags],
            "birth": _birth(record.birth, None),
        }
        assert found == check


def _like(row: LedgerRow) -> int:
    assert row.like is not None
    return row.like.number


def _tag(tag: str) -> str:
    return str(CARE_TAGS[tag])


def _birth(birth: Any, without: Any) -> Any:
    if birth is None:
        return without
    if birth.calendar == "lunar":
        return {"kind": "lunar", "value": birth.value, "year": birth.year}
    return {"kind": birth.precision, "value": birth.value}
