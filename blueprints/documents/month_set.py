"""The papers of a month as one set: how many of each kind are issued, and what still waits.

A paper belongs to the month on its date. Papers about one person's work (成长档案) are no part of
the set; those made void are not printed.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, and_, case, func, select

from blueprints.documents.kinds import (
    CLAIM_CARDS,
    KINDS,
    MINUTES,
    NOTICE,
    PLAN,
    PUBLIC_NOTICE,
    REMINDER,
    REPORT,
    SUMMARY,
    WISH_WALL,
    Kind,
)
from blueprints.documents.models import DRAFT, ISSUED, Document
from blueprints.documents.printing import Sheet, sheet_of
from blueprints.teams.queries import Term
from core.db import db
from core.errors import RuleBroken

# What is filed, what hangs, then what people are given.
_FIRST = (REPORT, MINUTES, SUMMARY, PLAN, NOTICE, PUBLIC_NOTICE, REMINDER, WISH_WALL, CLAIM_CARDS)
SET = tuple(
    sorted(
        (code for code, kind in KINDS.items() if not kind.is_personal),
        key=lambda code: _FIRST.index(code) if code in _FIRST else len(_FIRST),
    )
)
MOST_AT_ONCE = 500


class TooManyForOneFile(RuleBroken):
    def __str__(self) -> str:
        return _("一次最多印 %(most)s 份，请少选几样，分几次印。", most=MOST_AT_ONCE)


@dataclass(frozen=True)
class MonthSet:
    """What a month has: (kind, how many are issued) in the order of printing, and its drafts."""

    month: date
    kinds: list[tuple[Kind, int]]
    drafts: int

    @property
    def papers(self) -> int:
        return sum(count for _kind, count in self.kinds)

    @property
    def before(self) -> date:
        return (self.month - timedelta(days=1)).replace(day=1)

    @property
    def following(self) -> date:
        return Term.month_of(self.month).last + timedelta(days=1)

    def lacks(self, kind: str) -> bool:
        return all(found.code != kind for found, _count in self.kinds)


def set_of(month: date) -> MonthSet:
    """Return what the month of this day has, for the secretary."""
    counted = (
        select(
            Document.kind,
            func.count(case((Document.state == ISSUED, 1))),
            func.count(case((Document.state == DRAFT, 1))),
        )
        .where(dated_within(month))
        .group_by(Document.kind)
    )
    found = {kind: (issued, drafts) for kind, issued, drafts in db.session.execute(counted)}
    kinds = [(KINDS[code], found[code][0]) for code in SET if code in found and found[code][0]]
    return MonthSet(month.replace(day=1), kinds, sum(drafts for _issued, drafts in found.values()))


def dated_within(month: date) -> ColumnElement[bool]:
    term = Term.month_of(month)
    return and_(
        Document.state.in_((ISSUED, DRAFT)),
        Document.dated_on.between(term.first, term.last),
        Document.kind.in_(SET),
    )


def sheets_of(month: date, kinds: Collection[str]) -> list[Sheet]:
    """Return what to print of these kinds, in the order of kinds and numbers.

    Raises TooManyForOneFile.
    """
    papers = db.session.scalars(_issued(month, kinds).limit(MOST_AT_ONCE + 1)).all()
    if len(papers) > MOST_AT_ONCE:
        raise TooManyForOneFile
    return [sheet_of(paper) for paper in papers]


def _issued(month: date, kinds: Collection[str]) -> Select[tuple[Document]]:
    place = case({code: place for place, code in enumerate(SET)}, value=Document.kind)
    return (
        select(Document)
        .where(dated_within(month), Document.state == ISSUED, Document.kind.in_(kinds))
        .order_by(place, Document.serial_year, Document.serial_number)
    )
