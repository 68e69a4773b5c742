"""A household that takes its consent back is off the walls at once."""

from datetime import timedelta
from typing import Any

import pytest

from blueprints.documents import queries
from blueprints.documents.hanging import CONSENT_WITHDRAWN
from blueprints.documents.models import Posting
from blueprints.households.models import Household, Resident
from blueprints.wishes.actions import claim, release
from blueprints.wishes.models import Wish
from blueprints.wishes.states import PUBLISHED
from core.clock import today
from core.db import db
from tests import factories
from tests.documents.drafts import notice_draft
from tests.wishes.journeys import whole, wish_that_is


def answer(browser: Any, resident: Resident, said: str, kind: str = "publish") -> None:
    """Note an answer; what is withdrawn was granted before."""
    for each in ("granted", said) if said == "withdrawn" else (said,):
        form = {"kind": kind, "answer": each, "form": "spoken", "given_on": today().isoformat()}
        assert browser.send(f"/residents/{resident.id}/consents/new", form).status_code == 303


@pytest.fixture
def home(qin: Any) -> Household:
    return factories.household()


@pytest.fixture
def wish(home: Household, qin: Any) -> Wish:
    return wish_that_is(PUBLISHED, home, qin)


@pytest.fixture
def hung(secretary: Any, qin: Any, issued: Any, wish: Wish) -> Any:
    """Issue a notice that shows these words and hang it for another month."""

    def hang(matter: str) -> Any:
        paper = issued(notice_draft(qin, matter=matter))
        spot = {
            "building": "",
            "unit": "",
            "place": "一楼公告栏",
            "posted_on": today().isoformat(),
            "down_on": (today() + timedelta(days=30)).isoformat(),
        }
        assert secretary.send(f"/documents/{paper.id}/postings", spot).status_code == 303
        return paper

    return hang


def due() -> list[str]:
    db.session.rollback()
    return [posting.withdrawn_reason for posting in queries.postings_to_take_down(today())]


def state(wish: Wish) -> str:
    db.session.rollback()
    return db.session.get_one(Wish, wish.id, populate_existing=True).state


@pytest.mark.parametrize("said", ["withdrawn", "declined"])
def test_the_sheet_with_the_wish_comes_down_today_and_the_wish_leaves_the_wall(
    secretary: Any, hung: Any, home: Household, wish: Wish, said: str
) -> None:
    paper = hung(f"心愿{wish.label}等您来认领。")
    hung("楼道大扫除，请把杂物收回家中。")
    assert due() == []
    answer(secretary, factories.head(home), said)
    assert due() == [CONSENT_WITHDRAWN]
    assert state(wish) == "withdrawn"
    assert CONSENT_WITHDRAWN in secretary.get("/postings?show=due").text
    page = secretary.get(f"/documents/{paper.id}").text
    assert "这份不能再贴" in page


def test_it_is_not_hung_again(secretary: Any, hung: Any, home: Household, wish: Wish) -> None:
    paper = hung(f"心愿{wish.label}等您来认领。")
    answer(secretary, factories.head(home), "withdrawn")
    spot = {"place": "二楼", "posted_on": "2026-01-01", "down_on": "2026-12-01", "unit": ""}
    again = secretary.send(f"/documents/{paper.id}/postings", spot | {"building": ""})
    assert again.status_code == 409
    assert "不能再贴" in again.text


def test_another_question_and_another_household_change_nothing(
    secretary: Any, hung: Any, home: Household, wish: Wish
) -> None:
    hung(f"心愿{wish.label}等您来认领。")
    other = factories.room(factories.building(factories.estate("侨亚小区")))
    next_door = factories.household(other, "翟爹爹", "10000000002")
    answer(secretary, factories.head(home), "withdrawn", "photo")
    answer(secretary, factories.head(next_door), "withdrawn")
    assert due() == []
    assert state(wish) == "published"


def test_another_residents_own_wish_stays(
    secretary: Any, qin: Any, home: Household, wish: Wish
) -> None:
    grandson = factories.resident(home, "祝小满")
    answer(secretary, grandson, "withdrawn")
    assert state(wish) == "withdrawn"  # asked for by the household as a whole
    his = wish_that_is(PUBLISHED, home, qin, resident_id=factories.head(home).id)
    answer(secretary, grandson, "declined")
    assert state(his) == "published"


def test_a_claimed_wish_stays_with_its_claimer_but_never_returns_to_the_wall(
    secretary: Any, home: Household, wish: Wish, lin: Any
) -> None:
    claim(whole(wish.id), lin, today() + timedelta(days=5))
    db.session.commit()
    answer(secretary, factories.head(home), "withdrawn")
    assert state(wish) == "claimed"
    release(whole(wish.id), lin, "没空")
    db.session.commit()
    assert state(wish) == "withdrawn"


def test_a_sheet_that_is_down_already_is_left_as_it_was_noted(
    secretary: Any, hung: Any, home: Household, wish: Wish
) -> None:
    hung(f"心愿{wish.label}等您来认领。")
    posting_id = db.session.scalar(db.select(Posting.id))
    secretary.send(f"/postings/{posting_id}/takedown")
    answer(secretary, factories.head(home), "withdrawn")
    assert db.session.get_one(Posting, posting_id).withdrawn_reason == ""


def agreeing(name: str) -> Any:
    volunteer = factories.volunteer(name)
    volunteer.agrees_to_publish = True
    db.session.commit()
    return volunteer


def told_about(volunteer: Any, **more: str) -> dict[str, str]:
    """A volunteer as the form sends them, without consent to be named."""
    return {
        "name": volunteer.name,
        "joined_on": today().isoformat(),
        "version": str(volunteer.version),
    } | more


def test_a_list_comes_down_when_somebody_on_it_no_longer_wants_to_be_named(
    secretary: Any, hung: Any, qin: Any
) -> None:
    named, other = agreeing("单守信"), agreeing("翟贵生")
    paper = hung("单**")
    still = told_about(named, agrees_to_publish="y", skills="理发")
    assert secretary.send(f"/volunteers/{named.id}/edit", still).status_code == 303
    secretary.send(f"/volunteers/{other.id}/edit", told_about(other))
    assert due() == []
    db.session.refresh(named)
    assert secretary.send(f"/volunteers/{named.id}/edit", told_about(named)).status_code == 303
    assert due() == [CONSENT_WITHDRAWN]
    assert "这份不能再贴" in secretary.get(f"/documents/{paper.id}").text
    spot = {"place": "二楼", "posted_on": "2026-01-01", "down_on": "2026-12-01", "unit": ""}
    again = secretary.send(f"/documents/{paper.id}/postings", spot | {"building": ""})
    assert again.status_code == 409
