"""Reading the register, the postings, and what a paper is written from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from blueprints.accounts.models import User
from blueprints.documents.access import documents_visible_to
from blueprints.documents.batches import Batch
from blueprints.documents.models import (
    DRAFT,
    VOID,
    Document,
    IssuedFile,
    Posting,
    PrintRun,
    Replacement,
)
from blueprints.households.models import Building, Estate, Phone, Resident, Room
from blueprints.teams.models import Volunteer
from blueprints.teams.queries import Term
from core.clock import today
from core.dates import DateError, parse_date
from core.db import db
from core.folding import written_forms
from core.names import display_with_honorific
from core.privacy import NameIndex
from core.public_scan import digits_only

LONGEST_NUMBER = 4
AT_ONCE = or_(Posting.withdrawn_reason != "", Document.state == VOID)


@dataclass(frozen=True)
class Asked:
    """What the register is narrowed down to; empty parts ask for everything."""

    kind: str = ""
    state: str = ""
    year: int | None = None
    words: str = ""


def register(user: User, asked: Asked) -> Select[tuple[Document]]:
    """Return the papers this person may see: drafts on top, then the latest first."""
    papers = documents_visible_to(user)
    if asked.kind:
        papers = papers.where(Document.kind == asked.kind)
    if asked.state:
        papers = papers.where(Document.state == asked.state)
    if asked.year:
        papers = papers.where(
            Document.dated_on.between(date(asked.year, 1, 1), date(asked.year, 12, 31))
        )
    if asked.words:
        papers = papers.where(matches(asked.words))
    return papers.order_by(
        (Document.state == DRAFT).desc(), Document.dated_on.desc(), Document.id.desc()
    )


def matches(words: str) -> ColumnElement[bool]:
    """The condition under which a paper's number, person or title holds these words.

    Digits alone are the number itself: 7 and 0007 find 第0007号, not every paper of 2017.
    """
    if words.isdecimal() and len(words) <= LONGEST_NUMBER:
        number = Document.serial_number == int(words)
    else:
        number = Document.serial.contains(words, autoescape=True)
    named = (Document.recipient, Document.title)
    found = [number, *(column.contains(words, autoescape=True) for column in named)]
    days = days_meant(words)
    if days:
        found.append(Document.dated_on.between(*days))
    return or_(*found)


def days_meant(words: str) -> tuple[date, date] | None:
    """Return the first and last day of a date in words: 2026-09-18, 2026年9月, 9月18日 (of this
    year); None for what is no date."""
    try:
        meant = parse_date(words)
    except DateError:
        return None
    if not meant.month or meant.calendar != "solar":
        return None
    first = date(meant.year or today().year, meant.month, 1)
    if meant.day:
        day = first.replace(day=meant.day)
        return day, day
    term = Term.month_of(first)
    return term.first, term.last


def register_years(user: User) -> list[int]:
    """Return the years in which papers this person may see are dated, the latest first."""
    year = func.extract("year", Document.dated_on)
    papers = documents_visible_to(user).with_only_columns(year).distinct()
    return sorted((int(found) for found in db.session.scalars(papers)), reverse=True)


def in_full(papers: Select[tuple[Document]]) -> Select[tuple[Document]]:
    """Load what the page of one paper shows."""
    return papers.options(
        joinedload(Document.drafted_by),
        joinedload(Document.issued_by),
        joinedload(Document.voided_by),
        selectinload(Document.prints).joinedload(PrintRun.by),
        selectinload(Document.subjects),
        selectinload(Document.named),
        selectinload(Document.replaces).joinedload(Replacement.old),
        selectinload(Document.replaced_by).joinedload(Replacement.new),
        *(
            selectinload(Document.postings).joinedload(way)
            for way in (Posting.building, Posting.unit, Posting.posted_by, Posting.taken_down_by)
        ),
    )


def for_export(papers: Select[tuple[Document]]) -> Select[tuple[Document]]:
    """Load what a line of the workbook says."""
    return papers.options(
        joinedload(Document.drafted_by),
        joinedload(Document.issued_by),
        joinedload(Document.replaced_by).joinedload(Replacement.new),
    )


def drafts() -> Select[tuple[Document]]:
    """Return the papers that are written and not issued."""
    return select(Document).where(Document.state == DRAFT)


def drafts_to_issue(limit: int = 20) -> list[Document]:
    """Return the drafts that wait for the secretary, the oldest first."""
    oldest = drafts().order_by(Document.created_at, Document.id)
    return list(db.session.scalars(oldest.limit(limit)))


def hanging(postings: Select[tuple[Posting]]) -> Select[tuple[Posting]]:
    """Narrow postings to the sheets still on a wall; what must come down first stands first."""
    return (
        postings.join(Posting.document)
        .where(Posting.taken_down_on.is_(None))
        .options(
            contains_eager(Posting.document),
            joinedload(Posting.building),
            joinedload(Posting.unit),
            joinedload(Posting.posted_by),
        )
        .order_by(AT_ONCE.desc(), Posting.down_on, Posting.id)
    )


def due_down(today: date) -> Select[tuple[Posting]]:
    """Return what must come off the walls by this day: its day has come, its paper is void, or
    somebody named on it withdrew their consent. For those who keep postings."""
    return hanging(select(Posting)).where(or_(Posting.down_on <= today, AT_ONCE))


def postings_to_take_down(today: date, limit: int | None = None) -> list[Posting]:
    """Return what must come down by this day, the most urgent first."""
    return list(db.session.scalars(due_down(today).limit(limit)))


def count_to_take_down(today: date) -> int:
    """Return how many sheets must come down by this day."""
    counted = due_down(today).with_only_columns(func.count(Posting.id)).order_by(None)
    return db.session.scalar(counted) or 0


def latest_batches(limit: int = 5) -> list[Batch]:
    """Return the batches that were begun last."""
    return list(db.session.scalars(select(Batch).order_by(Batch.id.desc()).limit(limit)))


def paper_with_code(code: str) -> Document | None:
    """Return the paper with this check code; drafts have none."""
    return db.session.scalar(with_successor().where(Document.code == code))


def paper_with_one_of(codes: Sequence[str]) -> Document | None:
    """Return the paper with the first of these check codes that is one."""
    found = db.session.scalars(with_successor().where(Document.code.in_(codes)))
    return min(found, key=lambda paper: codes.index(paper.code), default=None)


def with_successor() -> Select[tuple[Document]]:
    """Load papers with what took their place."""
    return select(Document).options(
        joinedload(Document.replaced_by).joinedload(Replacement.new),
    )


def paper_issued_as(digest: str) -> Document | None:
    """Return the paper whose issued file has this SHA-256."""
    issued = with_successor().join(IssuedFile, IssuedFile.document_id == Document.id)
    return db.session.scalar(issued.where(IssuedFile.sha256 == digest).limit(1))


def building_choices() -> list[tuple[str, str]]:
    """Return (id, name) of every building, in natural order."""
    rows = db.session.execute(
        select(Building.id, Estate.name, Building.name)
        .join(Building.estate)
        .order_by(Estate.name, Building.sort_key)
    )
    return [(str(building_id), f"{estate} {name}") for building_id, estate, name in rows]


def names_that_may_occur(texts: Iterable[str]) -> NameIndex:
    """Return the known names that these texts might hold: residents, as written and as
    neighbours say them, volunteers, and everybody with an account.

    Reading the names of 20,000 households takes a second; so only those are read whose first
    two characters both stand somewhere in the texts, in one of the forms they may be written in.
    """
    letters = sorted(letters_of_names(texts))

    def may_occur(column):
        return func.substr(column, 1, 1).in_(letters), func.substr(column, 2, 1).in_(letters)

    honorific = func.substr(Resident.honorific, 1, 1).in_(letters)
    called = select(Resident.name, Resident.honorific).where(
        func.substr(Resident.name, 1, 1).in_(letters), honorific
    )
    names = (
        select(Resident.name)
        .where(*may_occur(Resident.name))
        .union(
            select(Volunteer.name).where(*may_occur(Volunteer.name)),
            select(User.name).where(*may_occur(User.name)),
        )
    )
    spoken = {display_with_honorific(*row) for row in db.session.execute(called)}
    return NameIndex([*db.session.scalars(names), *spoken])


def letters_of_names(texts: Iterable[str]) -> set[str]:
    """Return what names in these texts may be stored with, also where a space lines them up."""
    return written_forms("".join(texts)) | set(" \u3000")


def known_rooms(numbers: Iterable[str]) -> set[str]:
    """Return which of these numbers are doors here."""
    wanted = set(numbers)
    if not wanted:
        return wanted
    return set(db.session.scalars(select(Room.number).where(Room.number.in_(wanted))))


def belongs_to_somebody(phone: str) -> bool:
    """Answer whether a resident or a volunteer is reached under this number."""
    digits = digits_only(phone)
    written = [
        func.replace(func.replace(column, " ", ""), "-", "") == digits
        for column in (Phone.number, Volunteer.phone)
    ]
    return bool(digits) and any(
        db.session.scalar(select(column).where(same).limit(1)) is not None
        for column, same in zip((Phone.id, Volunteer.id), written, strict=True)
    )
