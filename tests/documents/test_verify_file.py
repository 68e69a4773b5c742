"""Whether a PDF is the one that was issued: asked with the file, by anybody."""

import io
import os
import zlib
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from flask import Flask
from PIL import Image

from blueprints.documents import verifying
from blueprints.documents.records import MOST_PHOTOS
from blueprints.documents.verify_routes import LARGEST_FILE_MB
from core.db import db
from core.pdf_text import UnreadablePdf, text_of_pdf
from core.pictures import picture_from
from tests.documents.drafts import certificate_draft


@pytest.fixture
def paper(qin: Any, issued: Any) -> Any:
    return issued(certificate_draft(qin))


@pytest.fixture
def pdf(secretary: Any, paper: Any) -> bytes:
    return secretary.get(f"/documents/{paper.id}.pdf").data


def ask(browser: Any, data: bytes, name: str = "a.pdf") -> Any:
    upload = {"file": (io.BytesIO(data), name)}
    return browser().send("/verify", upload, content_type="multipart/form-data")


def saved_anew(pdf: bytes) -> bytes:
    """The same page as another program writes it."""
    out = io.BytesIO()
    pypdfium2.PdfDocument(pdf).save(out)
    return out.getvalue()


def test_the_issued_file_is_recognised_without_an_account(
    browser: Any, paper: Any, pdf: bytes
) -> None:
    page = ask(browser, pdf).text
    assert "就是签发的那一份" in page
    assert paper.serial in page
    assert "方**" in page
    assert "方晓禾" not in page


def test_a_file_that_was_saved_anew_is_told_from_the_issued_one(
    browser: Any, paper: Any, pdf: bytes
) -> None:
    page = ask(browser, saved_anew(pdf)).text
    assert "文件被改过" in page
    assert paper.serial in page


def test_a_void_paper_stays_recognised(
    browser: Any, secretary: Any, paper: Any, pdf: bytes
) -> None:
    secretary.send(f"/documents/{paper.id}/void", {"reason": "写错"})
    assert "这份文书已作废" in ask(browser, pdf).text


def test_what_is_no_pdf_is_refused_in_plain_words(browser: Any, paper: Any) -> None:
    for data in (b"<html>hello", b"%PDF-1.7 cut off", b"\x89PNG"):
        answer = ask(browser, data)
        assert answer.status_code == 422
        assert "不是 PDF，或者坏了" in answer.text
    assert browser().send("/verify").status_code == 422


def test_a_stranger_is_told_so(browser: Any, paper: Any) -> None:
    empty = pypdfium2.PdfDocument.new()
    empty.new_page(100, 100)
    out = io.BytesIO()
    empty.save(out)
    assert "登记簿里没有这个文件" in ask(browser, out.getvalue()).text


def page_drawing(operators: bytes) -> bytes:
    """A PDF of one page, its drawing compressed."""
    drawing = zlib.compress(operators)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F1"
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page + b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(drawing), drawing),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(b"%010d 00000 n \n" % len(out))
        out += b"%d 0 obj%bendobj\n" % (number, part)
    table = b"xref\n0 5\n0000000000 65535 f \n" + b"".join(places)
    return out + table + b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)


def test_a_small_file_that_unpacks_into_a_huge_one_is_given_up() -> None:
    assert "AB" in text_of_pdf(page_drawing(b"BT /F1 12 Tf 9 9 Td (AB) Tj ET"))
    heavy = page_drawing(b"BT /F1 12 Tf 9 9 Td " + b"(AB) Tj " * 5_000_000 + b"ET")
    assert len(heavy) < 100_000
    with pytest.raises(UnreadablePdf):
        text_of_pdf(heavy)


def test_nobody_waits_for_the_database_while_a_file_is_read(
    browser: Any, paper: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_meanwhile(_pdf: bytes) -> str:
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout = 0")
            connection.exec_driver_sql("UPDATE user SET version = version")
            connection.commit()
        return ""

    monkeypatch.setattr(verifying, "text_of_pdf", write_meanwhile)
    monkeypatch.setattr("core.db.TURN_SECONDS", 1)
    assert "登记簿里没有这个文件" in ask(browser, b"%PDF-").text


def test_files_that_cannot_be_read_count_before_they_are_read(
    browser: Any, paper: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = []
    monkeypatch.setattr(verifying, "text_of_pdf", lambda pdf: read.append(pdf) or "")
    answers = [ask(browser, b"%PDF-").status_code for _turn in range(22)]
    assert answers == [200] * 20 + [429] * 2
    assert len(read) == 20


def test_one_question_to_the_register_is_enough_for_a_file_full_of_codes(
    browser: Any, paper: Any, monkeypatch: pytest.MonkeyPatch, queries: Any
) -> None:
    words = " ".join(["ABCDEF", paper.code, *(f"ABC{n}{n}{n}" for n in range(2, 10))] * 9)
    monkeypatch.setattr(verifying, "text_of_pdf", lambda _pdf: words)
    with queries() as sent:
        assert paper.serial in ask(browser, b"%PDF-").text
    assert sum("document.code" in each for each in sent if "WHERE document.code" in each) == 1


def test_a_file_larger_than_any_paper_is_refused_unread(browser: Any, qin: Any) -> None:
    answer = ask(browser, b"%PDF-" + bytes(LARGEST_FILE_MB * 1_000_000))
    assert answer.status_code == 422
    assert f"超过 {LARGEST_FILE_MB} MB" in answer.text


def test_the_heaviest_paper_may_be_asked_about() -> None:
    """Noise is what compresses worst; typefaces and words take the rest."""
    noise = io.BytesIO()
    Image.frombytes("RGB", (900, 900), os.urandom(900 * 900 * 3)).save(noise, "PNG")
    noise.seek(0)
    heaviest = MOST_PHOTOS * len(picture_from(noise, "a.png").thumbnail)
    assert heaviest < LARGEST_FILE_MB * 1_000_000 / 2


def test_the_command_tells_by_its_status(
    app: Flask, tmp_path: Path, secretary: Any, paper: Any, pdf: bytes
) -> None:
    def run(data: bytes) -> Any:
        file = tmp_path / "a.pdf"
        file.write_bytes(data)
        db.session.rollback()
        return app.test_cli_runner().invoke(args=["documents", "verify", str(file)])

    same, changed, stranger = run(pdf), run(saved_anew(pdf)), run(b"%PDF-")
    assert same.exit_code == 0
    assert f"是签发的那一份：{paper.serial}" in same.output
    assert (changed.exit_code, stranger.exit_code) == (1, 1)
    assert "被改过" in changed.output
    secretary.send(f"/documents/{paper.id}/void", {"reason": "写错"})
    assert run(pdf).exit_code == 1
