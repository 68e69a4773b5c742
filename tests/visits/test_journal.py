"""The list of all visits: who sees what, in pages that do not slow down."""

import re
from datetime import date, timedelta
from typing import Any

from sqlalchemy import event

from blueprints.visits.models import Visit, VisitKind
from core.clock import today
from core.db import db
from tests import factories
from tests.visits.conftest import QueryCounter


def write_down(home: Any, by: Any, count: int, since: date | None = None) -> None:
    """Visits of one a day, two on every third day, the last of them today or ``since``."""
    for number in range(count):
        day = (since or today()) - timedelta(days=number - number // 3)
        db.session.add(Visit(household_id=home.id, visitor_id=by.id, visited_on=day, met=True))
    db.session.commit()


def ids_on(page: str) -> list[int]:
    return [int(found) for found in re.findall(r'class="go title" href="/visits/(\d+)"', page)]


def way(page: str, rel: str) -> str | None:
    found = re.search(rf'rel="{rel}" href="([^"]+)"', page)
    return found[1].replace("&amp;", "&") if found else None


def test_a_household_shows_its_latest_four_visits_and_folds_the_rest(
    browser: Any, qin: Any, home: Any
) -> None:
    write_down(home, qin, 4)
    office, path = browser(qin), f"/households/{home.id}"
    assert "再看" not in office.get(path).text
    write_down(home, qin, 3, today() - timedelta(days=9))
    shown, folded = office.get(path).text.split("再看 3 次")
    assert (len(ids_on(shown)), len(ids_on(folded))) == (4, 3)


def test_own_lists_do_not_repeat_the_own_name(
    browser: Any, lin: Any, qin: Any, home: Any, pairing: Any
) -> None:
    name = '<span class="nowrap">林一舟</span>'
    assert name not in browser(lin).get("/pairings").text
    assert name in browser(qin).get("/pairings").text


def test_pages_lead_to_every_visit_once_and_back(browser: Any, qin: Any, home: Any) -> None:
    write_down(home, qin, 120)
    office, pages, url = browser(qin), [], "/visits"
    while url:
        pages.append(office.get(url).text)
        url = way(pages[-1], "next")
    assert [len(ids_on(page)) for page in pages] == [50, 50, 20]
    every = [found for page in pages for found in ids_on(page)]
    in_order = db.select(Visit.id).order_by(Visit.visited_on.desc(), Visit.id.desc())
    assert every == list(db.session.scalars(in_order))
    back = office.get(way(pages[2], "prev")).text
    assert ids_on(back) == ids_on(pages[1])
    first = office.get(way(back, "prev")).text
    assert ids_on(first) == ids_on(pages[0])
    assert way(first, "prev") is None


def test_filters_narrow_the_list_and_stay_on_the_next_page(
    browser: Any, lin: Any, qin: Any, home: Any, pairing: Any
) -> None:
    write_down(home, lin, 60, date(2026, 10, 31))
    write_down(home, qin, 3, date(2026, 10, 31))
    write_down(home, lin, 2, date(2026, 11, 2))
    office = browser(qin)
    october = office.get("/visits?month=2026-10").text
    shown = ids_on(october)
    days = db.session.scalars(db.select(Visit.visited_on).where(Visit.id.in_(shown)))
    assert {day.month for day in days} == {10}
    student = office.get(f"/visits?student={lin.id}").text
    assert "秦若川" not in re.search(r'(?s)<ul class="card flush list".*?</ul>', student)[0]
    assert f"student={lin.id}" in way(student, "next")
    assert ids_on(office.get(f"/visits?household={home.id + 1}").text) == []


def test_nonsense_in_the_address_is_ignored(browser: Any, qin: Any, home: Any) -> None:
    write_down(home, qin, 2)
    for query in ("month=2026-13", "month=x", "before=x", "after=9.9", "student=x"):
        assert len(ids_on(browser(qin).get(f"/visits?{query}").text)) == 2


def test_a_student_sees_the_visits_of_households_paired_now(
    browser: Any, lin: Any, fang: Any, qin: Any, home: Any, pairing: Any
) -> None:
    write_down(home, fang, 2)
    assert len(ids_on(browser(lin).get("/visits").text)) == 2
    assert ids_on(browser(fang).get("/visits").text) == []
    assert "还没有走访" in browser(fang).get("/visits").text


def test_the_list_is_one_query_however_long(browser: Any, qin: Any, home: Any) -> None:
    office = browser(qin)
    write_down(home, qin, 3)
    with QueryCounter() as few:
        office.get("/visits")
    write_down(home, qin, 30)
    with QueryCounter() as many:
        assert len(ids_on(office.get("/visits").text)) == 33
    assert many.count == few.count


def test_the_page_is_read_from_an_index_without_sorting(
    browser: Any, qin: Any, lin: Any, home: Any, pairing: Any
) -> None:
    asked: list[tuple[str, Any]] = []

    def listen(_conn: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if "FROM visit" in statement:
            asked.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", listen)
    browser(qin).get("/visits")
    browser(qin).get(f"/visits?before={today()}.5")
    event.remove(db.engine, "before_cursor_execute", listen)
    assert len(asked) == 2
    for statement, parameters in asked:
        explained = db.session.connection().exec_driver_sql(
            f"EXPLAIN QUERY PLAN {statement}", parameters
        )
        plan = " ".join(row.detail for row in explained)
        assert "ix_visit_day" in plan
        assert "SCAN household" not in plan


def test_the_households_own_page_takes_as_many_queries_for_many_as_for_few(
    browser: Any, lin: Any, home: Any, pairing: Any
) -> None:
    student = browser(lin)
    write_down(home, lin, 3)
    with QueryCounter() as few:
        student.get(f"/households/{home.id}")
    write_down(home, lin, 30)
    with QueryCounter() as many:
        assert student.get(f"/households/{home.id}").text.count('class="dot"') == 20
    assert many.count == few.count


def test_a_long_note_is_cut_in_the_list(browser: Any, qin: Any, home: Any) -> None:
    db.session.add(
        Visit(
            household_id=home.id, visitor_id=qin.id, visited_on=today(), met=True, note="话" * 200
        )
    )
    db.session.commit()
    assert "话" * 100 not in browser(qin).get("/visits").text


def test_a_void_visit_is_marked(browser: Any, qin: Any, home: Any) -> None:
    write_down(home, qin, 1)
    db.session.scalar(db.select(Visit)).void(qin, "记错了")
    db.session.commit()
    assert "已作废" in browser(qin).get("/visits").text


def test_another_household_is_not_told(browser: Any, lin: Any, qin: Any, home: Any) -> None:
    write_down(home, qin, 1)
    other = factories.household(
        factories.room(factories.building(factories.estate("侨亚小区")), number="502")
    )
    factories.pairing(lin, other)
    assert ids_on(browser(lin).get(f"/visits?household={home.id}").text) == []


def test_the_list_is_narrowed_down_by_day_kind_and_meeting(
    browser: Any, qin: Any, home: Any
) -> None:
    write_down(home, qin, 4, date(2026, 10, 31))
    missed, lesson, *_others = db.session.scalars(db.select(Visit).order_by(Visit.id))
    missed.met = False
    db.session.add(VisitKind(visit_id=lesson.id, kind="lesson"))
    db.session.commit()
    office, missed_id, lesson_id = browser(qin), missed.id, lesson.id
    assert ids_on(office.get("/visits?met=0").text) == [missed_id]
    assert ids_on(office.get("/visits?kind=lesson").text) == [lesson_id]
    assert ids_on(office.get("/visits?kind=lesson&met=0").text) == []
    both = ids_on(office.get("/visits?day=2026-10-30").text)
    days = db.session.scalars(db.select(Visit.visited_on).where(Visit.id.in_(both)))
    assert set(days) == {date(2026, 10, 30)}
    everything = len(ids_on(office.get("/visits").text))
    for nonsense in ("kind=dance", "met=perhaps", "day=yesterday", "month=2026-13"):
        assert len(ids_on(office.get(f"/visits?{nonsense}").text)) == everything


def test_a_rare_kind_is_found_on_every_page(browser: Any, qin: Any, home: Any) -> None:
    write_down(home, qin, 120)
    for visit_id in db.session.scalars(db.select(Visit.id).order_by(Visit.id)).all()[:60]:
        db.session.add(VisitKind(visit_id=visit_id, kind="urgent"))
    db.session.commit()
    office = browser(qin)
    first = office.get("/visits?kind=urgent").text
    assert len(ids_on(first)) == 50
    assert "kind=urgent" in way(first, "next")
    assert len(ids_on(office.get(way(first, "next")).text)) == 10
