"""秦若川's first page: what waits, what is late, and the month; each number as its list has it."""

import re
from datetime import timedelta
from typing import Any

import pytest

from blueprints.documents.models import Document, Posting
from blueprints.visits.models import Visit
from core.clock import today
from tests import factories
from tests.home.conftest import paired
from tests.home.pages import asks, badge, section
from tests.wishes.journeys import wish_that_is

SECTIONS = ("h-approve", "h-hours-waiting", "h-over", "h-cov", "h-month")


@pytest.fixture
def home(gate: Any) -> Any:
    """祝婆婆's household."""
    return factories.household(factories.room(gate))


def visit(pairing: Any, day: Any, met: bool = True, **columns: Any) -> Visit:
    return factories.saved(
        Visit(
            household_id=pairing.household_id,
            pairing_id=pairing.id,
            visitor_id=pairing.student_id,
            visited_on=day,
            met=met,
            **columns,
        )
    )


def paper(by: Any, **columns: Any) -> Document:
    return factories.saved(
        Document(kind="notice", title="楼道灯更换", content={}, drafted_by_id=by.id, **columns)
    )


def posting(by: Any, **columns: Any) -> Posting:
    values = {"place": "示3栋楼道", "down_on": today() + timedelta(days=5)} | columns
    return factories.saved(Posting(document_id=paper(by).id, posted_by_id=by.id, **values))


def bar_numbers(page: str, label: str) -> list[int]:
    """Return the months of a small bar chart, as they are read aloud."""
    spoken = re.search(rf'aria-label="{label}：([\d、]+)"', page)
    return [int(number) for number in spoken[1].split("、")]


def test_a_new_instance_is_led_through_its_first_week(browser: Any, qin: Any) -> None:
    steps = section(browser(qin).get("/").text, "h-steps")
    order = [
        steps.index(step) for step in ("登记小区楼栋", "导入住户台账", "请同事进来", "给学生结对")
    ]
    assert order == sorted(order)
    assert "好了" not in steps


def test_what_is_done_of_the_first_week_is_ticked(
    browser: Any, qin: Any, lin: Any, home: Any
) -> None:
    page = browser(qin).get("/").text
    assert section(page, "h-steps").count("好了") == 3


def test_the_first_week_is_over_with_the_first_pairing(
    browser: Any, qin: Any, lin: Any, home: Any
) -> None:
    factories.pairing(lin, home)
    assert "h-steps" not in browser(qin).get("/").text


def test_the_headline_and_the_badge_count_all_decisions(
    browser: Any, qin: Any, lin: Any, home: Any
) -> None:
    factories.wish(home, lin, "按摩仪", public_text="按摩仪")
    factories.service_entry(factories.volunteer(), lin)
    paper(qin)
    page = browser(qin).get("/").text
    assert "秦书记，今天有 3 件事等您" in page
    assert badge(page) == 3
    assert asks(page) == {"心愿要审核": 1, "时长要确认": 1, "文书要签发": 1, "张贴要撕下": 0}


def test_without_decisions_the_headline_says_so(
    browser: Any, qin: Any, lin: Any, home: Any
) -> None:
    factories.pairing(lin, home)
    page = browser(qin).get("/").text
    assert "秦书记，今天没有事等您" in page
    assert badge(page) == 0


def test_a_wish_is_approved_from_the_page(browser: Any, qin: Any, lin: Any, home: Any) -> None:
    wish = factories.wish(home, lin, "按摩仪", public_text="按摩仪")
    client = browser(qin)
    waiting = section(client.get("/").text, "h-approve")
    assert "按摩仪" in waiting
    client.send(
        f"/wishes/{wish.id}/approval",
        {"decision": "approve", "public_text": "按摩仪", "version": str(wish.version)},
    )
    assert asks(client.get("/").text)["心愿要审核"] == 0


def test_words_that_the_wall_will_not_have_are_marked(
    browser: Any, qin: Any, lin: Any, home: Any
) -> None:
    factories.wish(home, lin, "修收音机，住502", public_text="修收音机")
    waiting = section(browser(qin).get("/").text, "h-approve")
    assert "修收音机<mark>，住502</mark></a>" in waiting


def test_the_number_of_wishes_is_that_of_their_list(
    browser: Any, qin: Any, lin: Any, home: Any
) -> None:
    for number in range(7):
        factories.wish(home, lin, f"小台灯{number}", public_text=f"小台灯{number}")
    wish_that_is("published", home, qin)
    client = browser(qin)
    listed = client.get("/wishes?state=collected&view=list").text
    assert listed.count('class="go title"') == asks(client.get("/").text)["心愿要审核"] == 7


def test_hours_are_confirmed_together_but_for_the_long_ones(
    browser: Any, qin: Any, lin: Any, home: Any
) -> None:
    helper = factories.volunteer("单守信")
    factories.service_entry(helper, lin, minutes=60)
    factories.service_entry(helper, lin, minutes=90)
    long_one = factories.service_entry(helper, lin, minutes=300)
    client = browser(qin)
    waiting = section(client.get("/").text, "h-hours-waiting")
    assert "全部 3 条" in waiting
    assert "共 7 小时 30 分" in waiting
    assert "1 条较长" in waiting
    ids = re.findall(r'name="entry" value="(\d+)"', waiting)
    assert str(long_one.id) not in ids
    client.send("/hours/confirmations", {"entry": ids})
    assert asks(client.get("/").text)["时长要确认"] == 1


def test_hours_that_do_not_fit_the_first_page_are_told(
    browser: Any, qin: Any, lin: Any, home: Any
) -> None:
    for name in ("单守信", "陈娟", "罗长顺", "何桂兰", "吴春", "郑平"):
        factories.service_entry(factories.volunteer(name), lin, minutes=60)
    waiting = section(browser(qin).get("/").text, "h-hours-waiting")
    assert "全部 6 条" in waiting and "确认这 5 条" in waiting
    assert "另有 1 条没列在这里" in waiting
    assert 'href="/hours?waiting=1">逐条看' in waiting


def test_hours_the_secretary_served_wait_for_somebody_else(
    browser: Any, qin: Any, lin: Any, home: Any
) -> None:
    own = factories.volunteer("秦若川", user=qin)
    factories.service_entry(own, lin)
    assert asks(browser(qin).get("/").text)["时长要确认"] == 0


def test_late_visits_are_told_by_student_the_longest_wait_first(
    browser: Any, qin: Any, lin: Any, fang: Any, gate: Any
) -> None:
    paired(lin, gate, "301", due_on=today() - timedelta(days=12))
    paired(lin, gate, "302", due_on=today() - timedelta(days=2))
    paired(fang, gate, "303", due_on=today() - timedelta(days=4))
    paired(fang, gate, "304", due_on=today())
    late = section(browser(qin).get("/").text, "h-over")
    assert "3 户" in late
    assert "超期 12 天" in late
    assert re.findall(r'<b class="n-l">(\d)</b>', late) == ["2", "1"]


def test_coverage_counts_households_met_this_month_and_says_how(
    browser: Any, qin: Any, lin: Any, gate: Any
) -> None:
    first = today().replace(day=1)
    paired(lin, gate, "301", last_met_on=first)
    paired(lin, gate, "302", last_met_on=first - timedelta(days=1))
    paired(lin, gate, "303", last_met_on=None)
    paired(lin, gate, "304", last_met_on=first, ended_on=today(), end_reason="moved")
    cover = section(browser(qin).get("/").text, "h-cov")
    assert "3 户里 1 户本月见到过" in cover
    assert "33%" in cover
    assert "口径" in cover


def test_a_posting_past_its_day_or_without_consent_must_come_down(
    browser: Any, qin: Any, lin: Any, home: Any
) -> None:
    posting(qin)
    posting(qin, down_on=today() - timedelta(days=1), place="示2栋楼道")
    posting(qin, withdrawn_reason="有人撤回同意", place="党群驿站")
    posting(qin, down_on=today(), taken_down_on=today(), place="示6栋楼道")
    page = browser(qin).get("/").text
    assert asks(page)["张贴要撕下"] == 2
    hanging = section(page, "h-tear")
    assert hanging.index("党群驿站") < hanging.index("示2栋楼道")
    assert "示3栋" not in hanging
    assert "示6栋" not in hanging


def test_the_month_is_drawn_beside_the_five_before_it(
    browser: Any, qin: Any, lin: Any, gate: Any, set_clock: Any
) -> None:
    set_clock(2026, 9, 21, 10)
    pairing = paired(lin, gate, "301")
    visit(pairing, today())
    visit(pairing, today(), met=False)
    visit(pairing, today().replace(month=8))
    visit(pairing, today().replace(month=8, day=31))
    visit(pairing, today().replace(month=4))
    visit(pairing, today().replace(month=3))
    page = browser(qin).get("/").text
    assert bar_numbers(page, "走访见到") == [1, 0, 0, 0, 2, 1]
    assert "8月整月 2 次" in page


def test_the_months_reach_back_into_the_year_before(
    browser: Any, qin: Any, lin: Any, gate: Any, set_clock: Any
) -> None:
    set_clock(2027, 1, 10, 10)
    pairing = paired(lin, gate, "301")
    visit(pairing, today().replace(year=2026, month=12))
    page = browser(qin).get("/").text
    assert bar_numbers(page, "走访见到") == [0, 0, 0, 0, 1, 0]
    assert "12月整月 1 次" in page


def test_more_of_everything_asks_no_more_questions(
    browser: Any, qin: Any, lin: Any, fang: Any, gate: Any, home: Any, queries: Any
) -> None:
    client = browser(qin)

    def one_more(number: int) -> None:
        paired(lin, gate, str(number), due_on=today() - timedelta(days=3))
        factories.wish(home, lin, f"小台灯{number}", public_text=f"小台灯{number}")
        factories.service_entry(factories.volunteer(f"翟{number}"), lin)
        posting(qin, down_on=today())

    one_more(401)
    with queries() as few:
        client.get("/")
    for number in range(402, 408):
        one_more(number)
    with queries() as many:
        client.get("/")
    assert len(many) == len(few)


def test_the_papers_of_the_month_are_one_click_away(
    browser: Any, qin: Any, lin: Any, home: Any
) -> None:
    factories.pairing(lin, home)
    client = browser(qin)
    papers = section(client.get("/").text, "h-set")
    month = f"{today():%Y-%m}"
    for kind in ("report", "public_notice", "wish_wall"):
        (path,) = re.findall(rf'href="(/documents/new/{kind}[^"]*)"', papers)
        assert client.get(path).status_code == 200
        assert kind == "wish_wall" or month in path
