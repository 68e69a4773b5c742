"""Who may see, draft, issue and hang which papers.

The secretary keeps the register and alone gives numbers and takes them back: issuing is what
the branch answers for. The manager reads the register (honours are given in front of everyone,
notices hang in public) and drafts notices, because waterworks and lifts are the manager's
business; certificates still in the making are not. Everybody, mentors and administrators too,
sees the issued papers made out to themselves and may print them (个人信息保护法, article 45:
a person may have a copy of what concerns them); of all others they see nothing.
"""

from sqlalchemy import Select, and_, false, or_, select

from blueprints.accounts.models import User
from blueprints.documents.kinds import KINDS
from blueprints.documents.models import DRAFT, Document, Posting
from blueprints.teams.models import Volunteer
from core.access import MANAGER, SECRETARY


def documents_visible_to(user: User) -> Select[tuple[Document]]:
    if user.has_role(SECRETARY):
        return select(Document)
    own_ids = select(Volunteer.id).where(Volunteer.user_id == user.id)
    own = and_(Document.state != DRAFT, Document.volunteer_id.in_(own_ids))
    if user.has_role(MANAGER):
        written = [kind.code for kind in KINDS.values() if kind.managers_write]
        personal = [kind.code for kind in KINDS.values() if kind.is_personal]
        issued = and_(Document.state != DRAFT, Document.kind.not_in(personal))
        return select(Document).where(or_(own, issued, Document.kind.in_(written)))
    return select(Document).where(own)


def postings_visible_to(user: User) -> Select[tuple[Posting]]:
    return select(Posting) if keeps_postings(user) else select(Posting).where(false())


def reads_register(user: User) -> bool:
    """Answer whether the person sees more than their own papers."""
    return user.has_role(SECRETARY, MANAGER)


def can_draft(user: User, kind: str) -> bool:
    """Answer whether the person writes papers of this kind; some issuers must not give some."""
    entry = KINDS[kind]
    writes = user.has_role(SECRETARY) or (entry.managers_write and user.has_role(MANAGER))
    return writes and entry.is_offered


def can_edit(user: User, document: Document) -> bool:
    """A draft is for whoever may write papers of its kind; an issued paper for nobody."""
    return document.is_draft and can_draft(user, document.kind)


def can_decide(user: User) -> bool:
    """Answer whether the person issues papers and makes them void."""
    return user.has_role(SECRETARY)


def keeps_postings(user: User) -> bool:
    """Answer whether the person notes where papers hang and when they come down."""
    return user.has_role(SECRETARY, MANAGER)
