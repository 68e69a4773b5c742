"""Reading wishes: the board, what waits for somebody, and the month's figure."""

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from blueprints.accounts.models import User
from blueprints.accounts.queries import people_with_role
from blueprints.households.access import households_visible_to
from blueprints.households.models import Estate, Household, Resident, Room
from blueprints.visits.models import Pairing
from blueprints.wishes.access import Seen, seen_by, wishes_visible_to
from blueprints.wishes.forms import BoardFilter
from blueprints.wishes.models import Claim, Wish, WishStep
from blueprints.wishes.states import (
    BOARD_STATES,
    CLAIMED,
    COLLECTED,
    CONFIRMED,
    PUBLISHED,
    STATE_NAMES,
)
from core.access import SECRETARY
from core.audit import AuditEntry
from core.clock import SHANGHAI, now
from core.db import db
from core.names import display_with_honorific
from core.settings import setting

# More cards than this make a column unreadable; the rest is one click away in the list.
COLUMN_LIMIT = 30
PAGE_LENGTH = 50
HOUSEHOLD_CHOICES = 50

DOORPLATE = (
    joinedload(Household.estate),
    joinedload(Household.building),
    joinedload(Household.room).joinedload(Room.unit),
    selectinload(Household.residents),
)
CARD = (
    joinedload(Wish.household).joinedload(Household.estate),
    joinedload(Wish.collected_by),
    selectinload(Wish.claims).joinedload(Claim.claimer),
)
STORY = (
    *CARD,
    joinedload(Wish.resident),
    joinedload(Wish.household).options(*DOORPLATE),
    selectinload(Wish.claims).joinedload(Claim.photo),
    selectinload(Wish.steps).joinedload(WishStep.by),
)


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
    counted = visible.with_only_columns(Wish.state, func.count()).group_by(Wish.state)
    totals = {state: total for state, total in db.session.execute(counted)}
    cards = seen_by(user, list(db.session.scalars(first_of_each_state(visible))))
    columns = [
        Column(state, [card for card in cards if card.wish.state == state], totals.get(state, 0))
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
    if filters.mine.data:
        claimed = Wish.claims.any((Claim.claimer_id == user.id) & Claim.ended_at.is_(None))
        found = found.where(or_(claimed, Wish.collected_by_id == user.id))
    return found


def travel_order() -> ColumnElement[int]:
    """Oldest first, for they wait the longest; of those that are done the newest."""
    return case((Wish.state == CONFIRMED, -Wish.id), else_=Wish.id)


def first_of_each_state(visible: Select[tuple[Wish]]) -> Select[tuple[Wish]]:
    """Return the first cards of every column with all that a card shows."""
    place = func.row_number().over(partition_by=Wish.state, order_by=travel_order())
    ranked = (
        visible.where(Wish.state.in_(BOARD_STATES))
        .with_only_columns(Wish.id, place.label("place"))
        .subquery()
    )
    return (
        select(Wish)
        .join(ranked, ranked.c.id == Wish.id)
        .where(ranked.c.place <= COLUMN_LIMIT)
        .order_by(travel_order())
        .options(*CARD)
    )


def page_of(user: User, filters: BoardFilter, number: int) -> Pagination:
    """Return one page of the wishes in one state, the newest first."""
    return db.paginate(listed(user, filters), page=number, per_page=PAGE_LENGTH, error_out=False)


def listed(user: User, filters: BoardFilter) -> Select[tuple[Wish]]:
    """Return the wishes of the board, or of the one state asked for, the newest first."""
    found = filtered(user, filters)
    if filters.wants_list:
        found = found.where(Wish.state == filters.state.data)
    return found.order_by(Wish.id.desc()).options(*CARD)


def with_story(visible: Select[tuple[Wish]], wish_id: int) -> Select[tuple[Wish]]:
    """Return one of the visible wishes with everything its page shows."""
    return visible.where(Wish.id == wish_id).options(*STORY)


def wishes_of(household: Household, user: User) -> list[Seen]:
    """Return what this person sees of one household's wishes, the newest first."""
    found = wishes_visible_to(user).where(Wish.household_id == household.id)
    return seen_by(user, list(db.session.scalars(found.order_by(Wish.id.desc()).options(*CARD))))


def door_opened_at(user: User, wish: Wish) -> datetime | None:
    """Return when the claimer opened the door of a wish; it closes again after a while."""
    since = now() - timedelta(minutes=setting("reveal_closes_after_minutes"))
    return db.session.scalar(
        select(func.max(AuditEntry.at)).where(
            AuditEntry.user_id == user.id,
            AuditEntry.action == "reveal_room",
            AuditEntry.object_type == "wish",
            AuditEntry.object_id == str(wish.id),
            AuditEntry.at >= since,
        )
    )


def waiting() -> Select[tuple[Wish]]:
    """Return the wishes that nobody has decided on yet."""
    return select(Wish).where(Wish.state == COLLECTED)


def waiting_for_approval(limit: int | None = None) -> list[Wish]:
    """Return the wishes the secretary has to decide on, the longest waiting first."""
    in_order = waiting().order_by(Wish.collected_on, Wish.id).limit(limit)
    return list(db.session.scalars(in_order.options(*CARD)))


def count_to_claim() -> int:
    """Return how many wishes hang on the wall for somebody to claim."""
    return db.session.scalar(select(func.count(Wish.id)).where(Wish.state == PUBLISHED)) or 0


def who_looks_after(wish: Wish) -> set[int]:
    """Return the id of the student paired with the wish's household now, if there is one."""
    paired = select(Pairing.student_id).where(
        Pairing.household_id == wish.household_id, Pairing.ended_on.is_(None)
    )
    return set(db.session.scalars(paired))


def who_can_call_back(wish: Wish) -> set[int]:
    """Return the ids of those to ask the resident: the household's own student, unless they did
    it themselves; then the secretaries."""
    others = who_looks_after(wish) - {wish.claim.claimer_id}
    return others or {person.id for person in people_with_role(SECRETARY)}


def live_claims() -> Select[tuple[Claim]]:
    """Return the claims that are still to be made good, the most urgent first."""
    return (
        select(Claim)
        .join(Claim.wish)
        .where(Claim.ended_at.is_(None), Wish.state == CLAIMED)
        .order_by(Claim.due_on, Claim.id)
        .options(
            joinedload(Claim.claimer),
            joinedload(Claim.wish).joinedload(Wish.household).joinedload(Household.estate),
        )
    )


def claims_of(user: User) -> list[Claim]:
    """Return what this person has promised and not done yet, the most urgent first."""
    return list(db.session.scalars(live_claims().where(Claim.claimer_id == user.id)))


def late_claims(on: date) -> list[Claim]:
    """Return the claims whose day has passed. The day itself still counts as in time."""
    return list(db.session.scalars(live_claims().where(Claim.due_on < on)))


def late_wishes(on: date) -> list[Wish]:
    """Return the wishes of the late claims, ready to be released."""
    late = live_claims().where(Claim.due_on < on).with_only_columns(Claim.wish_id).order_by(None)
    wishes = select(Wish).where(Wish.id.in_(late)).order_by(Wish.id)
    return list(
        db.session.scalars(wishes.options(selectinload(Wish.claims), selectinload(Wish.steps)))
    )


def fulfilled_in_month(year: int, month: int) -> int:
    """Return how many wishes were made real in a month of the calendar in Shanghai.

    Every figure of fulfilled wishes is this one: it counts on the day of the proof, and a
    wish that the resident calls not done counts no longer.
    """
    done = fulfilled_within(year, month)
    return db.session.scalar(select(func.count(Claim.id)).where(*done)) or 0


def fulfilled_wishes(user: User, month: date) -> Select[tuple[Wish]]:
    """Return the wishes that ``fulfilled_in_month`` counts, the newest first."""
    done = and_(*fulfilled_within(month.year, month.month))
    found = wishes_visible_to(user).where(Wish.claims.any(done))
    return found.order_by(Wish.id.desc()).options(*CARD)


def fulfilled_within(year: int, month: int) -> tuple[ColumnElement[bool], ...]:
    start = datetime.combine(date(year, month, 1), time(), SHANGHAI)
    following = date(year + month // 12, month % 12 + 1, 1)
    end = datetime.combine(following, time(), SHANGHAI)
    return Claim.fulfilled_at >= start, Claim.fulfilled_at < end


def next_number(year: int) -> int:
    """Return the number after the year's last one; the UNIQUE constraint decides a race."""
    last = select(func.max(Wish.number)).where(Wish.year == year)
    return (db.session.scalar(last) or 0) + 1


def names_that_may_occur(text: str, estate_id: int) -> list[str]:
    """Return the names that a text about this estate might give away.

    Those of its residents, as written and as neighbours say them, and of the colleagues. To
    read an estate of 50,000 for every scan would take a second, so only names that begin
    with a character of the text are loaded.
    """
    letters = sorted(set(text) | set(unicodedata.normalize("NFKC", text)))
    residents = (
        select(Resident.name, Resident.honorific)
        .join(Resident.household)
        .where(Household.estate_id == estate_id, func.substr(Resident.name, 1, 1).in_(letters))
    )
    rows = db.session.execute(residents).all()
    spoken = {display_with_honorific(row.name, row.honorific) for row in rows}
    return [*{row.name for row in rows}, *spoken, *db.session.scalars(select(User.name))]


def estate_names() -> list[tuple[int, str]]:
    """Return (id, name) of every estate: the public place of a wish."""
    rows = db.session.execute(select(Estate.id, Estate.name).order_by(Estate.name))
    return [(estate_id, name) for estate_id, name in rows]


def households_to_collect_for(user: User) -> list[Household]:
    """Return the first households this person may write a wish down for, by address."""
    found = households_visible_to(user).where(Household.moved_out_on.is_(None))
    return list(
        db.session.scalars(
            found.order_by(Household.estate_id, Household.address_key)
            .limit(HOUSEHOLD_CHOICES)
            .options(*DOORPLATE)
        )
    )


def household_to_collect_for(user: User, household_id: int) -> Select[tuple[Household]]:
    """Return one household this person sees in full, with what the wish form shows of it."""
    consents = selectinload(Household.residents).selectinload(Resident.consents)
    found = households_visible_to(user).where(Household.id == household_id)
    return found.options(*DOORPLATE, consents)
