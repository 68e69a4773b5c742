"""The pages of teams and activities as a browser draws them: on phones, on laptops, in the dark."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect
from pypdfium2 import PdfDocument

from blueprints.activities.joining import Signup
from blueprints.activities.models import Activity
from blueprints.activities.quiz import Prize, QuizPick, QuizQuestion
from blueprints.activities.series import ActivitySeries
from blueprints.teams.models import Membership
from core.clock import now
from core.db import db
from tests import factories
from tests.browsing import complaints, logged_in, wider_than_screen
from tests.conftest import PASSWORD

pytestmark = pytest.mark.browser
LONG = "“邻里一家亲”楼道清扫、消防通道清理、节水用电宣讲暨便民义剪联合服务"


@pytest.fixture
def world(app: Flask, qin: Any, lin: Any, gu: Any) -> dict[str, int]:
    """A team, an activity that is on, one to come with a queue, one held, a quiz; their ids."""
    team = factories.team()
    leader = factories.leader(lin, team)
    shan = factories.volunteer("单守信", of=team)
    shan.skills, shan.services = "水电、木工", "便民维修"
    held = factories.activity(LONG, team=team, by=gu, starts_at=now() - timedelta(days=20))
    factories.attendance(held, shan, 90)
    factories.attendance(held, leader, 120, on_duty=True)
    on_now = factories.activity("义剪", team=team, by=gu, starts_at=now() - timedelta(minutes=30))
    coming = factories.activity(
        "中秋晚会", team=team, by=gu, starts_at=now() + timedelta(days=3), capacity=1, kind="quiz"
    )
    series = ActivitySeries(
        every="week", first_on=coming.day, until=coming.day, created_by_id=gu.id
    )
    coming.series_id, coming.series_day = factories.saved(series).id, coming.day
    for person in (shan, factories.volunteer("欧阳敏", of=team)):
        factories.saved(
            Signup(activity_id=coming.id, volunteer_id=person.id, signed_up_by_id=gu.id)
        )
    question = factories.saved(
        QuizQuestion(
            question="油锅着火怎么办？", options="浇水\n盖上锅盖", answer="B", topic="消防"
        )
    )
    factories.saved(QuizPick(activity_id=coming.id, question_id=question.id))
    factories.saved(Prize(activity_id=coming.id, what="小扇子", rank="参与奖", pieces=2))
    entry = factories.service_entry(shan, gu, 90, team=team)
    factories.service_entry(shan, gu, 90, "confirmed", qin, team=team)
    former = db.session.query(Membership).order_by(Membership.id.desc()).first()
    former.end(former.joined_on)
    db.session.commit()
    found = {
        "team": team.id, "shan": shan.id, "held": held.id, "now": on_now.id, "entry": entry.id,
        "coming": coming.id, "series": series.id, "question": question.id, "own": leader.id,
    }  # fmt: skip
    db.session.rollback()
    return found


PAGES = {
    "qin": [
        "/teams", "/teams/{team}", "/teams/new", "/volunteers", "/volunteers?service=理发",
        "/volunteers/{shan}", "/volunteers/{shan}/edit", "/volunteers/{shan}/resident", "/hours",
        "/hours/totals", "/hours/totals?by=person", "/hours/{entry}", "/activities",
        "/activities?when=past", "/activities?series={series}", "/activities/new",
        "/activities/{held}", "/activities/{held}/attendance", "/activities/{held}/record",
        "/activities/{coming}", "/activities/{coming}/edit", "/activities/{coming}/quiz",
        "/activities/{coming}/quiz/sheet?answers=1", "/activities/{now}/code",
        "/activities/{now}/code?paper=1", "/questions", "/questions/new", "/questions/paste",
        "/questions/{question}/edit", "/settings/calendar",
    ],
    "lin": [
        "/teams/{team}", "/volunteers/{own}", "/hours/new", "/activities/{coming}",
        "/activities/{now}",
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("width", "scheme", "text"), [(320, "light", ""), (320, "dark", "xl"), (1280, "dark", "")]
)
def test_every_page_is_accessible_and_fits(
    chromium: Browser,
    address: str,
    world: dict[str, int],
    lin: Any,
    qin: Any,
    width: int,
    scheme: str,
    text: str,
) -> None:
    lin.text_size = qin.text_size = text
    db.session.commit()
    db.session.rollback()
    wrong = []
    for username, paths in PAGES.items():
        viewport = {"width": width, "height": 800}
        page = logged_in(
            chromium, address, username, PASSWORD, viewport=viewport, color_scheme=scheme
        )
        for path in paths:
            answer = page.goto(address + path.format(**world))
            found = [f"{answer.status}"] if answer.status != 200 else complaints(page)
            wrong += [f"{path}: {one}" for one in found]
            wrong += [f"{path}: too wide"] if wider_than_screen(page) else []
        page.context.close()
    assert wrong == []


def test_a_student_scans_in_and_out_on_a_phone(
    chromium: Browser, address: str, world: dict[str, int], lin: Any, qin: Any
) -> None:
    leader = logged_in(chromium, address, "qin", PASSWORD, viewport={"width": 360, "height": 740})
    leader.goto(f"{address}/activities/{world['now']}")
    leader.get_by_role("link", name="亮出现场签到码").click()
    expect(leader.locator("#code svg")).to_be_visible()
    code = code_shown(world["now"])
    page = logged_in(chromium, address, "lin", PASSWORD, viewport={"width": 360, "height": 740})
    page.goto(f"{address}/activities/{world['now']}/arrival?code={code}")
    page.get_by_role("button", name="签到，是我自己的时间").click()
    expect(page.locator("#say")).to_contain_text("签到了")
    page.goto(f"{address}/activities/{world['now']}/arrival?code={code}")
    page.get_by_role("button", name="我走了，签退").click()
    expect(page.locator("#say")).to_contain_text("签退了")


def test_the_code_for_the_wall_prints_large_on_one_sheet(
    chromium: Browser, address: str, world: dict[str, int], qin: Any
) -> None:
    page = logged_in(chromium, address, "qin", PASSWORD)
    page.goto(f"{address}/activities/{world['now']}/code?paper=1")
    assert len(PdfDocument(page.pdf(format="A4"))) == 1
    page.emulate_media(media="print")
    title = page.locator("#h-code")
    points = title.evaluate("e => parseFloat(getComputedStyle(e).fontSize) * 72 / 96")
    assert points >= 32, "to be read from three steps away"
    assert page.locator("#code svg").bounding_box()["width"] > 380
    expect(page.get_by_role("button", name="打印这一页")).to_be_hidden()


def code_shown(activity_id: int) -> str:
    """Return what the code on the leader's phone says."""
    from blueprints.activities.codes import screen_code

    made = screen_code(db.session.get_one(Activity, activity_id))
    db.session.rollback()
    return made


def test_signing_up_works_without_scripts(
    chromium: Browser, address: str, world: dict[str, int], lin: Any
) -> None:
    page = logged_in(chromium, address, "lin", PASSWORD, java_script_enabled=False)
    page.goto(f"{address}/activities/{world['coming']}")
    page.get_by_role("button", name="排候补").click()
    expect(page.locator("#say")).to_contain_text("候补第 2 位")
    page.get_by_role("button", name="我不去了").click()
    expect(page.locator("#say")).to_contain_text("退出了")
