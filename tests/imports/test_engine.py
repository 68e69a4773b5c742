"""One engine for every room: what each ledger asks, leaves out and takes back."""

import io
import os
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from blueprints.activities.book_cells import minutes_in
from blueprints.activities.models import Activity, Attendance
from blueprints.households.ledger import HouseholdReader
from blueprints.imports import uploads
from blueprints.imports.ledger import LEDGERS
from blueprints.imports.reading import read_ledger
from blueprints.teams.models import Membership, ServiceEntry, Volunteer
from blueprints.visits.models import FollowUp, Visit, VisitCompany
from core.clock import today
from core.db import db
from core.excel import read_workbook
from tests import factories


def workbook(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def bring(browser: Any, qin: Any) -> Callable[..., Any]:
    """Upload a ledger as the secretary; return the client and where its preview is."""

    def upload(kind: str, *rows: list[object], **fields: str) -> tuple[Any, str]:
        client = browser(qin)
        file = (io.BytesIO(workbook(*rows)), "台账.xlsx")
        return client, client.send(f"/{kind}/import", {"file": file, **fields}).location

    return upload


def count(model: Any, *conditions: Any) -> int:
    return db.session.scalar(db.select(db.func.count()).select_from(model).where(*conditions))


def test_every_label_is_recognised_as_a_header_again() -> None:
    for ledger in LEDGERS.values():
        assert all(str(field.label) in field.names for field in ledger.fields.values())
        named = [name for field in ledger.fields.values() for name in field.names]
        assert len(named) == len(set(named)), ledger.key


ROSTER = ["姓名", "电话", "服务队", "备注"]


def test_a_volunteer_of_two_rows_joins_a_second_team_only_when_a_person_says_so(
    bring: Callable[..., Any],
) -> None:
    factories.team("爱心服务队")
    factories.team("保洁服务队")
    rows = [
        ["单守信", "10000000001", "爱心服务队（队长）", ""],
        ["单守信", "10000000001", "保洁服务队", ""],
    ]
    client, where = bring("volunteers", ROSTER, *rows)
    assert "是同一个人吗" in client.get(where).text
    client.send(where, {"answer_0": "add"})
    assert (count(Volunteer), count(Membership)) == (1, 2)
    assert count(Membership, Membership.is_leader) == 1


def test_who_is_registered_joins_the_teams_that_only_the_roster_names(
    bring: Callable[..., Any],
) -> None:
    care = factories.team("爱心服务队")
    factories.team("保洁服务队")
    known = factories.volunteer("单守信", of=care)
    known.phone = "10000000001"
    db.session.commit()
    client, where = bring("volunteers", ROSTER, ["单守信", "10000000001", "保洁服务队", ""])
    assert "登记过，台账里写的不一样" in client.get(where).text
    done = client.send(where, {"changes": "fill"}).location
    assert (count(Volunteer), count(Membership)) == (1, 2)
    client.send(f"{done}/undoing")
    assert (count(Volunteer), count(Membership)) == (1, 1)


JOURNAL = ["日期", "走访人", "住户", "情况", "诉求", "是否解决"]


def test_a_household_that_is_not_clear_is_chosen_by_a_person(
    bring: Callable[..., Any], lin: Any
) -> None:
    home = factories.household()
    rows = [["2025.3.5", "林一舟", "祝婆婆", "精神不错", "修收音机", "待跟进"]]
    client, where = bring("visits", JOURNAL, *rows, scope=str(home.estate_id))
    assert "只写了称呼" in client.get(where).text
    client.send(where, {"answer_0": str(home.id)})
    visit = db.session.scalars(db.select(Visit)).one()
    assert (visit.household_id, visit.met, str(visit.visited_on)) == (home.id, True, "2025-03-05")
    promise = db.session.scalars(db.select(FollowUp)).one()
    assert (promise.what, promise.done_at, promise.owner_id) == ("修收音机", None, lin.id)


def test_everybody_who_came_along_is_kept_and_named_with_the_visit(
    bring: Callable[..., Any], lin: Any, fang: Any, gu: Any
) -> None:
    home = factories.household()
    rows = [["2025.3.5", "林一舟、方晓禾和顾长青", "示2栋1单元301 祝婆婆", "精神不错", "", ""]]
    client, where = bring("visits", JOURNAL, *rows, scope=str(home.estate_id))
    done = client.send(where).location
    visit = db.session.scalars(db.select(Visit)).one()
    assert (visit.visitor_id, visit.note) == (lin.id, "精神不错")
    came = db.session.scalars(db.select(VisitCompany.user_id).order_by(VisitCompany.user_id))
    assert came.all() == sorted([fang.id, gu.id])
    page = client.get(f"/visits/{visit.id}").text
    assert "方晓禾、顾长青" in page
    assert client.send(f"{done}/undoing").status_code == 303
    assert (count(Visit), count(VisitCompany)) == (0, 0)


def test_unanswered_questions_leave_the_row_out(bring: Callable[..., Any], lin: Any) -> None:
    home = factories.household()
    rows = [["2025.3.5", "林一舟", "祝婆婆", "", "", ""]]
    client, where = bring("visits", JOURNAL, *rows, scope=str(home.estate_id))
    assert "没选住户" in client.send(where, follow_redirects=True).text
    assert count(Visit) == 0


def test_a_household_that_declined_is_not_written_about(
    bring: Callable[..., Any], lin: Any
) -> None:
    home = factories.household(consent=False)
    person = db.session.scalar(db.text("SELECT id FROM resident"))
    factories.saved(factories.Consent(resident_id=person, kind="visit", answer="declined"))
    rows = [["2025.3.5", "林一舟", "示2栋1单元301 祝婆婆", "", "", ""]]
    client, where = bring("visits", JOURNAL, *rows, scope=str(home.estate_id))
    assert "说过不愿意被走访" in client.get(where).text
    client.send(where)
    assert count(Visit) == 0


def test_imported_visits_move_what_is_due_and_back_again(
    bring: Callable[..., Any], lin: Any
) -> None:
    home = factories.household()
    pairing = factories.pairing(lin, home, started=today() - timedelta(days=60))
    before, day = pairing.due_on, today() - timedelta(days=3)
    rows = [[f"{day:%Y.%m.%d}", "林一舟", "示2栋1单元301 祝婆婆", "", "", ""]]
    client, where = bring("visits", JOURNAL, *rows, scope=str(home.estate_id))
    done = client.send(where).location
    db.session.expire_all()
    assert (pairing.last_met_on, pairing.due_on) == (day, day + timedelta(days=21))
    client.send(f"{done}/undoing")
    db.session.expire_all()
    assert (pairing.last_met_on, pairing.due_on) == (None, before)


BOOK = ["活动名称", "日期", "时间", "参加人员", "时长"]


def test_hours_go_to_the_ledger_only_when_asked_and_then_stay(
    bring: Callable[..., Any],
) -> None:
    factories.volunteer("单守信")
    rows = [["便民义剪", "2026.1.20", "8:30-11:30", "单守信、小陈", "3小时"]]
    client, where = bring("activities", BOOK, *rows)
    assert "“小陈”是谁" in client.get(where).text
    done = client.send(where, {"propose": "y"}).location
    entry = db.session.scalars(db.select(ServiceEntry)).one()
    assert (entry.minutes, entry.state) == (180, "proposed")
    assert client.send(f"{done}/undoing").status_code == 409
    assert count(Activity) == 1


def test_somebody_new_is_registered_when_a_person_says_so(bring: Callable[..., Any]) -> None:
    rows = [["便民义剪", "2026.1.20", "8:30-11:30", "柳小满（60分钟）", ""]]
    client, where = bring("activities", BOOK, *rows)
    done = client.send(where, {"answer_0": "new"}).location
    noted = db.session.scalars(db.select(Attendance)).one()
    assert (noted.minutes, noted.on_duty) == (60, False)
    client.send(f"{done}/undoing")
    assert (count(Volunteer), count(Activity), count(Attendance)) == (0, 0, 0)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("2", 120), ("2.5", 150), ("2h", 120), ("1.5小时", 90), ("120分钟", 120),
        ("2小时30分", 150), ("两个半小时", 150), ("半小时", 30), ("半天", None), ("", None),
    ],
)  # fmt: skip
def test_a_length_is_read_however_it_is_written(text: str, minutes: int | None) -> None:
    assert minutes_in(text) == minutes


CELLS = st.one_of(
    st.none(),
    st.sampled_from(
        ["示2栋", "1", "301", "祝秀英", "10000000001", "2", "1948.3.5", "合计", " ", "#N/A"]
    ),
    st.text(max_size=8).filter(lambda text: text.isprintable()),
    st.integers(-5, 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
)


@settings(max_examples=20, deadline=None)
@given(rows=st.lists(st.lists(CELLS, min_size=4, max_size=6), max_size=6))
def test_whatever_a_ledger_holds_every_row_is_accounted_for_with_its_reason(
    rows: list[list[Any]],
) -> None:
    header = ["楼栋", "单元", "房号", "户主姓名", "联系电话", "出生日期"]
    sheets = read_workbook(workbook(header, *rows), "台账.xlsx")
    ledger = LEDGERS["households"]
    reader = HouseholdReader({"侨亚小区": ["示2栋"]}, today(), "侨亚小区")
    preview = read_ledger(ledger, reader, sheets, "台账.xlsx")
    counts = preview.counts
    assert counts["rows"] == sum(count for name, count in counts.items() if name != "rows")
    for row in preview.rows:
        assert bool(row.record) == (row.status in ("good", "duplicate", "near_duplicate"))
        assert bool(row.reason) == (row.status not in ("good", "blank"))


def test_a_ledger_that_nobody_took_in_is_unreadable_after_a_day_and_gone_after_a_night(
    app: Flask, bring: Callable[..., Any]
) -> None:
    client, preview = bring("volunteers", ROSTER, ["单守信", "10000001234", "爱心服务队", ""])
    assert "单守信" in client.get(preview).text
    yesterday = time.time() - uploads.KEPT_SECONDS - 60
    for path in uploads.folder().iterdir():
        os.utime(path, (yesterday, yesterday))
    assert client.get(preview).status_code == 404
    assert "2 个" in app.test_cli_runner().invoke(args=["import", "forget-old"]).output
    assert list(uploads.folder().iterdir()) == []
