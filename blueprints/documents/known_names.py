"""The names of everybody known here, kept at hand for previews that follow every keystroke.

Asking the database for the names in a text reads those of all residents, which takes longer than
drawing the page. What was read is good until the audit trail grows: no name changes without an
entry. Issuing does not rely on it and asks anew: ``queries.names_that_may_occur``.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, literal, select, union_all

from blueprints.accounts.models import User
from blueprints.documents.queries import letters_of_names
from blueprints.households.models import Resident
from blueprints.teams.models import Volunteer
from core.audit import AuditEntry
from core.db import db
from core.names import display_with_honorific
from core.privacy import NameIndex


@dataclass(frozen=True)
class _Kept:
    """Names as written and as neighbours say them, by their first character, and until when."""

    entry: str | None
    by_first: dict[str, set[str]]


# By the database they were read from: there may be several in one process.
_kept: WeakKeyDictionary[Engine, _Kept] = WeakKeyDictionary()


def names_at_hand(texts: Iterable[str]) -> NameIndex:
    """Return the known names of which the first two characters stand somewhere in these texts."""
    letters, by_first = letters_of_names(texts), _all_names()
    return NameIndex(
        name
        for letter in letters
        for name in by_first.get(letter, ())
        if len(name) == 1 or name[1] in letters
    )


def _all_names() -> dict[str, set[str]]:
    newest = select(AuditEntry.hash).order_by(AuditEntry.id.desc()).limit(1)
    entry = db.session.scalar(newest)
    kept = _kept.get(db.engine)
    if kept is None or entry is None or entry != kept.entry:
        kept = _kept[db.engine] = _Kept(entry, _read())
    return kept.by_first


def _read() -> dict[str, set[str]]:
    known = union_all(
        select(Resident.name, Resident.honorific),
        select(Volunteer.name, literal("")),
        select(User.name, literal("")),
    )
    by_first: dict[str, set[str]] = defaultdict(set)
    for name, honorific in db.session.execute(known):
        for said in (name, display_with_honorific(name, honorific) if honorific else ""):
            if said:
                by_first[said[0]].add(said)
    return dict(by_first)
