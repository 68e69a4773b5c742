"""Reading wishes: one and its story, what waits for somebody, and the month's figure."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from blueprints.accounts.models import User
from blueprints.accounts.queries import people_with_role
from blueprints.households.access import households_visible_to
from blueprints.households.models import Consent, Estate, Household, Resident, Room
from blueprints.visits.models import Visit
from blueprints.visits.pairings import Pairing
from blueprints.wishes.access import Seen, seen_by, taken_part_by, wishes_visible_to
from blueprints.wishes.claims import Claim, Helper, WishStep
from blueprints.wishes.models import Wish
from blueprints.wishes.states import CLAIMED, COLLECTED, PUBLISHED
from core.access import SECRETARY
from core.audit import AuditEntry
from core.clock import SHANGHAI, now, today
from core.db import db
from core.folding import written_forms
from core.names import display_with_honorific
from core.settings import setting

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
    selectinload(Wish.claims).options(
        joinedload(Claim.claimer), selectinload(Claim.helpers).joinedload(Helper.user)
    ),
)
STORY = (
    *CARD,
    joinedload(Wish.resident),
    joinedload(Wish.household).options(*DOORPLATE),
    selectinload(Wish.claims).options(joinedload(Claim.photo), joinedload(Claim.confirmed_by)),
    selectinload(Wish.steps).joinedload(WishStep.by),
)


def lapsed() -> ColumnElement[bool]:
    """The condition under which a claim binds no longer, as ``Wish.has_lapsed`` tells it."""
    return (Wish.state == CLAIMED) & (Wish.lapses_on <= today())


def stands_in(state: str) -> ColumnElement[bool]:
    """The condition under which a wish stands in a state today, as ``Wish.standing`` tells it."""
    if state == PUBLISHED:
        return or_(Wish.state == PUBLISHED, lapsed())
    if state == CLAIMED:
        binding = or_(Wish.lapses_on.is_(None), Wish.lapses_on > today())
        return (Wish.state == CLAIMED) & binding
    return Wish.state == state


def may_hang() -> ColumnElement[bool]:
    """The condition under which a wish may be printed for a wall: nobody has made it real yet,
    and its household has not asked for it to stay with its claimer."""
    return or_(Wish.state == PUBLISHED, (Wish.state == CLAIMED) & Wish.lapses_on.is_not(None))


def stands_since() -> ColumnElement[date]:
    """Since when it stands there, as ``Wish.standing_since`` tells it."""
    return case((lapsed(), Wish.lapses_on), else_=Wish.since)


def with_story(visible: Select[tuple[Wish]], wish_id: int) -> Select[tuple[Wish]]:
    """Return one of the visible wishes with everything its page shows."""
    return visible.where(Wish.id == wish_id).options(*STORY)


def answer_about(wish: Wish, question: str) -> str | None:
    """Return the latest answer to a question of consent: of the resident whose wish it is, or of
    who the household is called after; None where nobody asked."""
    person = wish.resident or wish.household.head
    asked = select(Consent.answer).where(
        Consent.resident_id == (person.id if person else None),
        Consent.kind == question,
        Consent.given_on <= today(),
    )
    return db.session.scalar(asked.order_by(Consent.id.desc()).limit(1))


def wishes_of(household: Household, user: User) -> list[Seen]:
    """Return what this person sees of one household's wishes, the newest first."""
    return cards(user, Wish.household_id == household.id)


def wishes_heard_in(visit: Visit, user: User) -> list[Seen]:
    """Return what this person sees of the wishes that were heard during a visit."""
    return cards(user, Wish.visit_id == visit.id)


def cards(user: User, condition: ColumnElement[bool]) -> list[Seen]:
    """Return the wishes of a condition as this person sees them, the newest first."""
    found = wishes_visible_to(user).where(condition).order_by(Wish.id.desc())
    return seen_by(user, list(db.session.scalars(found.options(*CARD))))


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
    in_order = waiting().order_by(Wish.since, Wish.id).limit(limit)
    return list(db.session.scalars(in_order.options(*CARD)))


def count_to_claim() -> int:
    """Return how many wishes hang on the wall for somebody to claim."""
    return db.session.scalar(select(func.count(Wish.id)).where(stands_in(PUBLISHED))) or 0


def who_looks_after(wish: Wish) -> set[int]:
    """Return the id of the student paired with the wish's household now, if there is one."""
    paired = select(Pairing.student_id).where(
        Pairing.household_id == wish.household_id, Pairing.ended_on.is_(None)
    )
    return set(db.session.scalars(paired))


def who_can_call_back(wish: Wish) -> set[int]:
    """Return the ids of those to ask the resident: the household's own student, unless they had
    a part in it; then the secretaries."""
    others = who_looks_after(wish) - wish.claim.everyone_ids
    return others or {person.id for person in people_with_role(SECRETARY)}


def open_claims() -> Select[tuple[Claim]]:
    """Return the claims that bind today and are still to be made good, the most urgent first."""
    return (
        select(Claim)
        .join(Claim.wish)
        .where(Claim.ended_at.is_(None), stands_in(CLAIMED))
        .order_by(Claim.due_on, Claim.id)
        .options(
            selectinload(Claim.helpers),
            joinedload(Claim.wish).joinedload(Wish.household).joinedload(Household.estate),
        )
    )


def claims_of(user: User) -> list[Claim]:
    """Return what this person takes part in and is not done yet, the most urgent first."""
    return list(db.session.scalars(open_claims().where(taken_part_by(user))))


def claims_due_by(day: date) -> list[Claim]:
    """Return the open claims that are due by a day, the most urgent first."""
    return list(db.session.scalars(open_claims().where(Claim.due_on <= day)))


def lapsed_wishes() -> list[Wish]:
    """Return the wishes whose claims bind no longer, ready to be put back."""
    with_claims = (selectinload(Wish.claims).selectinload(Claim.helpers), selectinload(Wish.steps))
    found = select(Wish).where(lapsed()).order_by(Wish.id).options(*with_claims)
    return list(db.session.scalars(found))


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
    with a character of the text, in one of the forms it may be written in, are loaded.
    """
    letters = sorted(written_forms(text))
    residents = (
        select(Resident.name, Resident.honorific)
        .join(Resident.household)
        .where(Household.estate_id == estate_id, func.substr(Resident.name, 1, 1).in_(letters))
    )
    rows = db.session.execute(residents).all()
    spoken = {display_with_honorific(row.name, row.honorific) for row in rows}
    return [*{row.name for row in rows}, *spoken, *db.session.scalars(select(User.name))]


def door_number(household_id: int) -> str:
    """Return the number on a household's door."""
    number = select(Room.number).join(Household, Household.room_id == Room.id)
    return db.session.scalar(number.where(Household.id == household_id)) or ""


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
