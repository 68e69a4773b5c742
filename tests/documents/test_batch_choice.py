"""Whom a batch is for: found by a rule, leafed through, looked for by name; the chosen stay so."""

import re
from typing import Any

import pytest

from blueprints.documents import eligible
from blueprints.teams.models import Membership, Volunteer
from core.clock import today
from core.db import db
from tests import factories
from tests.documents.batches import SIGNED, batch_of, finished, last_number, served, words


@pytest.fixture
def team_of_many(app: Any) -> Any:
    """A team of 120, called 志愿000 to 志愿119."""
    team = factories.team()
    people = [Volunteer(name=f"志愿{number:03}", name_terms="zy") for number in range(120)]
    db.session.add_all(people)
    db.session.flush()
    db.session.add_all(Membership(team_id=team.id, volunteer_id=one.id) for one in people)
    db.session.commit()
    return team


def ticked(page: str) -> list[int]:
    return [int(found) for found in re.findall(r'id="p-(\d+)" value="\1" checked', page)]


def elsewhere(page: str) -> str:
    found = re.search(r'type="hidden" name="people" value="([\d,]+)"', page)
    return found[1] if found else ""


def test_a_long_list_is_leafed_through_and_nobody_chosen_gets_lost(
    secretary: Any, team_of_many: Any
) -> None:
    path = f"/batches/new?kind=appointment&rule=team&team={team_of_many.id}"
    first = secretary.get(path).text
    assert len(ticked(first)) == 50
    assert "别的页上还选着 70 人" in first
    left_out, *kept = map(str, ticked(first))
    sent = {"people": [*kept, elsewhere(first)], "at": "1", "post": "楼栋联络员"}
    second = secretary.send(path, sent | {"preview": "page-2"}).text
    assert "志愿050" in second
    assert 'value="楼栋联络员"' in second
    third = sent | {"people": [*map(str, ticked(second)), elsewhere(second)], "at": "2"}
    back = secretary.send(path, third | {"preview": "page-1"}).text
    assert ticked(back) == [int(each) for each in kept]
    assert f'id="p-{left_out}" value="{left_out}">' in back
    days = {"starts_on": f"{today().year}-01-01", "ends_on": f"{today().year}-12-31"}
    whole = {"people": [*map(str, ticked(back)), elsewhere(back)], "duty": "看看楼道"}
    answer = secretary.send(path, SIGNED | days | sent | whole | {"sure": "119"})
    assert finished(int(answer.location.rsplit("/", 1)[1])).size == 119


def test_somebody_is_found_by_name_and_the_others_stay_chosen(
    secretary: Any, team_of_many: Any
) -> None:
    path = f"/batches/new?kind=appointment&rule=team&team={team_of_many.id}"
    first = secretary.get(path).text
    sent = {"people": [*map(str, ticked(first)), elsewhere(first)], "words": "志愿077"}
    found = secretary.send(path, sent | {"preview": "find"}).text
    assert len(ticked(found)) == 1
    assert len(elsewhere(found).split(",")) == 119
    nobody = secretary.send(path, sent | {"preview": "none"}).text
    assert (ticked(nobody), elsewhere(nobody)) == ([], "")
    everybody = secretary.send(path, {"preview": "usual", "people": []}).text
    assert len(elsewhere(everybody).split(",")) == 70


def test_those_who_can_and_those_who_cannot_are_counted_and_looked_at_apart(
    secretary: Any, qin: Any
) -> None:
    served(qin, "林一舟", 100)
    served(qin, "方晓禾", 20)
    path = "/batches/new?rule=hours&hours=100"
    assert "够条件的 1 人，不够的 1 人" in secretary.get(path).text
    for side, seen, hidden in (("able", "林一舟", "方晓禾"), ("others", "方晓禾", "林一舟")):
        page = secretary.send(path, {"preview": "find", "side": side, "people": []}).text
        listed = page.split('id="people-0"')[1].split("</table>")[0]
        assert seen in listed
        assert hidden not in listed


def test_more_than_one_batch_may_have_are_chosen_up_to_its_size(
    monkeypatch: Any, secretary: Any, team_of_many: Any
) -> None:
    monkeypatch.setattr(eligible, "MOST", 60)
    path = f"/batches/new?kind=appointment&rule=team&team={team_of_many.id}"
    page = secretary.get(path).text
    assert len(ticked(page)) + len(elsewhere(page).split(",")) == 60


def test_who_had_a_certificate_this_year_is_not_counted_as_short(secretary: Any, qin: Any) -> None:
    had = served(qin, "林一舟", 100)
    served(qin, "方晓禾", 20)
    served(qin, "单守信", 10)
    batch_of(secretary, [had])
    page = secretary.get("/batches/new?rule=hours&hours=20").text
    assert "够条件的 1 人，今年发过的 1 人，不够的 1 人" in page
    assert "改一下小时数再找" in secretary.get("/batches/new?rule=hours&hours=900").text


def test_numbers_are_used_only_after_a_question_that_names_them(secretary: Any, qin: Any) -> None:
    people = [served(qin, name, 100) for name in ("林一舟", "方晓禾")]
    asked = secretary.send("/batches/new", words(people, sure=""))
    assert asked.status_code == 200
    assert "要签发 2 份，对吗" in asked.text and "方晓禾、林一舟" in asked.text
    year = today().year
    assert f"编号从 荣字〔{year}〕第0001号 到 荣字〔{year}〕第0002号" in asked.text
    assert 'name="sure" value="2"' in asked.text
    assert last_number() == 0
    fewer = secretary.send("/batches/new", words(people[:1], sure="2"))
    assert "要签发 1 份，对吗" in fewer.text and last_number() == 0
    assert batch_of(secretary, people).size == 2
