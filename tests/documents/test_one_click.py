"""Every paper begins on the page of what it is about, with that already filled in."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

from blueprints.households.models import Consent, Resident
from blueprints.wishes.models import Wish
from core.clock import today
from core.db import db
from tests import factories
from tests.documents.batches import served


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
    for kind in ("notice", "plan", "summary", "minutes"):
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


def on_the_wall(home: Any, by: Any, what: str, **fields: Any) -> Wish:
    known = {"state": "published", "published_on": today(), "public_text": what}
    return factories.wish(home, by, what, **known | fields)


def test_the_months_wishes_lead_to_their_public_notice(secretary: Any, qin: Any) -> None:
    home = factories.household()
    on_the_wall(home, qin, "老花镜一副")
    month_ago = today().replace(day=1) - timedelta(days=1)
    on_the_wall(home, qin, "一盏小台灯", published_on=month_ago)
    factories.wish(home, qin, "不给人看的")
    page = secretary.get("/wishes").text
    form = reached(secretary, page, "/documents/new/public_notice")
    assert f"{today().month}月微心愿办理情况" in form
    assert "老花镜一副｜等您认领｜待认领" in form
    assert "一盏小台灯" not in form
    assert "不给人看的" not in form
    assert "祝婆婆" not in form
    past = secretary.get(f"/wishes/fulfilled?month={month_ago:%Y-%m}").text
    assert "一盏小台灯" in reached(secretary, past, "/documents/new/public_notice")


def test_a_public_notice_leaves_out_whose_household_said_no(secretary: Any, qin: Any) -> None:
    home = factories.household()
    on_the_wall(home, qin, "老花镜一副")
    refusing = db.session.scalar(db.select(Resident.id))
    factories.saved(Consent(resident_id=refusing, kind="publish", answer="granted"))
    address = f"/documents/new/public_notice?month={today():%Y-%m}"
    assert "老花镜一副" in secretary.get(address).text
    factories.saved(Consent(resident_id=refusing, kind="publish", answer="withdrawn"))
    assert "老花镜一副" not in secretary.get(address).text


def test_a_building_and_an_estate_lead_to_what_hangs_there(secretary: Any) -> None:
    home = factories.household()
    for page, place in (
        (f"/buildings/{home.building_id}", "示2栋"),
        (f"/estates/{home.estate_id}", "桥机嘉园"),
    ):
        shown = secretary.get(page).text
        assert f"请{place}的邻居留意" in reached(secretary, shown, "/documents/new/reminder")
        assert f"{place}全部住户" in reached(secretary, shown, "/documents/new/notice")


def test_a_meetings_page_leads_to_its_minutes(secretary: Any, qin: Any) -> None:
    lead = factories.volunteer("方晓禾")
    meeting = factories.activity(
        by=qin,
        title="三方联动会议",
        place="党群驿站",
        leader_id=lead.id,
        write_up="物业公司通报三季度情况。",
    )
    page = secretary.get(f"/activities/{meeting.id}").text
    form = reached(secretary, page, "/documents/new/minutes")
    for words in ("三方联动会议纪要", "党群驿站", "方晓禾", "物业公司通报三季度情况。"):
        assert words in form


def test_a_household_prints_its_visit_form_on_a_phone_too(secretary: Any) -> None:
    home = factories.household()
    page = secretary.get(f"/households/{home.id}").text
    on_phones = page.split("only-phone")[1:]
    assert any("visit-form.pdf" in part.split("</p>")[0] for part in on_phones)


def test_who_is_to_be_honoured_is_made_public_first_as_far_as_they_agreed(
    secretary: Any, qin: Any
) -> None:
    team = factories.team()
    agreed, child = served(qin, "欧阳晓禾", 100, of=team), served(qin, "林一舟", 100)
    silent = served(qin, "陶予安", 100)
    agreed.agrees_to_publish = child.agrees_to_publish = child.is_child = True
    child.guardian_agreed_on = today()
    db.session.commit()
    page = secretary.get("/batches/new").text
    form = reached(secretary, page, "/documents/new/public_notice")
    assert "欧阳**｜爱心服务队｜100.0" in form
    assert "有 2 人没有列上" in form
    for name in (agreed.name, silent.name, child.name, "陶**", "林**"):
        assert name not in form
    assert "拟表彰" in form.split('id="sample"')[1]
