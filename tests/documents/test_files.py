"""Papers as files: what stands on them, and that every copy is accounted for."""

import io
import re
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import event

from blueprints.documents import printing
from blueprints.documents.models import PrintRun
from core.db import db
from tests.documents.conftest import words_in
from tests.documents.drafts import cards_draft, certificate_draft, notice_draft


def runs() -> list[PrintRun]:
    db.session.rollback()
    return list(db.session.scalars(db.select(PrintRun).order_by(PrintRun.id)))


def test_an_issued_certificate_carries_its_number_and_code(
    secretary: Any, qin: Any, issued: Any
) -> None:
    paper = issued(certificate_draft(qin))
    answer = secretary.get(f"/documents/{paper.id}.pdf")
    assert answer.mimetype == "application/pdf"
    text = words_in(answer.data)
    assert paper.serial in text
    assert paper.code in text
    assert paper.content["verify_url"] == f"http://localhost/verify/{paper.code}"


def test_a_picture_is_1080_pixels_wide(secretary: Any, qin: Any, issued: Any) -> None:
    paper = issued(notice_draft(qin))
    answer = secretary.get(f"/documents/{paper.id}.png")
    assert answer.mimetype == "image/png"
    assert Image.open(io.BytesIO(answer.data)).width == 1080


def test_every_copy_of_an_issued_paper_is_logged_and_a_preview_is_not(
    secretary: Any, qin: Any, issued: Any
) -> None:
    paper = issued(certificate_draft(qin))
    page = f"/documents/{paper.id}"
    assert "打印" in secretary.get(page).text
    secretary.get(f"{page}/preview.png")
    secretary.head(f"{page}.pdf")
    assert runs() == []
    secretary.get(f"{page}.pdf")
    secretary.get(f"{page}.png")
    assert [(run.document_id, run.format, run.by_id) for run in runs()] == [
        (paper.id, "pdf", qin.id),
        (paper.id, "png", qin.id),
    ]
    assert "重印" in secretary.get(page).text


def test_slips_that_are_taken_out_are_logged_as_slips(
    secretary: Any, qin: Any, issued: Any
) -> None:
    paper = issued(cards_draft(qin))
    answer = secretary.get(f"/documents/{paper.id}/slips.pdf")
    assert answer.mimetype == "application/pdf"
    assert [(run.format, run.by_id) for run in runs()] == [("slip", qin.id)]
    assert "登记条" in secretary.get(f"/documents/{paper.id}").text.split("拿出过")[1]


def test_a_draft_is_marked_has_no_number_and_is_not_logged(
    monkeypatch: Any, secretary: Any, qin: Any
) -> None:
    stamped = []
    real = printing.stamp_pdf
    monkeypatch.setattr(
        printing, "stamp_pdf", lambda pdf, word: stamped.append(word) or real(pdf, word)
    )
    for draft in (certificate_draft(qin), notice_draft(qin)):
        text = words_in(secretary.get(f"/documents/{draft.id}.pdf").data)
        assert "签发时给号" in text
        assert "〔2026〕" not in text
    assert stamped == ["草稿", "草稿"]
    assert runs() == []


def test_a_void_paper_is_marked_as_void(monkeypatch: Any, secretary: Any, qin: Any, issued: Any):
    paper = issued(certificate_draft(qin))
    valid = secretary.get(f"/documents/{paper.id}.pdf").data
    secretary.send(f"/documents/{paper.id}/void", {"reason": "写错"})
    void = secretary.get(f"/documents/{paper.id}.pdf").data
    assert void != valid
    assert paper.serial in words_in(void)


@pytest.mark.parametrize("path", [".pdf", ".png", "/preview.png"])
def test_no_transaction_is_open_while_a_paper_is_printed(
    app: Flask, monkeypatch: Any, secretary: Any, qin: Any, path: str
) -> None:
    paper = certificate_draft(qin)
    open_ones: set[int] = set()
    event.listen(db.engine, "begin", lambda connection: open_ones.add(id(connection.connection)))
    for ending in ("commit", "rollback"):
        event.listen(db.engine, ending, lambda c: open_ones.discard(id(c.connection)))
    while_printing = []
    real = printing.printed
    monkeypatch.setattr(
        printing, "printed", lambda sheet: while_printing.append(len(open_ones)) or real(sheet)
    )
    assert secretary.get(f"/documents/{paper.id}{path}").status_code == 200
    assert while_printing == [0]


def test_a_notice_that_says_too_much_cannot_even_be_previewed(secretary: Any, qin: Any) -> None:
    draft = notice_draft(qin, matter="请找301室祝婆婆")
    assert secretary.get(f"/documents/{draft.id}.pdf").status_code == 409
    assert secretary.get(f"/documents/{draft.id}").status_code == 200


def test_the_picture_on_the_page_has_a_new_address_once_the_paper_is_issued(
    secretary: Any, qin: Any
) -> None:
    """Browsers reuse a picture that they have shown; the draft's mark must not stay."""

    def picture() -> str:
        return re.search(r"/documents/\d+/preview\.png\?v=\d+", secretary.get(page).text)[0]

    page = f"/documents/{certificate_draft(qin).id}"
    before = picture()
    secretary.send(f"{page}/issue")
    assert picture() != before
    assert secretary.get(picture()).mimetype == "image/png"
