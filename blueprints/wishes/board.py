"""The board: five columns on the way of a wish, and each state as a list."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

from blueprints.accounts.models import User
from blueprints.households.models import Household
from blueprints.wishes.access import Seen, seen_by, taken_part_by, wishes_visible_to
from blueprints.wishes.claims import Claim
from blueprints.wishes.filters import BoardFilter
from blueprints.wishes.models import Wish
from blueprints.wishes.queries import CARD, lapsed, stands_in, stands_since
from blueprints.wishes.states import (
    BOARD_STATES,
    CLAIMED,
    COLLECTED,
    FULFILLED,
    PUBLISHED,
    STATE_NAMES,
)
from core.clock import today
from core.db import db
from core.paging import Page, one_page

# More cards than this make a column unreadable; the rest is one click away in the list.
COLUMN_LIMIT = 10
PAGE_LENGTH = 50
WAITING = (COLLECTED, PUBLISHED, FULFILLED)


@dataclass(frozen=True)
class Column:
    """One state on the board, with its first cards and the number of all."""

    state: str
    cards: list[Seen]
    total: int

    @property
    def name(self) -> str:
        return str(STATE_NAMES[self.state])

    @property
    def more(self) -> int:
        return self.total - len(self.cards)


@dataclass(frozen=True)
class Board:
    """The five columns, and how many wishes lie outside them."""

    columns: list[Column]
    over: list[Column]

    @property
    def is_empty(self) -> bool:
        return not any(column.total for column in self.columns + self.over)


def board(user: User, filters: BoardFilter) -> Board:
    """Return what this person sees of the board, in a number of queries that never grows."""
    visible = filtered(user, filters)
    totals = count_by_state(visible)
    first = {state: first_ids(visible, state) for state in BOARD_STATES}
    cards = cards_by_id(user, [wish_id for ids in first.values() for wish_id in ids])
    columns = [
        Column(state, [cards[wish_id] for wish_id in first.get(state, [])], totals[state])
        for state in STATE_NAMES
    ]
    split = len(BOARD_STATES)
    return Board(columns[:split], columns[split:])


def filtered(user: User, filters: BoardFilter) -> Select[tuple[Wish]]:
    """Return the wishes this person may see, narrowed down as they asked."""
    found = wishes_visible_to(user)
    if filters.kind.data:
        found = found.where(Wish.kind == filters.kind.data)
    if filters.estate_id:
        found = found.where(Wish.household.has(Household.estate_id == filters.estate_id))
    if filters.days:
        found = found.where(stands_since() <= today() - timedelta(days=filters.days))
    if filters.mine.data:
        taken_part = Wish.claims.any(taken_part_by(user) & Claim.ended_at.is_(None))
        found = found.where(or_(taken_part, Wish.collected_by_id == user.id))
    return found


def count_by_state(visible: Select[tuple[Wish]]) -> dict[str, int]:
    """Return how many of these wishes stand in each state today."""
    by_state = visible.with_only_columns(Wish.state, func.count()).group_by(Wish.state)
    totals = dict.fromkeys(STATE_NAMES, 0) | {s: n for s, n in db.session.execute(by_state)}
    back = db.session.scalar(visible.where(lapsed()).with_only_columns(func.count())) or 0
    totals[CLAIMED] -= back
    totals[PUBLISHED] += back
    return totals


def in_order(state: str) -> tuple[ColumnElement[Any], ...]:
    """Return the order of a state's wishes: what waits the longest first, what is promised by
    its day, and of what is over the newest."""
    if state == CLAIMED:
        return (Wish.lapses_on, Wish.id)
    if state in WAITING:
        return (Wish.since, Wish.id)
    return (Wish.since.desc(), Wish.id.desc())


def first_ids(visible: Select[tuple[Wish]], state: str) -> list[int]:
    """Return the ids of a column's first cards."""
    column = visible.where(stands_in(state)).with_only_columns(Wish.id)
    return list(db.session.scalars(column.order_by(*in_order(state)).limit(COLUMN_LIMIT)))


def cards_by_id(user: User, ids: list[int]) -> dict[int, Seen]:
    """Return the cards of these wishes with all that they show."""
    wishes = db.session.scalars(select(Wish).where(Wish.id.in_(ids)).options(*CARD))
    return {seen.wish.id: seen for seen in seen_by(user, list(wishes))}


def listed(user: User, filters: BoardFilter) -> Select[tuple[Wish]]:
    """Return the wishes of the board, or of the one state asked for, with all that cards show."""
    found, state = filtered(user, filters), filters.state.data
    if not filters.wants_list:
        return found.order_by(Wish.id.desc()).options(*CARD)
    return found.where(stands_in(state)).order_by(*in_order(state)).options(*CARD)


def page_of(user: User, filters: BoardFilter) -> tuple[Page[Wish], list[Seen]]:
    """Return one page of the wishes in one state, and how the person sees them."""
    page = one_page(listed(user, filters), PAGE_LENGTH)
    return page, seen_by(user, list(page.items))
