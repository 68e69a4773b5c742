"""A paper as a file. Everything is read first; then, without the database, it is printed.

The file of an issued paper is kept, so that the same paper is the same bytes every time, even
after the typesetting improves. What is not kept can be printed again from the frozen content.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import current_app
from flask_babel import gettext as _

from blueprints.documents.contents import frozen_content
from blueprints.documents.kinds import KINDS
from blueprints.documents.models import DRAFT, VOID, Document
from blueprints.documents.readiness import content_of
from core.errors import RuleBroken
from core.files import written_whole
from core.papers import PaperContent
from core.pdf import render_png, stamp_pdf
from core.press import print_drawn
from core.prints.wishes import draw_claim_slips
from core.privacy import TextNotPublic

# Printed across papers that are worth nothing yet, or nothing any more.
STAMPS = {DRAFT: "草稿", VOID: "作废"}
PICTURE_WIDTH, PREVIEW_WIDTH = 1080, 720


class NoLongerPublic(RuleBroken):
    """The scan has learnt a rule that this old notice breaks; only its kept file is served."""

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
    )


def pdf_of(sheet: Sheet) -> bytes:
    """Return the paper as a PDF, from the kept file where there is one.

    Raises NoLongerPublic for an old notice that is not kept and would not be issued today.
    """
    if sheet.draft:
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


def slips_of(sheet: Sheet) -> bytes:
    """Return the slips that are kept inside, one for each of the claim cards."""
    return print_drawn([sheet.content], draw_claim_slips)


def printed(sheet: Sheet) -> bytes:
    """Print the paper, across it what it is worth if that is nothing."""
    pdf = KINDS[sheet.kind].printed([sheet.content])
    return stamp_pdf(pdf, sheet.stamp) if sheet.stamp else pdf


def kept_at(sheet: Sheet) -> Path:
    """Return where the file of an issued paper is kept; another content is another file."""
    says = json.dumps([sheet.frozen, sheet.stamp], ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(says.encode()).hexdigest()[:16]
    folder = Path(current_app.config["LINLI_INSTANCE"]) / "documents"
    return folder / f"{sheet.paper_id}-{digest}.pdf"
