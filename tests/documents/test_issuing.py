"""Issuing: one number each, never twice, and never another word afterwards."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import DatabaseError

from blueprints.documents.models import Document
from core.db import db
from core.settings import change_setting
from tests import factories
from tests.conftest import Browser
from tests.documents.conftest import stored, words_in
from tests.documents.drafts import certificate_draft, notice_draft


def issue_at_once(app: Flask, secretary: Browser, drafts: list[Document]) -> list[int]:
    """Issue these drafts from as many threads; the answers' status codes."""
    token = secretary.token()
    with secretary.session_transaction() as session:
        cookie = dict(session)
    ids = [draft.id for draft in drafts]
    db.session.commit()

    def issue(document_id: int) -> int:
        with app.app_context():
            client = Browser(app, app.response_class)
            with client.session_transaction() as session:
                session.update(cookie)
            fields = {"csrf_token": token, "submission_id": f"issue-{id(client)}-{document_id:012}"}
            return client.post(f"/documents/{document_id}/issue", data=fields).status_code

    with ThreadPoolExecutor(len(ids)) as pool:
        return list(pool.map(issue, ids))


def test_numbers_count_up_per_kind_and_year(browser: Any, qin: Any, set_clock: Any) -> None:
    def serial(draft: Document) -> str | None:
        client.send(f"/documents/{draft.id}/issue")
        return stored(draft).serial

    set_clock(2026, 12, 31, 20)
    client = browser(qin)
    serials = [serial(certificate_draft(qin)) for _turn in range(2)] + [serial(notice_draft(qin))]
    set_clock(2027, 1, 1, 1)
    assert [*serials, serial(certificate_draft(qin))] == [
        "荣字〔2026〕第0001号",
        "荣字〔2026〕第0002号",
        "知字〔2026〕第0001号",
        "荣字〔2027〕第0001号",
    ]


def test_twenty_issued_at_once_get_twenty_consecutive_numbers(
    app: Flask, secretary: Any, qin: Any
) -> None:
    drafts = [certificate_draft(qin, name=f"方晓{n}") for n in "一二三四五六七八九十" * 2]
    assert issue_at_once(app, secretary, drafts) == [303] * 20
    numbers = db.session.scalars(db.select(Document.serial_number)).all()
    assert sorted(numbers) == list(range(1, 21))
    assert len(set(db.session.scalars(db.select(Document.code)))) == 20


def test_one_draft_issued_five_times_at_once_gets_one_number(
    app: Flask, secretary: Any, qin: Any
) -> None:
    draft = certificate_draft(qin)
    assert sorted(issue_at_once(app, secretary, [draft] * 5)) == [303] + [409] * 4
    assert stored(draft).serial_number == 1
    following = certificate_draft(qin)
    secretary.send(f"/documents/{following.id}/issue")
    assert stored(following).serial_number == 2


def test_a_draft_that_is_refused_leaves_no_gap(secretary: Any, qin: Any, issued: Any) -> None:
    refused = certificate_draft(qin, name="方\ue123禾")
    assert secretary.send(f"/documents/{refused.id}/issue").status_code == 422
    assert stored(refused).state == "draft"
    assert issued(certificate_draft(qin)).serial_number == 1


def test_an_issued_paper_says_the_same_whatever_changes_later(
    secretary: Any, qin: Any, lin: Any, issued: Any
) -> None:
    volunteer = factories.volunteer("林一舟", lin)
    paper = issued(certificate_draft(qin, volunteer))
    before = secretary.get(f"/documents/{paper.id}.pdf").data
    volunteer.name = lin.name = "林小舟"
    change_setting("issuer_name", "另一家物业")
    change_setting("certificate_honour", "先进个人")
    db.session.commit()
    assert secretary.get(f"/documents/{paper.id}.pdf").data == before
    assert "林一舟" in words_in(before)
    assert "林一舟" in secretary.get("/documents").text


def test_the_database_itself_refuses_to_change_an_issued_paper(qin: Any, issued: Any) -> None:
    paper = issued(certificate_draft(qin))
    paper.content = paper.content | {"name": "别人"}
    with pytest.raises(DatabaseError, match="frozen"):
        db.session.commit()
    db.session.rollback()


def test_an_issued_paper_is_neither_edited_nor_discarded_nor_issued_again(
    secretary: Any, qin: Any, issued: Any
) -> None:
    paper = issued(certificate_draft(qin))
    assert secretary.get(f"/documents/{paper.id}/edit").status_code == 409
    for verb in ("edit", "issue", "discard"):
        assert secretary.send(f"/documents/{paper.id}/{verb}").status_code == 409
    assert stored(paper).serial == "荣字〔2026〕第0001号"


def test_voiding_asks_for_a_reason_keeps_the_number_and_happens_once(
    secretary: Any, qin: Any, issued: Any
) -> None:
    paper = issued(certificate_draft(qin))
    assert secretary.send(f"/documents/{paper.id}/void").status_code == 422
    assert secretary.send(f"/documents/{paper.id}/void", {"reason": "写错"}).status_code == 303
    assert secretary.send(f"/documents/{paper.id}/void", {"reason": "又错"}).status_code == 409
    assert (stored(paper).state, stored(paper).void_reason) == ("void", "写错")
    assert issued(certificate_draft(qin)).serial == "荣字〔2026〕第0002号"


def test_a_name_no_typeface_has_is_told_with_the_person(secretary: Any, qin: Any) -> None:
    draft = certificate_draft(qin, name="方\ue123禾")
    page = secretary.get(f"/documents/{draft.id}").text
    assert "“方\ue123禾”这份里的“\ue123”，字库里没有" in page


@pytest.mark.parametrize("field", ["honour", "reason", "issuer"])
@pytest.mark.parametrize("claim", ["官方认可", "国家 认证志愿者", "志愿服务记录证明"])
def test_a_certificate_claims_no_authority(
    secretary: Any, qin: Any, field: str, claim: str
) -> None:
    draft = certificate_draft(qin, **{field: claim})
    answer = secretary.send(f"/documents/{draft.id}/issue")
    assert answer.status_code == 422
    assert "这份文书上不能写" in answer.text
    assert stored(draft).state == "draft"


def test_a_reason_too_long_for_the_paper_is_told_before_issuing(secretary: Any, qin: Any) -> None:
    draft = certificate_draft(qin, reason="带动邻里二十余人加入志愿队伍，" * 30)
    answer = secretary.send(f"/documents/{draft.id}/issue")
    assert answer.status_code == 422
    assert "太长了，纸上放不下" in answer.text
