"""Every paper begins on the page of what it is about, with that already filled in."""

import re
from html import unescape
from typing import Any

from core.clock import today
from tests import factories
from tests.documents.test_batches import served


def links_on(page: str) -> list[str]:
    return [unescape(link) for link in re.findall(r'href="([^"]+)"', page)]


def reached(secretary: Any, page: str, start: str) -> str:
    """Follow the page's one link that begins so."""
    found = [link for link in dict.fromkeys(links_on(page)) if link.startswith(start)]
    assert len(found) == 1, (start, found)
    return secretary.get(found[0]).text


def test_an_activity_leads_to_its_papers(secretary: Any, qin: Any) -> None:
    activity = factories.activity(by=qin, title="中秋晚会")
    person = factories.volunteer("方晓禾")
    factories.attendance(activity, person)
    page = secretary.get(f"/activities/{activity.id}").text
    assert any("sign-in.pdf" in link for link in links_on(page))
    for kind in ("notice", "plan", "summary"):
        assert "中秋晚会" in reached(secretary, page, f"/documents/new/{kind}")
    assert f'id="p-{person.id}"' in reached(secretary, page, "/batches/new?kind=thanks")


def test_a_volunteer_leads_to_their_papers(secretary: Any, qin: Any, lin: Any) -> None:
    person = served(qin, "林一舟", 10, user=lin)
    page = secretary.get(f"/volunteers/{person.id}").text
    for kind in ("certificate", "statement", "growth"):
        form = reached(secretary, page, f"/documents/new/{kind}")
        assert re.search(r"(checked|selected)[^>]*>", form), kind
        assert "林一舟" in form.split('id="sample"')[1]
    assert 'value="林一舟同志"' in reached(secretary, page, "/documents/new/thanks")
    assert 'value="林一舟"' in reached(secretary, page, "/documents/new/appointment")


def test_a_team_leads_to_letters_for_its_members(secretary: Any, qin: Any) -> None:
    team = factories.team()
    member = factories.volunteer("单守信", of=team)
    page = secretary.get(f"/teams/{team.id}").text
    assert f'id="p-{member.id}"' in reached(secretary, page, "/batches/new?kind=appointment")


def test_the_month_leads_to_its_report(secretary: Any) -> None:
    factories.household()
    form = reached(secretary, secretary.get("/").text, "/documents/new/report")
    assert f"{today().year}年{today().month}月" in form


def test_a_household_prints_its_visit_form_on_a_phone_too(secretary: Any) -> None:
    home = factories.household()
    page = secretary.get(f"/households/{home.id}").text
    on_phones = page.split("only-phone")[1:]
    assert any("visit-form.pdf" in part.split("</p>")[0] for part in on_phones)
