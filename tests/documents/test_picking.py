"""Papers for one of many: a page offers a few, anybody else is found by a few characters."""

import re
from typing import Any

import pytest

from blueprints.documents.models import Document
from blueprints.documents.posted_forms import MOST_WISHES
from core.clock import today
from core.db import db
from core.picking import MOST_OFFERED
from core.settings import change_setting
from tests import factories
from tests.documents.batches import served

KINDS = ["certificate", "statement", "proof"]


@pytest.fixture
def many(qin: Any) -> list[Any]:
    """More people with service than a page offers, 张01 to 张25."""
    change_setting("issuer_type", "committee")
    return [served(qin, f"张{number:02}", 10) for number in range(1, 26)]


def offered(page: str, name: str = "volunteer") -> list[str]:
    return re.findall(rf'name="{name}"[^>]*value="([^"]+)"', page)


def ticked(page: str) -> list[str]:
    return re.findall(r'name="wishes" value="([^"]+)"[^>]* checked', page)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_offers_no_more_people_than_anybody_reads(
    secretary: Any, qin: Any, many: list[Any], queries: Any, kind: str
) -> None:
    path = f"/documents/new/{kind}"
    secretary.get(path)
    with queries() as before:
        page = secretary.get(path).text
    assert len([one for one in offered(page) if one != "0"]) == MOST_OFFERED
    assert "没有全列出来" in page
    for number in range(30, 40):
        served(qin, f"张{number}", 10)
    with queries() as after:
        secretary.get(path)
    assert len(after) == len(before)


@pytest.mark.parametrize("kind", KINDS)
def test_somebody_further_down_is_found_by_name_and_what_was_typed_stays(
    secretary: Any, many: list[Any], kind: str
) -> None:
    form = {"issuer": "侨亚小区居委会", "dated_on": f"{today()}", "volunteer_words": "张25"}
    answer = secretary.send(f"/documents/new/{kind}", form)
    assert answer.status_code == 200
    assert [one for one in offered(answer.text) if one != "0"] == [str(many[-1].id)]
    assert "侨亚小区居委会" in answer.text
    assert db.session.scalar(db.select(Document.id)) is None


@pytest.mark.parametrize("kind", KINDS)
def test_who_was_picked_on_their_own_page_is_offered_and_picked(
    secretary: Any, many: list[Any], kind: str
) -> None:
    page = secretary.get(f"/documents/new/{kind}?volunteer={many[-1].id}").text
    assert re.search(rf'value="{many[-1].id}"[^>]* checked', page)
    nobody = factories.volunteer("方晓禾")
    page = secretary.get(f"/documents/new/{kind}?volunteer={nobody.id}").text
    assert "checked" not in page.split('name="volunteer"', 1)[1].split("</fieldset>")[0]


def test_a_certificate_for_somebody_who_is_not_offered_is_refused(
    secretary: Any, many: list[Any]
) -> None:
    form = {"volunteer": "4711", "issuer": "安和物业", "dated_on": f"{today()}"}
    assert secretary.send("/documents/new/certificate", form).status_code == 422
    assert secretary.send("/documents/new/statement", form).status_code == 422


@pytest.fixture
def long_wall(qin: Any) -> None:
    home = factories.household()
    for number in range(1, MOST_WISHES + 7):
        factories.wish(
            home,
            qin,
            f"小台灯{number:02}",
            state="published",
            published_on=today(),
            public_text=f"小台灯{number:02}",
        )


@pytest.mark.parametrize("kind", ["wish_wall", "claim_cards"])
def test_a_long_wall_begins_with_the_first_wishes_and_others_are_found(
    secretary: Any, long_wall: None, kind: str
) -> None:
    path = f"/documents/new/{kind}"
    page = secretary.get(path).text
    first = ticked(page)
    assert len(first) == MOST_WISHES
    last = f"{today().year}-{MOST_WISHES + 6:03}"
    assert last not in page
    form = {"wishes": first[:2], "wishes_words": last}
    page = secretary.send(path, form).text
    assert offered(page, "wishes") == [last, *first[:2]]
    assert ticked(page) == first[:2]
    form = {
        "wishes": [first[0], last],
        "slogan": "都在等一位好邻居",
        "is_large": "False",
        "phone_label": "值班电话",
        "phone": "100 8888 0000",
        "issuer": "安和物业",
        "dated_on": f"{today()}",
        "remove_on": f"{today()}",
        "wishes_words": last,
        "wishes_found": last,
    }
    assert secretary.send(path, form).status_code == 303
    (draft,) = db.session.scalars(db.select(Document))
    assert [wish["label"] for wish in draft.content["wishes"]] == [first[0], last]
