"""The demo's papers: certificates, batches, what hangs and what comes down."""

from collections import Counter

from blueprints.documents.batch_actions import papers_of
from blueprints.documents.batches import Batch
from blueprints.documents.exceptions import PublicException
from blueprints.documents.models import Document, Posting, Replacement
from blueprints.documents.readiness import problems_of
from core.clock import today
from core.db import db
from tests.demo.loading import everything


def test_six_certificates_one_void_under_numbers_in_a_row(filled: str) -> None:
    certificates = [d for d in everything(Document) if d.kind == "certificate"]
    assert Counter(d.state for d in certificates) == {"issued": 4, "void": 1, "draft": 1}
    by_year: dict[int, list[int]] = {}
    for document in [d for d in certificates if d.serial_year]:
        by_year.setdefault(document.serial_year, []).append(document.serial_number)
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in by_year.values())
    assert any("㛃" in d.recipient for d in certificates)


def test_there_is_an_issued_paper_of_many_kinds(filled: str) -> None:
    kinds = {each.kind for each in everything(Document) if each.state == "issued"}
    assert {"appointment", "thanks", "public_notice", "reminder", "minutes"} <= kinds


def test_a_wrong_certificate_points_to_the_one_that_took_its_place(filled: str) -> None:
    [replaced] = everything(Replacement)
    old, new = (db.session.get_one(Document, each) for each in (replaced.old_id, replaced.new_id))
    assert (old.state, new.state, new.recipient) == ("void", "issued", "陈㛃")


def test_a_batch_thanked_everybody_who_fulfilled_a_wish(filled: str) -> None:
    [batch] = everything(Batch)
    papers = papers_of(batch.id, "name")
    assert batch.state == "done"
    assert len(papers) == batch.size > 1
    assert "支部书记　秦若川" in papers[0].content["signatory"]


def test_one_notice_was_let_through_by_two_people_and_one_waits(filled: str) -> None:
    asked = everything(PublicException)
    assert sorted(bool(each.granted_at) for each in asked) == [False, True]
    for each in asked:
        paper = db.session.get_one(Document, each.document_id)
        assert paper.is_issued == bool(each.granted_at)
        assert paper.is_issued or all(each.excusable for each in problems_of(paper))


def test_sheets_hang_at_the_doors_of_units_and_some_come_down_today(filled: str) -> None:
    postings = everything(Posting)
    assert sum(posting.unit_id is not None for posting in postings) >= 2
    assert any(posting.down_on == today() for posting in postings if not posting.taken_down_on)


def test_every_issued_paper_says_that_it_is_a_demo(filled: str) -> None:
    issued = [document for document in everything(Document) if document.state != "draft"]
    assert issued
    assert all(document.content["demo"] is True for document in issued)


def test_a_sheet_whose_consent_was_withdrawn_still_hangs(filled: str) -> None:
    [posting] = [p for p in everything(Posting) if p.withdrawn_reason]
    assert posting.taken_down_on is None
