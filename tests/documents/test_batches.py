"""Many papers in one action: all of them with their numbers, or none and no number used."""

from typing import Any

from blueprints.documents.batches import Batch
from blueprints.documents.models import Document, IssuedFile, PrintRun
from core.clock import today
from core.day_words import format_minutes
from core.db import db
from tests import factories
from tests.documents.batches import SIGNED, batch_of, finished, serials, served, words
from tests.documents.conftest import words_in
from tests.documents.drafts import certificate_draft


def test_who_can_get_one_and_why_others_cannot(secretary: Any, qin: Any, issued: Any) -> None:
    enough, short = served(qin, "林一舟", 100), served(qin, "方晓禾", 98)
    served(qin, "林\ue123舟", 100)
    given = served(qin, "陶予安", 100)
    issued(certificate_draft(qin, given))
    page = secretary.get("/batches/new?rule=hours&hours=100").text
    assert f'id="p-{enough.id}" value="{enough.id}" checked' in page
    assert f'id="p-{short.id}" value="{short.id}" disabled' in page
    for reason in (f"差{format_minutes(120)}", "今年发过0001号", "字库里没有“\ue123”"):
        assert reason in page
    refused = secretary.send("/batches/new", words([short]))
    assert refused.status_code == 422
    assert db.session.scalar(db.select(Batch.id)) is None


def test_more_people_cost_no_more_queries(secretary: Any, qin: Any, queries: Any) -> None:
    served(qin, "林一舟", 100)
    secretary.get("/batches/new")
    with queries() as few:
        secretary.get("/batches/new")
    for number in range(5):
        served(qin, f"志愿者{'甲乙丙丁戊'[number]}", 100)
    with queries() as many:
        assert "志愿者戊" in secretary.get("/batches/new").text
    assert len(many) == len(few)


def test_one_action_issues_everybody_with_a_number_a_file_and_an_entry_each(
    secretary: Any, people: list[Any]
) -> None:
    batch = batch_of(secretary, people)
    assert (batch.state, batch.problem) == ("done", "")
    assert serials() == [f"荣字〔{today().year}〕第000{n}号" for n in (1, 2, 3)]
    files = db.session.scalars(db.select(IssuedFile)).all()
    assert len({file.sha256 for file in files}) == 3
    paper = db.session.scalar(db.select(Document).where(Document.recipient == "方晓禾"))
    assert "服务时长100小时" in paper.content["reason"]
    pdf = secretary.get(f"/documents/{paper.id}.pdf").data
    assert f"{paper.serial}" in words_in(pdf)
    assert secretary.get(f"/verify/{paper.code}").status_code == 200
    assert "3 份都签发了" in secretary.get(f"/batches/{batch.id}").text


def test_one_pdf_in_the_order_of_names_or_of_teams(secretary: Any, qin: Any) -> None:
    late, early = factories.team("甲队"), factories.team("乙队")
    people = [served(qin, "安一舟", 100, of=late), served(qin, "周晓禾", 100, of=early)]
    batch = batch_of(secretary, people)

    def order(by: str) -> bool:
        text = words_in(secretary.get(f"/batches/{batch.id}.pdf?order={by}").data)
        return text.index("安一舟") < text.index("周晓禾")

    assert (order("name"), order("team")) == (True, False)
    assert db.session.scalar(db.select(db.func.count(PrintRun.id))) == 4


def test_people_are_found_by_wish_team_and_activity(secretary: Any, qin: Any, lin: Any) -> None:
    from blueprints.wishes.states import FULFILLED
    from tests.wishes.journeys import wish_that_is

    team = factories.team()
    member = factories.volunteer("单守信", of=team)
    claimer = factories.volunteer("林一舟", lin)
    wish_that_is(FULFILLED, factories.household(), qin, lin)
    activity = factories.activity(by=qin)
    factories.attendance(activity, member)
    for asked, found in (
        ("rule=wishes", claimer),
        (f"rule=team&team={team.id}", member),
        (f"rule=activity&activity={activity.id}", member),
        ("rule=wishes&last=2020-01-01", None),
    ):
        page = secretary.get(f"/batches/new?{asked}").text
        shown = [one.id for one in (member, claimer) if f'id="p-{one.id}"' in page]
        assert shown == ([found.id] if found else [])


def test_nobody_chosen_and_a_false_claim_are_told(secretary: Any, people: list[Any]) -> None:
    nobody = secretary.send("/batches/new", words([]))
    assert nobody.status_code == 422
    assert "请至少选一个人" in nobody.text
    claim = secretary.send("/batches/new", words(people, honour="官方优秀"))
    assert claim.status_code == 422
    assert "不能写" in claim.text


def test_everybody_who_fulfilled_a_wish_is_thanked_by_name(
    secretary: Any, qin: Any, lin: Any
) -> None:
    from blueprints.wishes.states import FULFILLED
    from tests.wishes.journeys import wish_that_is

    person = factories.volunteer("林一舟", lin)
    factories.volunteer("方晓禾")
    wish_that_is(FULFILLED, factories.household(), qin, lin)
    path = "/batches/new?kind=thanks&rule=wishes"
    page = secretary.get(path).text
    assert "您认领邻居的微心愿" in page
    assert "方晓禾" not in page.split('id="people-0"')[1]
    typed = SIGNED | {
        "people": [str(person.id)],
        "sure": "1",
        "body": "{姓名}，您办成了{心愿}个微心愿。",
    }
    batch = finished(int(secretary.send(path, typed).location.rsplit("/", 1)[1]))
    assert (batch.state, batch.problem) == ("done", "")
    paper = db.session.scalar(db.select(Document))
    assert (paper.kind, paper.recipient) == ("thanks", "林一舟同志")
    assert paper.content["body"] == ["林一舟，您办成了1个微心愿。"]
    again = secretary.get(path).text
    assert "今年发过0001号" in again
    assert f'value="{person.id}">' in again


def test_a_team_is_appointed_and_its_service_told_in_one_action_each(
    secretary: Any, qin: Any
) -> None:
    team = factories.team()
    people = [served(qin, name, 10, of=team) for name in ("单守信", "欧阳守信")]
    whom = {"people": [str(one.id) for one in people], "sure": "2"}
    days = {"starts_on": f"{today().year}-01-01", "ends_on": f"{today().year}-12-31"}
    letter = SIGNED | whom | days | {"post": "楼栋联络员", "duty": "每周看看楼道", "terms": ""}
    told = SIGNED | whom | days | {"contact": "秦若川", "phone": "100 8888 0000"}
    for kind, typed in (("appointment", letter), ("statement", told)):
        answer = secretary.send(f"/batches/new?kind={kind}&rule=team&team={team.id}", typed)
        assert answer.status_code == 303, answer.text
        batch = finished(int(answer.location.rsplit("/", 1)[1]))
        assert (batch.state, batch.problem) == ("done", "")
        found = db.session.scalars(db.select(Document).where(Document.kind == kind)).all()
        assert {paper.recipient for paper in found} == {"单守信", "欧阳守信"}
        db.session.rollback()
    assert sorted(serials())[:2] == [f"聘字〔{today().year}〕第000{n}号" for n in (1, 2)]


def test_who_has_nothing_to_tell_stops_a_batch_of_statements_by_name(
    secretary: Any, qin: Any
) -> None:
    team = factories.team()
    served(qin, "单守信", 10, of=team)
    idle = factories.volunteer("欧阳守信", of=team)
    days = {"starts_on": f"{today().year}-01-01", "ends_on": f"{today().year}-12-31"}
    typed = SIGNED | days | {"people": [str(idle.id)], "contact": "秦若川", "phone": "1008"}
    answer = secretary.send(f"/batches/new?kind=statement&rule=team&team={team.id}", typed)
    assert answer.status_code == 422
    assert "欧阳守信" in answer.text.split('class="errors"')[1].split("</div>")[0]


def test_only_papers_for_persons_are_issued_in_batches(secretary: Any) -> None:
    for kind in ("notice", "growth", "proof", "nothing"):
        page = secretary.get(f"/batches/new?kind={kind}").text
        assert "成批签发荣誉证书" in page


def test_a_batch_shows_what_its_first_paper_will_look_like(
    secretary: Any, people: list[Any]
) -> None:
    page = secretary.send("/batches/new", words(people, preview="1"))
    assert page.status_code == 200
    assert "方晓禾</text>" in page.text
    assert db.session.scalar(db.select(Batch.id)) is None


def test_a_batch_of_many_asks_the_database_no_more_often(
    secretary: Any, qin: Any, queries: Any
) -> None:
    team = factories.team()
    ids = [str(served(qin, f"单守信{n}", 10, of=team).id) for n in range(8)]
    path = f"/batches/new?kind=statement&rule=team&team={team.id}"
    days = {"starts_on": f"{today().year}-01-01", "ends_on": f"{today().year}-12-31"}
    typed = SIGNED | days | {"contact": "秦若川", "phone": "100 8888 0000", "preview": "1"}

    def asked(count: int) -> int:
        with queries() as sent:
            page = secretary.send(path, typed | {"people": ids[:count]})
        assert "<svg" in page.text
        return len(sent)

    assert asked(2) == asked(8)
