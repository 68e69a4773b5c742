"""The registry of kinds: each can be written, numbered, printed and read back."""

import re
from typing import Any

import pytest
from flask import Flask

from blueprints.documents.contents import frozen_content
from blueprints.documents.kinds import DOCUMENT_KINDS, KINDS
from blueprints.documents.models import Document
from blueprints.documents.paper_forms import FORMS
from core.db import db
from tests.documents.conftest import stored, words_in

LETTER = {
    "name": "单守信",
    "post": "桥机嘉园义务质量总监",
    "starts_on": "2026-10-01",
    "ends_on": "2027-09-30",
    "duty": "每季度检查考评保洁、秩序、维修、绿化四项服务一次",
    "terms": "",
    "dated_on": "2026-09-28",
    "issuer": "安和物业",
}
# What is typed for each kind, to draft and issue it.
TYPED: dict[str, dict[str, str]] = {
    "appointment": LETTER,
}


def drafted(secretary: Any, kind: str, **changes: str) -> Document:
    answer = secretary.send(f"/documents/new/{kind}", TYPED[kind] | changes)
    assert answer.status_code == 303, answer.text
    return db.session.get_one(Document, int(answer.location.rsplit("/", 1)[1]))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_form_a_name_and_a_serial_of_its_own(app: Flask, kind: str) -> None:
    assert FORMS[kind].kind == kind
    marks = [each.mark for each in KINDS.values()]
    assert len(set(marks)) == len(marks)
    assert KINDS[kind].serial(2026, 7) == f"{KINDS[kind].mark}字〔2026〕第0007号"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_offered_to_the_secretary(secretary: Any, kind: str) -> None:
    page = secretary.get("/documents/new").text
    assert str(DOCUMENT_KINDS[kind]) in page
    assert secretary.get(f"/documents/new/{kind}").status_code == 200


@pytest.mark.parametrize("kind", TYPED)
def test_a_paper_is_written_issued_printed_and_read_back(
    secretary: Any, issued: Any, kind: str
) -> None:
    draft = drafted(secretary, kind)
    preview = secretary.get(f"/documents/{draft.id}/preview.png")
    assert preview.mimetype == "image/png"
    paper = issued(draft)
    text = words_in(secretary.get(f"/documents/{paper.id}.pdf").data)
    assert paper.serial in text
    assert len(secretary.get(f"/documents/{paper.id}.pdf").data) <= 150 * 1024
    content = frozen_content(kind, paper.content)
    assert frozen_content(kind, stored(paper).content) == content
    assert paper.serial == content.serial


@pytest.mark.parametrize("kind", TYPED)
def test_a_draft_opens_again_with_what_was_typed(secretary: Any, kind: str) -> None:
    draft = drafted(secretary, kind)
    page = secretary.get(f"/documents/{draft.id}/edit").text
    for word in TYPED[kind].values():
        assert word.splitlines()[0] in page if word else True
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    answer = secretary.send(f"/documents/{draft.id}/edit", TYPED[kind] | {"version": version})
    assert answer.status_code == 303, answer.text


def test_the_manager_writes_what_hangs_and_no_honours(browser: Any, gu: Any) -> None:
    page = browser(gu).get("/documents/new").text
    assert "通知" in page
    assert "聘书" not in page
    assert browser(gu).get("/documents/new/appointment").status_code == 403


def test_an_appointment_ends_after_it_begins(secretary: Any) -> None:
    typed = LETTER | {"ends_on": "2026-09-30"}
    answer = secretary.send("/documents/new/appointment", typed)
    assert answer.status_code == 422
    assert "止的那天比起的那天还早。" in answer.text


def test_a_letter_that_is_too_long_is_told_and_not_issued(secretary: Any) -> None:
    draft = drafted(secretary, "appointment", duty="多" * 120, post="多" * 40, terms="多" * 60)
    page = secretary.get(f"/documents/{draft.id}").text
    assert "太长了，纸上放不下。" in page
