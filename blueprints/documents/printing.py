"""A paper as a file. Everything is read first; then, without the database, it is printed.

The file of an issued paper is kept, so that the same paper is the same bytes every time, even
after the typesetting improves. What is not kept can be printed again from the frozen content.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from flask import current_app

from blueprints.documents.contents import Content, frozen_content
from blueprints.documents.models import DRAFT, VOID, Document
from blueprints.documents.readiness import content_of
from core.files import written_whole
from core.papers import CertificateContent
from core.pdf import render_png, stamp_pdf
from core.press import print_certificates, print_notice

# Printed across papers that are worth nothing yet, or nothing any more.
STAMPS = {DRAFT: "草稿", VOID: "作废"}
PICTURE_WIDTH, PREVIEW_WIDTH = 1080, 720


@dataclass(frozen=True)
class Sheet:
    """All that printing a paper needs, free of the database."""

    paper_id: int
    name: str
    content: Content
    stamp: str | None
    keep: bool


def sheet_of(paper: Document) -> Sheet:
    """Return what to print. Raise PaperNotReady for a draft that cannot be."""
    content = content_of(paper) if paper.is_draft else frozen_content(paper.kind, paper.content)
    name = paper.serial or f"{STAMPS[DRAFT]}-{paper.id}"
    return Sheet(paper.id, name, content, STAMPS.get(paper.state), not paper.is_draft)


def pdf_of(sheet: Sheet) -> bytes:
    """Return the paper as a PDF, from the kept file where there is one."""
    if not sheet.keep:
        return printed(sheet)
    path = kept_at(sheet)
    if not path.exists():
        path.parent.mkdir(mode=0o700, exist_ok=True)
        with written_whole(path) as file:
            file.write(printed(sheet))
    return path.read_bytes()


def png_of(sheet: Sheet, width: int = PICTURE_WIDTH) -> bytes:
    """Return the paper as a picture, for chats that handle files badly."""
    return render_png(pdf_of(sheet), width)


def printed(sheet: Sheet) -> bytes:
    if isinstance(sheet.content, CertificateContent):
        pdf = print_certificates([sheet.content])
    else:
        pdf = print_notice(sheet.content)
    return stamp_pdf(pdf, sheet.stamp) if sheet.stamp else pdf


def kept_at(sheet: Sheet) -> Path:
    """Return where the file of an issued paper is kept; another content is another file."""
    says = f"{sheet.content.to_json()}{sheet.stamp}"
    digest = hashlib.sha256(says.encode()).hexdigest()[:16]
    folder = Path(current_app.config["LINLI_INSTANCE"]) / "documents"
    return folder / f"{sheet.paper_id}-{digest}.pdf"
