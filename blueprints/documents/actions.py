"""Changes around papers: drafted, numbered, hung and taken down."""

import json
import secrets
from collections.abc import Sequence
from datetime import date

from sqlalchemy import insert, select
from sqlalchemy.dialects import postgresql, sqlite

from blueprints.accounts.models import User
from blueprints.documents.consents import note_subjects
from blueprints.documents.contents import Draft, Numbering
from blueprints.documents.frozen_words import words_of_frozen
from blueprints.documents.hanging import ConsentBehindPaperWithdrawn, NamedVolunteer, PaperSubject
from blueprints.documents.models import (
    AlreadyBeingReplaced,
    Document,
    DocumentNotIssued,
    IssuedFile,
    Posting,
    PrintRun,
    Replacement,
    SerialCounter,
)
from blueprints.documents.paper_settings import own_words, serial_of
from blueprints.documents.printing import printed, sheet_of
from blueprints.documents.readiness import content_of
from core.audit import append
from core.clock import now
from core.db import db

# No letter that is read for a digit or another letter.
CODE_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 6


def save_draft(draft: Draft, by: User, into: Document | None = None) -> Document:
    """Write a draft down, as a new paper or over an earlier draft."""
    # Read before the new paper is there: reading would write it down half empty.
    words = draft.content | own_words(draft.kind)
    paper = into or Document(kind=draft.kind, drafted_by_id=by.id)
    paper.require_draft() if into else db.session.add(paper)
    paper.content, paper.dated_on = words, draft.dated_on
    paper.title, paper.recipient = draft.title, draft.recipient
    paper.volunteer_id = draft.volunteer_id
    db.session.flush()
    return paper


def discard(draft: Document) -> None:
    """Throw a draft away. An issued paper is never thrown away: DocumentNotDraft."""
    draft.require_draft()
    db.session.delete(draft)
    db.session.flush()


def issue(draft: Document, by: User, verify_root: str) -> None:
    """Give the paper the next number and freeze what it says.

    ``verify_root`` is the address under which check codes are looked up. Raises
    DocumentNotDraft, or PaperNotReady when something on it must not be printed. The file is
    made and kept in the same transaction: no number without its paper.
    """
    draft.require_draft()
    year = draft.dated_on.year
    number, code = next_number(draft.kind, year), new_code()
    serial = serial_of(draft.kind, year, number)
    frozen = content_of(draft, Numbering(serial, code, f"{verify_root}/{code}"))
    draft.issue(by, year, number, serial, code)
    draft.content = json.loads(frozen.to_json())
    note_subjects(draft)
    db.session.flush()
    db.session.add(IssuedFile.of(draft.id, printed(sheet_of(draft))))
    retire_replaced(draft, by)


def retire_replaced(paper: Document, by: User) -> None:
    """Make the paper void whose place this one takes, if there is one."""
    replaced = db.session.get(Replacement, paper.id)
    if replaced:
        old = db.session.get_one(Document, replaced.old_id)
        if old.is_issued:
            old.void(by, replaced.reason)
    db.session.flush()


def begin_replacement(old: Document, by: User, reason: str) -> Document:
    """Draft a paper with the words of an issued one, to take its place under a new number.

    The old one stays valid until the new one is issued. Raises DocumentNotIssued, or
    AlreadyBeingReplaced.
    """
    if not old.is_issued:
        raise DocumentNotIssued
    if db.session.scalar(select(Replacement.new_id).where(Replacement.old_id == old.id)):
        raise AlreadyBeingReplaced
    draft = Document(
        kind=old.kind,
        drafted_by_id=by.id,
        content=words_of_frozen(old.content),
        title=old.title,
        recipient=old.recipient,
        volunteer_id=old.volunteer_id,
    )
    db.session.add(draft)
    db.session.flush()
    db.session.add(Replacement(new_id=draft.id, old_id=old.id, reason=reason))
    db.session.flush()
    return draft


def next_number(kind: str, year: int) -> int:
    """Return the next number of a kind and year, within the caller's transaction."""
    return take_numbers(kind, year, 1)


def take_numbers(kind: str, year: int, count: int) -> int:
    """Take so many numbers that follow one another; return the first.

    One statement counts up and reads, and holds the row until the transaction ends; so two
    papers never share a number, and one that is not issued after all leaves no gap.
    """
    dialect = {"sqlite": sqlite, "postgresql": postgresql}[db.session.get_bind().dialect.name]
    counted = (
        dialect.insert(SerialCounter)
        .values(kind=kind, year=year, last=count)
        .on_conflict_do_update(
            index_elements=["kind", "year"], set_={"last": SerialCounter.last + count}
        )
        .returning(SerialCounter.last)
    )
    return db.session.execute(counted).scalar_one() - count + 1


def continue_at(kind: str, year: int, number: int) -> None:
    """Let the next paper have this number, if that is later than it would have had."""
    counter = db.session.get(SerialCounter, (kind, year), with_for_update=True)
    counter = counter or SerialCounter(kind=kind, year=year, last=0)
    before, after = counter.last, number - 1
    if after <= before:
        return
    counter.last = after
    db.session.add(counter)
    changed = ("update", "serial_counter", f"{kind}-{year}", {"last": before}, {"last": after})
    append(db.session(), [changed])


def new_code() -> str:
    """Return a check code that no paper has."""
    return new_codes(1)[0]


def new_codes(count: int) -> list[str]:
    """Return so many different check codes that no paper has."""
    codes: set[str] = set()
    while len(codes) < count:
        wanted = {_any_code() for _one in range(count - len(codes))}
        taken = db.select(Document.code).where(Document.code.in_(wanted))
        codes |= wanted - set(db.session.scalars(taken))
    return list(codes)


def _any_code() -> str:
    return "".join(secrets.choice(CODE_ALPHABET) for _position in range(CODE_LENGTH))


def note_print(paper_id: int, by_id: int, file_format: str) -> None:
    """Log that somebody took a file of an issued paper; the second time is a reprint.

    The one thing that a GET writes here: in a transaction of its own, after the file is ready,
    because browsers and chats fetch files by address and each copy must be accounted for.
    """
    note_prints([paper_id], by_id, file_format)


def note_prints(paper_ids: Sequence[int], by_id: int, file_format: str) -> None:
    """Log that somebody took several issued papers as one file; see ``note_print``."""
    taken = [
        {"document_id": paper_id, "by_id": by_id, "format": file_format, "at": now()}
        for paper_id in paper_ids
    ]
    with db.engine.begin() as connection:
        connection.execute(insert(PrintRun), taken)


def hang(
    paper: Document,
    by: User,
    place: str,
    building_id: int | None,
    posted_on: date,
    down_on: date,
    unit_id: int | None = None,
) -> Posting:
    """Note where a paper hangs. Raises OnlyPublicPapersHang, ConsentBehindPaperWithdrawn."""
    paper.require_postable()
    require_consents(paper)
    posting = Posting(
        document_id=paper.id,
        place=place,
        building_id=building_id,
        unit_id=unit_id,
        posted_on=posted_on,
        down_on=down_on,
        posted_by_id=by.id,
    )
    db.session.add(posting)
    db.session.flush()
    return posting


def require_consents(paper: Document) -> None:
    """Raise ConsentBehindPaperWithdrawn when somebody it is about took their consent back."""
    for whom in (PaperSubject, NamedVolunteer):
        withdrawn = select(whom.id).where(
            whom.document_id == paper.id, whom.withdrawn_on.is_not(None)
        )
        if db.session.scalar(withdrawn.limit(1)):
            raise ConsentBehindPaperWithdrawn
