"""Whether a PDF is the one that was issued: asked with the file, by anybody."""

import io
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from flask import Flask

from core.db import db
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
