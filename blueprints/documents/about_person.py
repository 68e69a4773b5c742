"""What this room has on file about one resident, and forgetting it.

Issued papers stay as they were printed, with why one was made void or replaced: the register
answers for every number it gave. Whatever is still a draft goes.
"""

from collections.abc import Collection

from flask_babel import gettext as _
from sqlalchemy import or_, select

from blueprints.documents.actions import discard
from blueprints.documents.batches import DONE, Batch
from blueprints.documents.consents import texts_in
from blueprints.documents.kinds import KINDS
from blueprints.documents.models import DOCUMENT_STATES, DRAFT, Document, PaperSubject
from blueprints.households.models import Resident
from blueprints.households.person_file import PersonSheet
from blueprints.households.signals import person_erased, person_gathered
from blueprints.teams.models import Volunteer
from blueprints.teams.signals import volunteer_forgotten
from blueprints.wishes.models import Wish
from core.db import db

# A name of one sign stands in too many words.
SHORTEST_NAME = 2


@person_gathered.connect
def tell_papers(resident: Resident) -> PersonSheet:
    """Tell the papers made out to the person, and the public ones that show a wish of theirs."""
    own = select(Volunteer.id).where(Volunteer.resident_id == resident.id)
    shown = select(PaperSubject.document_id).where(
        PaperSubject.household_id == resident.household_id,
        or_(PaperSubject.resident_id.is_(None), PaperSubject.resident_id == resident.id),
    )
    found = db.session.scalars(
        select(Document)
        .where(or_(Document.volunteer_id.in_(own), Document.id.in_(shown)))
        .order_by(Document.dated_on, Document.id)
    )
    rows = [
        (
            paper.dated_on,
            str(KINDS[paper.kind].name),
            paper.title,
            paper.serial or "",
            str(DOCUMENT_STATES[paper.state]),
        )
        for paper in found
    ]
    headers = [_("日期"), _("种类"), _("标题"), _("编号"), _("状态")]
    return PersonSheet(_("文书"), headers, rows)


@person_erased.connect
def forget_drafts(resident: Resident, *, alone: bool) -> None:
    """Throw away the drafts that name the person or their phone, or show a wish of theirs."""
    theirs = Wish.resident_id == resident.id
    if alone:
        theirs |= Wish.household_id == resident.household_id
    labels = [wish.label for wish in db.session.scalars(select(Wish).where(theirs))]
    numbers = [phone.number for phone in resident.phones]
    throw_away(drafts_that_say([resident.name, *numbers, *labels]))


@volunteer_forgotten.connect
def forget_papers_to_come(volunteer: Volunteer) -> None:
    """Throw away the drafts made out to a volunteer, and their place in every batch."""
    made_out = select(Document).where(
        Document.state == DRAFT, Document.volunteer_id == volunteer.id
    )
    throw_away(list(db.session.scalars(made_out)))
    throw_away(drafts_that_say([volunteer.name, volunteer.phone]))
    for batch in db.session.scalars(select(Batch)):
        leave_out(batch, volunteer)


def throw_away(drafts: Collection[Document]) -> None:
    for draft in drafts:
        discard(draft)


def drafts_that_say(words: Collection[str]) -> list[Document]:
    """Return the drafts in which one of these stands, however it is spaced.

    A paper made out to a volunteer of that very name is somebody else's.
    """
    sought = ["".join(word.split()) for word in words if len(word) >= SHORTEST_NAME]
    return [
        draft
        for draft in db.session.scalars(select(Document).where(Document.state == DRAFT))
        if any(word in said_by(draft) for word in sought)
        and not (draft.volunteer_id and draft.recipient in sought)
    ]


def said_by(draft: Document) -> str:
    said = "\n".join([draft.title, draft.recipient, *texts_in(draft.content)])
    return "".join(said.split())


def leave_out(batch: Batch, volunteer: Volunteer) -> None:
    """Forget one person of a batch: what was issued keeps its place, the rest goes on without."""
    if all(person.get("volunteer_id") != volunteer.id for person in batch.people):
        return
    others = [
        person if person.get("volunteer_id") != volunteer.id else {} for person in batch.people
    ]
    batch.people = others if batch.state == DONE else [person for person in others if person]
    batch.problem = ""
    if not batch.people:
        db.session.delete(batch)
    db.session.flush()
