"""A secretary at work, and papers that are issued."""

from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest
from flask import Flask

from blueprints.documents import guessing
from blueprints.documents.models import Document
from core.db import db
from tests.documents.batches import served


@pytest.fixture(autouse=True)
def nobody_has_guessed() -> None:
    guessing.forget()


@pytest.fixture
def secretary(browser: Any, qin: Any) -> Any:
    """秦若川's browser."""
    return browser(qin)


@pytest.fixture
def issued(app: Flask, secretary: Any) -> Callable[[Document], Document]:
    """Issue a draft as the secretary does, and return it as it stands then."""

    def issue(draft: Document) -> Document:
        answer = secretary.send(f"/documents/{draft.id}/issue")
        assert answer.location == f"/documents/{draft.id}", answer.text
        return stored(draft)

    return issue


@pytest.fixture
def people(qin: Any) -> list[Any]:
    """Three people with a hundred confirmed hours each."""
    return [served(qin, name, 100) for name in ("林一舟", "方晓禾", "陶予安")]


def stored(paper: Document) -> Document:
    """Read a paper anew."""
    db.session.rollback()
    return db.session.get_one(Document, paper.id, populate_existing=True)


def words_in(pdf: bytes) -> str:
    """All text of a PDF without line breaks, and its metadata."""
    document = pypdfium2.PdfDocument(pdf)
    pages = "".join(page.get_textpage().get_text_bounded() for page in document)
    return "".join(pages.split()) + "".join(document.get_metadata_dict().values())
