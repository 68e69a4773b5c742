"""The register: who reads it, what stands where, how a paper is found."""

from typing import Any

import pytest
from pypdfium2 import PdfDocument

from core.audit import AuditEntry
from core.db import db
from tests import factories
from tests.documents.conftest import words_in
from tests.documents.drafts import certificate_draft, notice_draft


def test_drafts_stand_on_top_and_void_papers_stay_with_their_reason(
    secretary: Any, qin: Any, issued: Any
) -> None:
    void = issued(certificate_draft(qin, name="陈婕"))
    secretary.send(f"/documents/{void.id}/void", {"reason": "名字写错"})
    issued(certificate_draft(qin, name="陈㛃"))
    certificate_draft(qin, name="陆映川")
    page = secretary.get("/documents").text
    assert page.index("陆映川") < page.index("陈㛃") < page.index("<s>陈婕</s>")
    assert "<s>荣字〔2026〕第0001号</s>" in page
    assert "名字写错" in page


def test_a_paper_is_found_by_number_or_person(secretary: Any, qin: Any, issued: Any) -> None:
    issued(certificate_draft(qin, name="方晓禾"))
    issued(certificate_draft(qin, name="林一舟"))
    for words, found, other in (
        ("荣字〔2026〕第0002号", "林一舟", "方晓禾"),
        ("2", "林一舟", "方晓禾"),
        ("0001", "方晓禾", "林一舟"),
        ("晓禾", "方晓禾", "林一舟"),
    ):
        page = secretary.get("/documents", query_string={"q": words}).text
        assert (found in page, other in page) == (True, False), words


def test_the_register_is_narrowed_by_kind_state_and_year(
    secretary: Any, qin: Any, issued: Any
) -> None:
    issued(certificate_draft(qin))
    notice_draft(qin)
    for query, certificate, notice in (
        ("kind=notice", False, True),
        ("kind=certificate", True, False),
        ("state=draft", False, True),
        ("state=issued", True, False),
        ("year=2026", True, True),
        ("year=2025", False, False),
        ("kind=nonsense&state=nonsense", True, True),
    ):
        page = secretary.get(f"/documents?{query}").text
        assert ("方晓禾" in page, "清洗水箱" in page) == (certificate, notice), query


def test_the_register_is_printed_with_its_head_on_every_page(
    secretary: Any, qin: Any, issued: Any
) -> None:
    paper = issued(certificate_draft(qin, name="陈㛃"))
    for number in range(45):
        notice_draft(qin, subject=f"第{number}次清扫")
    answer = secretary.send("/documents/register.pdf")
    assert answer.mimetype == "application/pdf"
    pages = [page.get_textpage().get_text_bounded() for page in PdfDocument(answer.data)]
    assert len(pages) > 1
    assert all("谁签发的" in page for page in pages)
    told = "".join("".join(pages).split())
    assert paper.serial in told
    assert "陈㛃" in told
    assert all(f"第{number}次清扫" in told for number in range(45))
    assert f"1/{len(pages)}" in told


@pytest.mark.parametrize("path", ["/documents/export", "/documents/register.pdf"])
def test_the_words_searched_for_do_not_stay_in_the_trail(
    secretary: Any, qin: Any, path: str
) -> None:
    secretary.send(f"{path}?q=单守信秘密&kind=notice&单守信=1&state=单守信")
    entry = db.session.scalar(db.select(AuditEntry).where(AuditEntry.action == "export"))
    assert entry.after["filters"] == "kind=notice, q=•, state=•"
    assert "单守信" not in repr(entry.after)


def test_the_printed_register_follows_the_filters(secretary: Any, qin: Any, issued: Any) -> None:
    issued(certificate_draft(qin, name="方晓禾"))
    notice_draft(qin)
    told = words_in(secretary.send("/documents/register.pdf?kind=notice").data)
    assert ("清洗水箱" in told, "方晓禾" in told) == (True, False)
    assert "还没有" in words_in(secretary.send("/documents/register.pdf?year=2020").data)


def test_the_register_comes_in_pages_of_fifty(secretary: Any, qin: Any) -> None:
    for number in range(51):
        notice_draft(qin, subject=f"第{number}次清扫")
    first, second = secretary.get("/documents").text, secretary.get("/documents?page=2").text
    assert first.count('<th scope="row">') == 50
    assert second.count('<th scope="row">') == 1


def test_a_student_reads_only_issued_papers_made_out_to_themselves(
    browser: Any, qin: Any, lin: Any, fang: Any, issued: Any
) -> None:
    own, others = factories.volunteer("林一舟", lin), factories.volunteer("方晓禾", fang)
    mine = issued(certificate_draft(qin, own))
    draft, foreign = certificate_draft(qin, own), issued(certificate_draft(qin, others))
    student = browser(lin)
    page = student.get("/documents").text
    assert "荣字〔2026〕第0001号" in page
    assert "第0002号" not in page
    assert student.get(f"/documents/{mine.id}").status_code == 200
    assert student.get(f"/documents/{mine.id}.png").status_code == 200
    for paper in (draft, foreign):
        for path in ("", ".pdf", ".png", "/preview.png"):
            assert student.get(f"/documents/{paper.id}{path}").status_code == 404


def test_the_manager_drafts_notices_and_issues_nothing(browser: Any, gu: Any, qin: Any) -> None:
    manager = browser(gu)
    notice, certificate = notice_draft(gu), certificate_draft(qin)
    assert manager.get("/documents/new/notice").status_code == 200
    assert manager.get("/documents/new/certificate").status_code == 403
    assert manager.get(f"/documents/{notice.id}").status_code == 200
    assert manager.get(f"/documents/{certificate.id}").status_code == 404
    assert manager.send(f"/documents/{notice.id}/issue").status_code == 403


def test_an_empty_register_says_what_will_stand_there(browser: Any, qin: Any, lin: Any) -> None:
    assert "登记簿还是空的" in browser(qin).get("/documents").text
    assert "还没有给您的文书" in browser(lin).get("/documents").text


def test_the_register_leaves_as_a_workbook_as_it_is_narrowed_down(
    browser: Any, qin: Any, gu: Any, issued: Any
) -> None:
    from core.excel import read_workbook

    paper = issued(certificate_draft(qin, name="=方晓禾"))
    issued(notice_draft(qin))
    (sheet,) = read_workbook(browser(gu).send("/documents/export?kind=certificate").data)
    header, line = sheet.rows
    told = dict(zip(header.values, line.values, strict=False))
    assert (told["编号"], told["给谁"], told["状态"]) == (paper.serial, "=方晓禾", "已签发")
    assert told["谁签发的"] == "秦若川"
