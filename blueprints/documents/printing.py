"""A paper as a file. Everything is read first; then, without the database, it is printed.

The file of an issued paper is kept with it, so that the same paper is the same bytes every time,
even after the typesetting improves. A paper from before that was so is printed once more from its
frozen content.
"""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from blueprints.documents.contents import frozen_content
from blueprints.documents.kinds import KINDS
from blueprints.documents.models import DRAFT, VOID, Document, IssuedFile
from blueprints.documents.paper_settings import manner_of
from blueprints.documents.readiness import content_of
from core.db import db
from core.errors import RuleBroken
from core.papers import PaperContent
from core.pdf import render_long_png, render_png, stamp_pdf
from core.press import USUAL, Manner, print_drawn
from core.prints.claim_cards import draw_claim_slips
from core.privacy import TextNotPublic

# Printed across papers that are worth nothing yet, or nothing any more.
STAMPS = {DRAFT: "草稿", VOID: "作废"}
PICTURE_WIDTH, PREVIEW_WIDTH = 1080, 720


class NoLongerPublic(RuleBroken):
    """The scan has learnt a rule that this old notice breaks; only a kept file is served."""

    def __str__(self) -> str:
        return _("这份文书里有按现在的规矩不能公开的话，不能再印。请作废，改好重发。")


@dataclass(frozen=True)
class Sheet:
    """All that printing a paper needs, free of the database."""

    paper_id: int
    name: str
    kind: str
    stamp: str | None
    # A draft's content, or what was stored when the paper was issued.
    draft: PaperContent | None
    frozen: dict[str, Any]
    # The bytes it was issued as; none for a draft.
    kept: bytes | None = None
    manner: Manner = USUAL

    @property
    def content(self) -> PaperContent:
        try:
            return self.draft or frozen_content(self.kind, self.frozen)
        except TextNotPublic as error:
            raise NoLongerPublic from error


def sheet_of(paper: Document) -> Sheet:
    """Return what to print. Raise PaperNotReady for a draft that cannot be."""
    return Sheet(
        paper.id,
        paper.serial or f"{STAMPS[DRAFT]}-{paper.id}",
        paper.kind,
        STAMPS.get(paper.state),
        content_of(paper) if paper.is_draft else None,
        dict(paper.content),
        kept_file(paper.id),
        manner_of(paper.kind),
    )


def kept_file(paper_id: int) -> bytes | None:
    """Return the very file that was issued."""
    return db.session.scalar(select(IssuedFile.pdf).where(IssuedFile.document_id == paper_id))


def pdf_of(sheet: Sheet) -> bytes:
    """Return the paper as a PDF, from the kept file where there is one.

    Raises NoLongerPublic for an old notice that is not kept and would not be issued today.
    """
    if sheet.kept:
        return stamp_pdf(sheet.kept, sheet.stamp) if sheet.stamp else sheet.kept
    return printed(sheet)


def png_of(sheet: Sheet) -> bytes:
    """Return the paper as one long picture, for chats that handle files badly."""
    return render_long_png(pdf_of(sheet), PICTURE_WIDTH)


def preview_of(sheet: Sheet) -> bytes:
    """Return the first page as a smaller picture."""
    return render_png(pdf_of(sheet), PREVIEW_WIDTH)


def slips_of(sheet: Sheet) -> bytes:
    """Return the slips that are kept inside, one for each of the claim cards."""
    return print_drawn([sheet.content], draw_claim_slips, sheet.manner)


def printed(sheet: Sheet) -> bytes:
    """Print the paper, across it what it is worth if that is nothing."""
    pdf = KINDS[sheet.kind].printed([sheet.content], sheet.manner)
    return stamp_pdf(pdf, sheet.stamp) if sheet.stamp else pdf
