"""The month's papers come as one PDF, in one go; what is no paper yet is told, not printed."""

from datetime import date
from typing import Any

import pypdfium2
import pytest

from blueprints.documents import month_set
from blueprints.documents.models import PrintRun
from core.clock import today
from core.db import db
from tests.documents.conftest import words_in
from tests.documents.drafts import certificate_draft, notice_draft
from tests.home.pages import section


def month_of(day: date) -> str:
    return f"{day:%Y-%m}"


@pytest.fixture
def set_of_this_month(secretary: Any, qin: Any, issued: Any) -> list[Any]:
    """A certificate and two notices; besides a draft, a void one, and one of another month."""
    papers = [issued(certificate_draft(qin)), issued(notice_draft(qin)), issued(notice_draft(qin))]
    gone = issued(notice_draft(qin, subject="作废的停水"))
    secretary.send(f"/documents/{gone.id}/void", {"reason": "写错了"})
    issued(notice_draft(qin, dated_on=today().replace(day=1).replace(year=today().year - 1)))
    notice_draft(qin, subject="草稿里的停水")
    return papers


def test_the_months_papers_are_one_pdf_in_the_order_of_kinds(
    secretary: Any, set_of_this_month: list[Any]
) -> None:
    path = f"/documents/month.pdf?month={month_of(today())}&kind=certificate&kind=notice"
    answer = secretary.get(path)
    assert answer.mimetype == "application/pdf"
    assert len(pypdfium2.PdfDocument(answer.data)) == 3
    said = words_in(answer.data)
    certificate, first, second = (paper.serial for paper in set_of_this_month)
    assert said.index(first) < said.index(second) < said.index(certificate)
    assert "作废的停水" not in said
    assert "草稿里的停水" not in said
    printed = db.session.scalars(db.select(PrintRun.document_id)).all()
    assert sorted(printed) == sorted(paper.id for paper in set_of_this_month)


def test_only_the_ticked_kinds_are_printed(secretary: Any, set_of_this_month: list[Any]) -> None:
    answer = secretary.get(f"/documents/month.pdf?month={month_of(today())}&kind=certificate")
    assert len(pypdfium2.PdfDocument(answer.data)) == 1
    nothing = secretary.get(f"/documents/month.pdf?month={month_of(today())}&kind=growth")
    assert nothing.status_code == 303
    assert "没有选到要印的" in secretary.get(nothing.location).text


def test_the_first_page_prints_the_whole_month_with_one_button(
    secretary: Any, gate_and_household: None, set_of_this_month: list[Any]
) -> None:
    papers = section(secretary.get("/").text, "h-set")
    assert f"打印 {today().month}月全套" in papers
    assert "共 3 份" in papers
    assert "1 份草稿" in papers
    for kind in ("notice", "certificate"):
        assert f'name="kind" value="{kind}" checked' in papers


@pytest.fixture
def gate_and_household() -> None:
    from tests import factories

    factories.household()


def test_a_month_says_what_it_still_lacks(secretary: Any, qin: Any) -> None:
    page = secretary.get("/documents/month?month=2026-02").text
    assert "2月还没有签发的文书" in page
    assert "/documents/new/report?month=2026-02" in page
    assert "/documents/month?month=2026-01" in page


def test_more_than_one_file_may_hold_is_refused_whole(
    secretary: Any, set_of_this_month: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(month_set, "MOST_AT_ONCE", 2)
    path = f"/documents/month.pdf?month={month_of(today())}&kind=certificate&kind=notice"
    refused = secretary.get(path)
    assert refused.status_code == 409
    assert "一次最多印 2 份" in refused.text
    assert db.session.scalar(db.select(db.func.count(PrintRun.id))) == 0


def test_a_paper_that_cannot_be_printed_stops_the_whole_file(
    secretary: Any, set_of_this_month: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from blueprints.documents import month_routes

    real, count = month_routes.pdf_of, iter(range(3))

    def pdf_of(sheet: Any) -> bytes:
        if next(count) == 2:
            raise OSError("no such paper")
        return real(sheet)

    monkeypatch.setattr(month_routes, "pdf_of", pdf_of)
    path = f"/documents/month.pdf?month={month_of(today())}&kind=certificate&kind=notice"
    with pytest.raises(OSError, match="no such paper"):
        secretary.get(path)
    assert db.session.scalar(db.select(db.func.count(PrintRun.id))) == 0
