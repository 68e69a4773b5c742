"""What a batch will be is seen before it is issued: every paper, how many, which numbers."""

import re
from typing import Any

import pypdfium2
import pytest

from blueprints.documents.batches import Batch
from blueprints.documents.models import Document, PrintRun
from core.clock import today
from core.db import db
from tests import factories
from tests.documents.batches import SIGNED, batch_of, finished, last_number, served, words
from tests.documents.conftest import words_in
from tests.documents.drafts import certificate_draft

PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}


def button(page: str) -> str:
    inside = page.split('id="issue-all">')[1].split("</button>")[0]
    return re.sub("<[^>]+>", "", inside)


def test_all_chosen_papers_are_seen_at_once_and_nothing_is_kept(
    secretary: Any, people: list[Any]
) -> None:
    answer = secretary.send("/batches/preview.pdf", words(people))
    assert answer.mimetype == "application/pdf"
    said = words_in(answer.data)
    assert all(name in said for name in ("林一舟", "方晓禾", "陶予安", "签发时给号"))
    assert len(pypdfium2.PdfDocument(answer.data)) == 3
    for table in (Document, Batch, PrintRun):
        assert db.session.scalar(db.select(db.func.count(table.id))) == 0
    assert last_number() == 0


def test_a_preview_of_nobody_says_so(secretary: Any, people: list[Any]) -> None:
    answer = secretary.send("/batches/preview.pdf", words([]))
    assert answer.status_code == 422
    assert "请至少选一个人" in answer.text


def test_the_button_says_how_many_and_which_numbers(secretary: Any, people: list[Any]) -> None:
    assert button(secretary.get("/batches/new").text) == "签发并打印 3 份 · 0001–0003"
    batch_of(secretary, people[:1])
    page = secretary.get("/batches/new").text
    assert button(page) == "签发并打印 2 份 · 0002–0003"
    assert f"荣字〔{today().year}〕第0002号" in page


def test_count_and_numbers_follow_each_tick(secretary: Any, people: list[Any]) -> None:
    asked = words(people[:2]) | {"preview": "1"}
    part = secretary.send("/batches/new", asked, headers=PARTIAL).text
    assert "<html" not in part
    assert "选了 2 人" in part
    assert button(part) == "签发并打印 2 份 · 0001–0002"
    nobody = secretary.send("/batches/new", words([]) | {"preview": "1"}, headers=PARTIAL).text
    assert button(nobody) == "签发并打印"


def test_one_leafs_through_the_papers(secretary: Any, people: list[Any]) -> None:
    first = secretary.get("/batches/new").text.split('id="sample"')[1]
    names = [name for name in ("林一舟", "方晓禾", "陶予安") if name in first]
    second = secretary.send("/batches/new", words(people) | {"preview": "paper-2"}).text
    shown = second.split('id="sample"')[1]
    assert 'name="shown" value="2"' in shown
    others = [name for name in ("林一舟", "方晓禾", "陶予安") if name in shown]
    assert others != names
    beyond = secretary.send("/batches/new", words(people) | {"preview": "paper-99"}).text
    assert 'name="shown" value="3"' in beyond


def test_who_has_one_is_told_apart_from_who_falls_short(
    secretary: Any, qin: Any, issued: Any, people: list[Any]
) -> None:
    issued(certificate_draft(qin, people[0]))
    short = served(qin, "单守信", 10)
    page = secretary.get("/batches/new").text
    assert "够条件的 2 人，今年发过的 1 人，不够的 1 人" in page
    row = page.split(f'id="p-{people[0].id}"')[1].split("</tr>")[0]
    assert "今年发过0001号" in row
    assert "tag info" in row
    had = secretary.send("/batches/new", words([]) | {"side": "had", "preview": "find"}).text
    assert f'id="p-{people[0].id}"' in had
    assert f'id="p-{short.id}"' not in had


@pytest.fixture
def strange_work(qin: Any, people: list[Any]) -> Any:
    """陶予安 did something in words that no typeface has."""
    person = people[2]
    proposer = factories.user("he", "贺知夏", ["student"])
    factories.service_entry(person, proposer, 60, "confirmed", qin, what="修\ue123机")
    return person


def test_a_character_that_no_font_has_is_told_by_name_and_no_number_is_used(
    secretary: Any, people: list[Any], strange_work: Any
) -> None:
    path = "/batches/new?kind=statement&rule=hours&hours=1"
    typed = SIGNED | {
        "people": [str(one.id) for one in people],
        "sure": "3",
        "starts_on": f"{today().year}-01-01",
        "ends_on": f"{today()}",
        "contact": "秦若川",
        "phone": "100 8888 0000",
    }
    refused = secretary.send(path, typed)
    assert refused.status_code == 422
    assert "给陶予安的里面有字库没有的字“\ue123”" in refused.text
    assert db.session.scalar(db.select(Batch.id)) is None
    assert last_number() == 0
    others = typed | {"people": [str(one.id) for one in people[:2]], "sure": "2"}
    answer = secretary.send(path, others)
    assert finished(int(answer.location.rsplit("/", 1)[1])).state == "done"
