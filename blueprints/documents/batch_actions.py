"""Issuing many papers in one transaction: numbers, files and register entries, or nothing."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select

from blueprints.accounts.models import User
from blueprints.documents.actions import new_codes, take_numbers
from blueprints.documents.batches import DONE, Batch, BatchPaper
from blueprints.documents.contents import Draft, Numbering, paper_content
from blueprints.documents.kinds import KINDS
from blueprints.documents.models import Document, IssuedFile, SerialCounter
from blueprints.documents.paper_settings import own_words, serial_of
from blueprints.documents.pressroom import apart
from blueprints.teams.models import Volunteer
from core.db import db
from core.fonts import FontNotInstalled, missing_characters
from core.papers import PaperContent
from core.press import Manner
from core.privacy import PublicText

MOST_NAMED = 10
# Where nobody is sent: nothing of it has a number yet.
UNISSUED = "https://linli.invalid/verify"


class NumbersMoved(Exception):
    """Somebody else issued a paper of this kind meanwhile; the batch is printed once more."""


class Ahead(NamedTuple):
    """The numbers that papers would have: the first and the last, bare and as printed."""

    first: int
    last: int
    first_serial: str
    last_serial: str


@dataclass(frozen=True)
class Numbered:
    """One paper of a batch with the number it will have."""

    person: dict[str, Any]
    number: int
    serial: str
    code: str
    content: PaperContent


def place_for(draft: Draft, volunteer: Volunteer, teams: Sequence[str]) -> dict[str, Any]:
    """Return what a batch keeps of one paper: its words, and what puts it in order."""
    return {
        "volunteer_id": volunteer.id,
        "title": draft.title,
        "terms": volunteer.name_terms,
        "team": "、".join(teams),
        "words": draft.content | own_words(draft.kind),
    }


def name_of(batch: Batch, person: dict[str, Any]) -> str:
    """Return whom one paper of a batch is made out to."""
    return person["words"][KINDS[batch.kind].made_out_to]


def last_number(kind: str, year: int) -> int:
    counter = db.session.get(SerialCounter, (kind, year), populate_existing=True)
    return counter.last if counter else 0


def numbers_ahead(kind: str, year: int, count: int) -> Ahead:
    """Return the first and the last of so many numbers that come next."""
    before = last_number(kind, year)
    first, last = before + 1, before + count
    return Ahead(first, last, serial_of(kind, year, first), serial_of(kind, year, last))


def contents_of(drafts: Iterable[Draft]) -> list[PaperContent]:
    """Return what drafts will say, before they have numbers."""
    demo = current_app.config["LINLI_DEMO"]
    papers = (
        Document(
            kind=draft.kind,
            content=draft.content | own_words(draft.kind),
            dated_on=draft.dated_on,
        )
        for draft in drafts
    )
    numbering = Numbering(verify_url=f"{UNISSUED}/{Numbering.code}")
    return [paper_content(paper, _not_public, numbering, demo) for paper in papers]


def why_unprintable(drafts: Sequence[Draft]) -> str:
    """Say whose papers hold characters that no typeface has, or which typeface is missing; nothing
    when all can be printed."""
    try:
        found = {
            draft.recipient: missing
            for draft, content in zip(drafts, contents_of(drafts), strict=True)
            if (missing := missing_characters("".join(content.texts)))
        }
    except FontNotInstalled as error:
        return str(error)
    if not found:
        return ""
    return _(
        "给%(names)s的里面有字库没有的字“%(missing)s”，印不出来。先不选，或者改掉。",
        names="、".join(list(found)[:MOST_NAMED]),
        missing="".join(dict.fromkeys("".join(found.values()))),
    )


def numbered(batch: Batch, demo: bool) -> list[Numbered]:
    """Return the batch's papers with the numbers that come next, as things stand."""
    last, codes = last_number(batch.kind, batch.dated_on.year), new_codes(batch.size)
    return [
        _numbered(batch, person, last + place, code, demo)
        for place, (person, code) in enumerate(zip(batch.people, codes, strict=True), 1)
    ]


def _numbered(batch: Batch, person: dict[str, Any], number: int, code: str, demo: bool) -> Numbered:
    serial = serial_of(batch.kind, batch.dated_on.year, number)
    draft = Document(kind=batch.kind, content=person["words"], dated_on=batch.dated_on)
    numbering = Numbering(serial, code, f"{batch.verify_root}/{code}")
    content = paper_content(draft, _not_public, numbering, demo)
    return Numbered(person, number, serial, code, content)


def _not_public(_text: str) -> PublicText:
    raise TypeError("papers for everybody are issued one by one, after their scan")


def print_all(
    kind: str, papers: list[Numbered], manner: Manner, progress: Callable[[int], None]
) -> Iterator[tuple[Numbered, bytes]]:
    """Print each paper as a file of its own, in the process for that."""
    files = apart(kind, ([paper.content] for paper in papers), manner)
    for done, (paper, file) in enumerate(zip(papers, files, strict=True), 1):
        yield paper, file
        progress(done)


def enter(batch: Batch, printed: list[tuple[Numbered, bytes]], by: User) -> None:
    """Write all papers into the register with their files.

    Raises NumbersMoved when the numbers they were printed with are no longer the next ones.
    """
    year = batch.dated_on.year
    if take_numbers(batch.kind, year, len(printed)) != printed[0][0].number:
        raise NumbersMoved
    entries = [(_entry(batch, paper, by, year), paper, file) for paper, file in printed]
    db.session.add_all(document for document, _paper, _file in entries)
    db.session.flush()
    for document, paper, file in entries:
        db.session.add(IssuedFile.of(document.id, file))
        db.session.add(_place(batch, document, paper.person))
    batch.state = DONE
    db.session.flush()


def _entry(batch: Batch, paper: Numbered, by: User, year: int) -> Document:
    document = Document(
        kind=batch.kind,
        title=paper.person["title"],
        recipient=name_of(batch, paper.person),
        volunteer_id=paper.person["volunteer_id"],
        content=json.loads(paper.content.to_json()),
        dated_on=batch.dated_on,
        drafted_by_id=by.id,
        state="draft",
    )
    document.issue(by, year, paper.number, paper.serial, paper.code)
    return document


def _place(batch: Batch, document: Document, person: dict[str, Any]) -> BatchPaper:
    by_name = f"{person['terms']} {document.recipient}"[:260]
    by_team = f"{person['team']} {by_name}"[:330]
    return BatchPaper(document_id=document.id, batch_id=batch.id, by_name=by_name, by_team=by_team)


def papers_of(batch_id: int, order: str) -> list[Document]:
    """Return a batch's papers in the order of names, or of teams and then names."""
    column = BatchPaper.by_team if order == "team" else BatchPaper.by_name
    ordered = (
        select(Document)
        .join(BatchPaper, BatchPaper.document_id == Document.id)
        .where(BatchPaper.batch_id == batch_id)
        .order_by(column, Document.serial_number)
    )
    return list(db.session.scalars(ordered))
