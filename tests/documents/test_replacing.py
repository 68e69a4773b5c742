"""A wrong paper gets a successor: a new number, and the old one points to it."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import DatabaseError

from blueprints.documents.models import IssuedFile, Replacement
from core.db import db
from tests.documents.conftest import stored, words_in
from tests.documents.drafts import certificate_draft, notice_draft
from tests.documents.test_kinds import drafted, something_to_write_about  # noqa: F401 - a fixture


def successor_of(paper: Any) -> int:
    db.session.rollback()
    return db.session.scalar(db.select(Replacement.new_id).where(Replacement.old_id == paper.id))


def test_the_old_paper_is_valid_until_the_new_one_is_issued(
    secretary: Any, qin: Any, issued: Any
) -> None:
    old = issued(certificate_draft(qin, name="陈婕"))
    path = f"/documents/{old.id}/replacement"
    assert secretary.send(path).status_code == 422
    assert secretary.send(path, {"reason": "名字写错"}).status_code == 303
    draft_id = successor_of(old)
    assert 'value="陈婕"' in secretary.get(f"/documents/{draft_id}/edit").text
    assert stored(old).state == "issued"
    secretary.send(f"/documents/{draft_id}/issue")
    assert (stored(old).state, stored(old).void_reason) == ("void", "名字写错")
    assert stored(old).serial == "荣字〔2026〕第0001号"
    for page in (secretary.get(f"/documents/{old.id}"), secretary.get(f"/verify/{old.code}")):
        assert "荣字〔2026〕第0002号" in page.text
    assert "荣字〔2026〕第0001号" in secretary.get(f"/documents/{draft_id}").text


def test_a_replacement_keeps_every_word_of_a_notice(secretary: Any, qin: Any, issued: Any) -> None:
    old = issued(notice_draft(qin, after="来水后先放几分钟。"))
    words = dict(notice_draft(qin, after="来水后先放几分钟。").content)
    secretary.send(f"/documents/{old.id}/replacement", {"reason": "改期"})
    from blueprints.documents.models import Document

    copied = db.session.get_one(Document, successor_of(old)).content
    assert {name: copied.get(name) for name in words} == words


def test_one_paper_is_replaced_once_and_again_after_the_draft_was_thrown_away(
    secretary: Any, qin: Any, issued: Any
) -> None:
    old = issued(certificate_draft(qin))
    path = f"/documents/{old.id}/replacement"
    secretary.send(path, {"reason": "一"})
    assert secretary.send(path, {"reason": "二"}).status_code == 409
    secretary.send(f"/documents/{successor_of(old)}/discard")
    assert secretary.send(path, {"reason": "三"}).status_code == 303
    assert secretary.send(f"/documents/{successor_of(old)}/replacement").status_code == 422


def test_the_issued_file_is_kept_as_it_was_and_the_database_refuses_to_change_it(
    app: Flask, secretary: Any, qin: Any, issued: Any
) -> None:
    paper = issued(certificate_draft(qin))
    kept = db.session.get_one(IssuedFile, paper.id)
    assert secretary.get(f"/documents/{paper.id}.pdf").data == kept.pdf
    kept.pdf = b"%PDF-1.7 another"
    with pytest.raises(DatabaseError, match="kept as it is"):
        db.session.commit()
    db.session.rollback()


def test_a_void_paper_is_handed_out_with_the_word_across_it(
    secretary: Any, qin: Any, issued: Any
) -> None:
    paper = issued(certificate_draft(qin))
    before = secretary.get(f"/documents/{paper.id}.pdf").data
    secretary.send(f"/documents/{paper.id}/void", {"reason": "写错"})
    after = secretary.get(f"/documents/{paper.id}.pdf").data
    assert after != before
    assert paper.serial in words_in(after)


@pytest.mark.parametrize(
    ("words", "found"),
    [("1", True), ("0001", True), ("方晓禾", True), ("2026-11-03", True), ("2026年11月", True),
     ("11月3日", True), ("2026-11-04", False), ("2025年11月", False)],
)  # fmt: skip
def test_a_paper_is_found_by_number_person_and_date(
    secretary: Any, qin: Any, issued: Any, set_clock: Any, words: str, found: bool
) -> None:
    set_clock(2026, 11, 3, 10)
    issued(certificate_draft(qin))
    page = secretary.get("/documents", query_string={"q": words}).text
    assert ("没有找到" not in page) == found


@pytest.mark.parametrize("kind", ["minutes", "public_notice", "wish_wall", "statement", "report"])
def test_a_replacement_of_a_paper_with_lists_opens_in_its_form_and_is_issued(
    secretary: Any, issued: Any, kind: str
) -> None:
    old = issued(drafted(secretary, kind))
    secretary.send(f"/documents/{old.id}/replacement", {"reason": "落款写错"})
    draft_id = successor_of(old)
    assert secretary.get(f"/documents/{draft_id}/edit").status_code == 200
    assert secretary.send(f"/documents/{draft_id}/issue").status_code == 303
    assert stored(old).state == "void"
