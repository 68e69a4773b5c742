"""What waits for a decision: the numbers of the office's first page and of the badges."""

from dataclasses import dataclass

from flask import g

import blueprints.documents.queries as documents
import blueprints.teams.queries as teams
import blueprints.wishes.queries as wishes
from blueprints.accounts.models import User
from blueprints.documents.access import keeps_postings
from blueprints.home.student import count_due
from core.access import MANAGER, SECRETARY, STUDENT
from core.clock import today


@dataclass(frozen=True)
class Waiting:
    """How many things wait for this person."""

    wishes: int = 0
    entries: int = 0
    minutes: int = 0
    drafts: int = 0
    postings: int = 0
    visits: int = 0

    @property
    def decisions(self) -> int:
        return self.wishes + self.entries + self.drafts + self.postings


def what_waits(user: User) -> Waiting:
    """Return what waits for this person; a page and its frame count it once."""
    if "waiting" not in g:
        g.waiting = counted(user)
    return g.waiting


def counted(user: User) -> Waiting:
    """Count what this person's roles have to decide, each by the room that lists it."""
    decides = user.has_role(SECRETARY)
    entries, minutes = teams.waiting_sum(user) if user.has_role(SECRETARY, MANAGER) else (0, 0)
    return Waiting(
        wishes=wishes.count_waiting_for_approval() if decides else 0,
        entries=entries,
        minutes=minutes,
        drafts=documents.count_drafts() if decides else 0,
        postings=documents.count_to_take_down(today()) if keeps_postings(user) else 0,
        visits=count_due(user, today()) if user.has_role(STUDENT) else 0,
    )
