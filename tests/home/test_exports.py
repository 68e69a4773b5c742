"""Every list leaves the house as a workbook: as filtered, as masked, and on record."""

import io
import re
from datetime import date, timedelta
from typing import Any

import pytest
from openpyxl import load_workbook
from werkzeug.test import TestResponse

from blueprints.visits.models import Visit
from core.audit import AuditEntry, first_broken_entry
from core.clock import today
from core.db import db
from core.workbooks import XLSX
from tests import factories
from tests.wishes.journeys import wish_that_is

LISTS = {
    "/households": "/households.xlsx",
    "/visits": "/visits.xlsx",
    "/pairings": "/pairings.xlsx",
    "/wishes": "/wishes.xlsx",
    "/teams": "/teams.xlsx",
    "/volunteers": "/volunteers.xlsx",
    "/hours": "/hours.xlsx",
    "/activities": "/activities.xlsx",
    "/settings/audit": "/settings/audit.xlsx",
}


@pytest.fixture
def home(lin: Any) -> Any:
    """祝婆婆's household, paired with 林一舟, who was there today and last month."""
    made = factories.household()
    pairing = factories.pairing(lin, made)
    for day in (today(), today() - timedelta(days=40)):
        visit = Visit(
            household_id=made.id, pairing_id=pairing.id, visitor_id=lin.id, visited_on=day,
            met=True, minutes=30, note="=精神不错",
        )  # fmt: skip
        factories.saved(visit)
    return made


def table(answer: TestResponse) -> list[tuple[Any, ...]]:
    """Return the rows of an exported workbook, the header first."""
    assert (answer.status_code, answer.mimetype) == (200, XLSX)
    return list(load_workbook(io.BytesIO(answer.data)).active.iter_rows(values_only=True))


def by_header(answer: TestResponse) -> list[dict[str, Any]]:
    """Return the rows as what stands under each header."""
    header, *rows = table(answer)
    return [dict(zip(header, row, strict=True)) for row in rows]


def exports() -> list[AuditEntry]:
    return list(db.session.scalars(db.select(AuditEntry).filter_by(action="export")))


@pytest.mark.parametrize("page", LISTS)
def test_every_list_offers_its_file_and_a_print(
    browser: Any, qin: Any, home: Any, page: str
) -> None:
    text = browser(qin).get(page).text
    assert f'href="{LISTS[page]}' in text
    assert "data-print" in text


@pytest.mark.parametrize("path", [*LISTS.values(), "/residents.xlsx"])
def test_every_file_opens_with_a_header_and_is_on_record(
    browser: Any, qin: Any, home: Any, path: str
) -> None:
    rows = table(browser(qin).get(path))
    assert all(rows[0])
    (entry,) = exports()
    assert (entry.user_id, entry.after["rows"]) == (qin.id, len(rows) - 1)
    assert first_broken_entry() is None


def test_what_was_exported_is_told_in_the_audit_trail(browser: Any, qin: Any, home: Any) -> None:
    client = browser(qin)
    client.get("/visits.xlsx?student=1")
    page = client.get("/settings/audit").text
    assert "导出 · 走访" in page
    assert "条件：student=1" in page


def test_the_words_searched_for_do_not_stay_in_the_trail(browser: Any, qin: Any, home: Any) -> None:
    browser(qin).get("/households.xlsx?q=祝婆婆")
    assert exports()[0].after["filters"] == "q=•"


def test_asking_whether_the_file_is_there_is_no_export(browser: Any, qin: Any, home: Any) -> None:
    assert browser(qin).head("/visits.xlsx").status_code == 200
    assert exports() == []


def test_an_export_keeps_to_the_filters_of_its_page(browser: Any, qin: Any, home: Any) -> None:
    client = browser(qin)
    month = today().strftime("%Y-%m")
    assert len(by_header(client.get("/visits.xlsx"))) == 2
    assert [row["日期"].date() for row in by_header(client.get(f"/visits.xlsx?month={month}"))] == [
        today()
    ]
    link = re.search(r'href="(/visits\.xlsx[^"]*)"', client.get(f"/visits?month={month}").text)[1]
    assert link == f"/visits.xlsx?month={month}"


def test_a_visit_keeps_its_types_and_a_note_never_becomes_a_formula(
    browser: Any, qin: Any, home: Any
) -> None:
    sheet = load_workbook(io.BytesIO(browser(qin).get("/visits.xlsx").data)).active
    kinds = {sheet.cell(1, n).value: sheet.cell(2, n) for n in range(1, sheet.max_column + 1)}
    assert kinds["日期"].is_date and kinds["日期"].value.date() == today()
    assert (kinds["分钟"].value, kinds["分钟"].data_type) == (30, "n")
    assert (kinds["记录"].value, kinds["记录"].data_type) == ("=精神不错", "s")


def test_a_student_exports_only_the_own_visits_and_pairings(
    browser: Any, fang: Any, lin: Any, home: Any
) -> None:
    assert by_header(browser(fang).get("/visits.xlsx")) == []
    assert by_header(browser(fang).get("/pairings.xlsx")) == []
    assert len(by_header(browser(lin).get("/visits.xlsx"))) == 2


def test_the_manager_exports_households_with_masked_names(browser: Any, gu: Any, home: Any) -> None:
    (row,) = by_header(browser(gu).get("/households.xlsx"))
    assert row["哪一家"] == "祝**家"


def test_an_ended_pairing_tells_its_former_student_no_door(
    browser: Any, qin: Any, lin: Any
) -> None:
    pairing = factories.pairing(lin, factories.household())
    pairing.end("handover", qin, today())
    db.session.commit()
    (row,) = by_header(browser(lin).get("/pairings.xlsx?ended=1"))
    assert (row["门牌"], row["哪一家"], row["楼栋"]) == (None, None, "示2栋")


def test_residents_leave_with_masked_phones_unless_the_secretary_asks_for_them(
    browser: Any, qin: Any, lin: Any, home: Any
) -> None:
    (row,) = by_header(browser(qin).get("/residents.xlsx"))
    assert (row["姓名"], row["电话"]) == ("祝婆婆", "100****0001")
    (row,) = by_header(browser(qin).get("/residents.xlsx?phones=full"))
    assert row["电话"] == "10000000001"
    assert ["in_full" in entry.after for entry in exports()] == [False, True]
    assert browser(lin).get("/residents.xlsx?phones=full").status_code == 403


def test_a_child_without_a_guardians_consent_leaves_without_a_name(
    browser: Any, qin: Any, home: Any
) -> None:
    factories.resident(home, name="祝小满", is_child=True)
    rows = by_header(browser(qin).get("/residents.xlsx"))
    assert [row["姓名"] for row in rows] == ["祝婆婆", None]


def test_wishes_leave_in_their_state_and_without_their_cost(
    browser: Any, qin: Any, home: Any
) -> None:
    wish_that_is("fulfilled", home, qin)
    (row,) = by_header(browser(qin).get("/wishes.xlsx"))
    assert (row["心愿"], row["进度"]) == ("按摩仪", "已实现")
    assert 88 not in row.values()
    assert by_header(browser(qin).get("/wishes.xlsx?view=list&state=claimed")) == []


def test_a_long_list_is_read_in_few_queries(
    browser: Any, qin: Any, lin: Any, home: Any, queries: Any
) -> None:
    client = browser(qin)
    with queries() as few:
        client.get("/visits.xlsx")
    old = date(2020, 1, 1)
    pairing_id = db.session.scalar(db.select(Visit.pairing_id).limit(1))
    for day in range(60):
        visit = Visit(
            household_id=home.id, pairing_id=pairing_id, visitor_id=lin.id,
            visited_on=old + timedelta(days=day), met=True, minutes=5, note="",
        )  # fmt: skip
        db.session.add(visit)
    db.session.commit()
    with queries() as many:
        assert len(by_header(client.get("/visits.xlsx"))) == 62
    assert len(many) == len(few)
