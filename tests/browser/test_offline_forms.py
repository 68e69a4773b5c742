"""Each form that takes thought: a draft comes back, into its own record only, and goes once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, expect

from blueprints.accounts.models import User
from blueprints.activities.quiz import QuizQuestion
from blueprints.households.models import Household
from blueprints.visits.models import Visit, VisitKind
from core.clock import today
from core.db import db
from core.picking import MOST_OFFERED
from tests import factories
from tests.browser.offline import STORED, Phone, World, world_in
from tests.browser.pictures import picture
from tests.documents.drafts import notice_draft
from tests.wishes.journeys import wish_that_is

pytestmark = pytest.mark.browser


class Written(NamedTuple):
    """A form's page and another of its kind, the field one writes in, and where that is stored."""

    page: str
    other: str
    field: str
    column: str
    also: tuple[str, ...] = ()


FORMS = {
    "lin": (
        Written("/visits/1/edit", "/visits/2/edit", "note", "visit.note"),
        Written(
            "/visits/rounds/new",
            "/visits/new?household=1",
            "note",
            "visit.note",
            ("[name=home_1][value=yes]", "[name=kinds]"),
        ),
        Written("/visits/1/follow-ups", "/visits/2/follow-ups", "what", "follow_up.what"),
        Written(
            "/pairings/1/handover/edit", "/pairings/2/handover/edit", "facts", "handover.facts"
        ),
        Written("/wishes/1/edit", "/wishes/2/edit", "detail", "wish.detail"),
        Written("/households/1/edit", "/households/2/edit", "remark", "household.remark"),
    ),
    "qin": (
        Written("/activities/1/edit", "/activities/2/edit", "plan", "activity.plan"),
        Written("/activities/1/record", "/activities/2/record", "write_up", "activity.write_up"),
        Written("/questions/1/edit", "/questions/2/edit", "question", "quiz_question.question"),
        Written("/documents/1/edit", "/documents/2/edit", "matter", "document.content"),
        Written("/teams/1/edit", "/teams/2/edit", "purpose", "team.purpose"),
        Written(
            "/pairings/1/end", "/pairings/2/end", "facts", "handover.facts", ("[name=reason]",)
        ),
    ),
}


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Two of everything that a form is about."""
    with world_in(tmp_path_factory.mktemp("furnished")) as world:
        with world.app.app_context():
            lin = db.session.get_one(User, world.people["lin"])
            furnish(lin, [db.session.get_one(Household, home) for home in world.homes])
        yield world


def furnish(lin: User, homes: list[Household]) -> None:
    qin = factories.user("qin", "秦若川", ["secretary"])
    for state in ("collected", "claimed"):
        for home in homes:
            wish_that_is(state, home, qin, claimer=lin)
    for home, name in zip(homes, ("爱心服务队", "保洁服务队"), strict=True):
        visit = Visit(household_id=home.id, visitor_id=lin.id, visited_on=today(), met=True)
        visit.kind_rows = [VisitKind(kind="chat")]
        factories.saved(visit)
        factories.team(name)
        factories.activity(name, by=qin)
        notice_draft(qin)
        factories.saved(QuizQuestion(question=f"{name}归谁管", answer="队长"))
    for number in range(MOST_OFFERED):
        factories.user(f"s{number}", f"同事{number:02}", ["student"])


@pytest.mark.parametrize("person", FORMS)
def test_a_draft_comes_back_into_its_own_form_and_arrives_once(
    chromium: Browser, furnished: World, person: str
) -> None:
    phone = Phone(chromium, furnished).log_in(person)
    for number, form in enumerate(FORMS[person]):
        words = f"写到一半 {person}{number}"
        write(phone, form, words)
        opened(phone, form.other)
        assert words not in phone.page.content()
        opened(phone, form.page)
        expect(phone.page.locator(f"[name={form.field}]"), form.page).to_have_value(words)
        expect(phone.page.get_by_text("上次没写完的回来了")).to_be_visible()
        phone.page.locator("form[data-kept] [type=submit]:not([formnovalidate])").last.click()
        phone.until(lambda: not phone.kept("drafts") and phone.all_sent())
        table, column = form.column.split(".")
        rows = furnished.rows(f"SELECT {column} FROM {table}")  # noqa: S608 - our own tables
        assert sum(f"{person}{number}" in row[0] for row in rows) == 1, form.page
    assert phone.errors == []
    phone.context.close()


def opened(phone: Phone, path: str) -> None:
    phone.open(path)
    phone.page.locator("form[data-kept]").wait_for(state="attached")


def write(phone: Phone, form: Written, words: str) -> None:
    """Fill the form in, up to the word that it is stored."""
    opened(phone, form.page)
    for choice in form.also:
        phone.page.locator(choice).first.check(force=True)
    phone.page.fill(f"[name={form.field}]", words)
    phone.page.locator("#kept", has_text=STORED).wait_for()


def test_the_picture_of_a_wish_follows_its_word_and_there_is_room_for_one(
    chromium: Browser, furnished: World, tmp_path: Path
) -> None:
    phone = Phone(chromium, furnished).log_in("lin")
    opened(phone, "/wishes/3/fulfilment")
    phone.page.fill("[name=note]", "送到了")
    phone.page.set_input_files("#photo", picture(tmp_path))
    phone.page.locator(".photo figcaption").wait_for()
    expect(phone.page.locator(".slot").last).to_be_hidden()
    phone.faults = ["pass", "request lost"]
    phone.page.get_by_role("button", name="记下，等回访").click()
    phone.page.wait_for_url("**/wishes/3")
    expect(phone.page.locator("main")).to_contain_text("还有 1 张照片没有送到")
    phone.page.get_by_role("button", name="现在发").first.click()
    phone.until(phone.all_sent)
    phone.page.reload()
    expect(phone.page.get_by_role("img", name="办好的照片")).to_be_visible()
    assert furnished.rows("SELECT count(photo_id) FROM claim WHERE wish_id = 3")[0][0] == 1
    phone.context.close()


def test_looking_for_a_colleague_in_a_kept_form_saves_nothing_and_keeps_what_was_typed(
    chromium: Browser, furnished: World
) -> None:
    """With its own button, and when the form is saved with words nobody has looked for yet."""
    phone = Phone(chromium, furnished).log_in("qin")
    opened(phone, "/pairings/2/end")
    page = phone.page
    page.get_by_label("换人接手").check(force=True)
    page.fill("[name=facts]", "爱听戏")
    page.fill("[name=successor_words]", "同事07")
    page.locator("#kept", has_text=STORED).wait_for()
    page.get_by_role("button", name="找", exact=True).click()
    expect(page.get_by_label("同事07")).to_be_attached()
    page.fill("[name=successor_words]", "方晓禾")
    page.get_by_role("button", name="结束结对").click()
    page.get_by_label("方晓禾").check(force=True)
    expect(page.locator("[name=facts]")).to_have_value("爱听戏")
    assert pairings_of(furnished, 2) == 1
    page.get_by_role("button", name="结束结对").click()
    phone.until(lambda: not phone.kept("drafts") and phone.all_sent())
    assert pairings_of(furnished, 2) == 2
    phone.context.close()


def pairings_of(world: World, home: int) -> int:
    return world.rows("SELECT count(*) FROM pairing WHERE household_id = :home", home=home)[0][0]
