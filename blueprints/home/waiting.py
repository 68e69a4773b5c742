"""What waits for somebody: the numbers of the office's first page, of the badges and the bell.

Every page of the frame asks, so the numbers come in one statement, put together once for each
combination of roles and day.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from flask import g
from sqlalchemy import ScalarSelect, Select, func, select

import blueprints.documents.queries as documents
import blueprints.wishes.queries as wishes
from blueprints.accounts.models import User
from blueprints.documents.access import keeps_postings
from blueprints.home.student import own_due
from blueprints.teams.access import entries_waiting_for, oversees
from blueprints.teams.models import ServiceEntry
from blueprints.visits.leave import uncovered
from core.access import SECRETARY, STUDENT, Asker
from core.clock import today
from core.db import columns
from core.notices import unread_of


@dataclass(frozen=True)
class Waiting:
    """How many things wait for this person."""

    wishes: int = 0
    entries: int = 0
    minutes: int = 0
    drafts: int = 0
    postings: int = 0
    leaves: int = 0
    visits: int = 0
    unread: int = 0

    @property
    def decisions(self) -> int:
        return self.wishes + self.entries + self.drafts + self.postings + self.leaves


def what_waits(user: User) -> Waiting:
    """Return what waits for this person; a page and its frame count it once."""
    if "waiting" not in g:
        g.waiting = counted(user)
    return g.waiting


def counted(user: User) -> Waiting:
    """Count what this person's roles have to decide, each as the room that lists it does."""
    statement = statement_for(Asker.like(user), today())
    (numbers,) = columns(statement, {Asker.id.key: user.id})
    return Waiting(**numbers._mapping)


@lru_cache
def statement_for(asker: Asker, day: date) -> Select[Any]:
    """Return one row of the numbers that such a person is told."""
    return select(*(number.label(name) for name, number in numbers_for(asker, day).items()))


def numbers_for(asker: Asker, day: date) -> dict[str, ScalarSelect[int]]:
    numbers = {"unread": unread_of(Asker.id).scalar_subquery()}
    if asker.has_role(SECRETARY):
        numbers["wishes"] = how_many(wishes.waiting())
        numbers["drafts"] = how_many(documents.drafts())
        numbers["leaves"] = how_many(uncovered(day))
    if oversees(asker):
        entries = entries_waiting_for(asker)
        numbers["entries"] = how_many(entries)
        numbers["minutes"] = counting(entries, func.coalesce(func.sum(ServiceEntry.minutes), 0))
    if keeps_postings(asker):
        numbers["postings"] = how_many(documents.due_down(day))
    if asker.has_role(STUDENT):
        numbers["visits"] = how_many(own_due(asker, day))
    return numbers


def how_many(found: Select[Any]) -> ScalarSelect[int]:
    return counting(found, func.count())


def counting(found: Select[Any], what: Any) -> ScalarSelect[int]:
    return (
        found.with_only_columns(what, maintain_column_froms=True).order_by(None).scalar_subquery()
    )
