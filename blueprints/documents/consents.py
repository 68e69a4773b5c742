"""Whose matters a public paper tells, and what happens when one of them no longer agrees."""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from sqlalchemy import and_, or_, select

from blueprints.accounts.models import User
from blueprints.documents.hanging import CONSENT_WITHDRAWN, NamedVolunteer
from blueprints.documents.models import Document, PaperSubject, Posting
from blueprints.households.models import Resident
from blueprints.households.signals import consent_refused
from blueprints.teams.models import Volunteer
from blueprints.teams.signals import publishing_refused, volunteer_forgotten
from blueprints.wishes.models import Wish
from core.clock import today
from core.db import db
from core.names import mask_name

# 2026-017: the number under which a wish is known in public.
_WISH_LABEL = re.compile(r"(?<!\d)(20\d\d)-(\d{3,})(?!\d)")


def note_subjects(paper: Document) -> None:
    """Remember whose wishes a paper shows, and which volunteers; call it when issuing."""
    texts = set(texts_in(paper.content))
    if paper.of_kind.is_public:
        note_volunteers(paper, texts)
    labels = {
        (int(year), int(number)) for text in texts for year, number in _WISH_LABEL.findall(text)
    }
    if not labels:
        return
    named = or_(*(and_(Wish.year == year, Wish.number == number) for year, number in labels))
    found = select(Wish.household_id, Wish.resident_id).where(named)
    concern(paper, (tuple(row) for row in db.session.execute(found)))


def note_volunteers(paper: Document, texts: Collection[str]) -> None:
    agreeing = select(Volunteer.id, Volunteer.name).where(Volunteer.agrees_to_publish)
    for volunteer_id, name in db.session.execute(agreeing):
        if mask_name(name) in texts:
            db.session.add(NamedVolunteer(document_id=paper.id, volunteer_id=volunteer_id))


def concern(paper: Document, whom: Iterable[tuple[int, int | None]]) -> None:
    """Remember (household, resident or the whole household) whose matter a paper tells."""
    for household_id, resident_id in sorted(set(whom), key=str):
        db.session.add(
            PaperSubject(document_id=paper.id, household_id=household_id, resident_id=resident_id)
        )


@consent_refused.connect
def call_sheets_down(resident: Resident, *, kind: str, by: User) -> None:
    """Put every sheet about the resident, or about the whole household, on today's list."""
    if kind != "publish":
        return
    theirs = or_(PaperSubject.resident_id.is_(None), PaperSubject.resident_id == resident.id)
    about = PaperSubject.household_id == resident.household_id
    call_down(db.session.scalars(select(PaperSubject).where(about, theirs)))


@publishing_refused.connect
@volunteer_forgotten.connect
def call_lists_down(volunteer: Volunteer) -> None:
    """Put every sheet that shows the volunteer's covered name on today's list."""
    theirs = NamedVolunteer.volunteer_id == volunteer.id
    call_down(db.session.scalars(select(NamedVolunteer).where(theirs)))


def call_down(withdrawn: Iterable[PaperSubject | NamedVolunteer]) -> None:
    """Take back what these papers rest on; where they hang, they come down."""
    papers = []
    for subject in withdrawn:
        subject.withdrawn_on = subject.withdrawn_on or today()
        papers.append(subject.document_id)
    hanging = select(Posting).where(
        Posting.document_id.in_(papers), Posting.taken_down_on.is_(None)
    )
    for posting in db.session.scalars(hanging):
        posting.call_down(CONSENT_WITHDRAWN)
    db.session.flush()


def texts_in(content: Any) -> Iterator[str]:
    """Every text in a content, however deep it lies."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict | list):
        for part in content.values() if isinstance(content, dict) else content:
            yield from texts_in(part)
