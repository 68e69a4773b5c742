"""Who may see which wishes, and who may take which step.

A wish on the wall (published or further) is open to all staff who may claim, under its public
text alone. What was written down, where the household lives and what was said there belong to
those who see the household in full. Mentors and administrators see no wishes at all.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, false, or_, select

from blueprints.accounts.models import User
from blueprints.households.access import in_full_for, sees_in_full
from blueprints.wishes.claims import Claim, Helper
from blueprints.wishes.models import Wish
from blueprints.wishes.states import CLAIMED, CONFIRMED, FULFILLED, PUBLISHED, THANKED
from core.access import MANAGER, SECRETARY, STUDENT

ON_THE_WALL = (PUBLISHED, CLAIMED, FULFILLED, CONFIRMED, THANKED)


def may_claim(user: User) -> bool:
    """Claiming is voluntary, and open to everyone who works in the estates."""
    return user.has_role(STUDENT, SECRETARY, MANAGER)


def may_collect(user: User) -> bool:
    """Who can see at least one household in full may write a wish down."""
    return user.has_role(STUDENT, SECRETARY)


def wishes_visible_to(user: User) -> Select[tuple[Wish]]:
    """Return the wishes this person may see, in whatever depth; ``Seen`` knows the depth.

    Who once took part in a wish keeps seeing what became of it.
    """
    if not may_claim(user):
        return select(Wish).where(false())
    return select(Wish).where(
        or_(
            Wish.state.in_(ON_THE_WALL),
            Wish.household.has(in_full_for(user)),
            Wish.claims.any(taken_part_by(user)),
        )
    )


def taken_part_by(user: User) -> ColumnElement[bool]:
    """The condition under which a claim is this person's, as claimer or as helper."""
    return or_(Claim.claimer_id == user.id, Claim.helpers.any(Helper.user_id == user.id))


@dataclass(frozen=True)
class Seen:
    """One wish as one person sees it: how much of it, and what they may do with it.

    Routes ask ``can``, templates ask ``offers``; both read the same table.
    """

    wish: Wish
    user: User
    in_full: bool

    @property
    def is_claimer(self) -> bool:
        return self.wish.is_claimed_by(self.user)

    @property
    def takes_part(self) -> bool:
        return self.wish.has_part_in(self.user)

    @property
    def sees_proof(self) -> bool:
        """What was done and what the resident said: for who did it and who looks after them."""
        return self.in_full or self.takes_part

    @property
    def sees_cost(self) -> bool:
        """What somebody spent is nobody else's business."""
        return self.is_claimer or decides(self)

    def can(self, step: str) -> bool:
        """Answer whether this person is one who takes this step."""
        return RIGHTS[step](self)

    def offers(self, step: str) -> bool:
        """Answer whether this person can take this step now."""
        return self.wish.is_open_for(step) and self.can(step)


def decides(seen: Seen) -> bool:
    return seen.user.has_role(SECRETARY)


def looks_after(seen: Seen) -> bool:
    return seen.in_full


def claims(seen: Seen) -> bool:
    return may_claim(seen.user)


def promised(seen: Seen) -> bool:
    return seen.is_claimer


def promised_or_decides(seen: Seen) -> bool:
    return seen.is_claimer or decides(seen)


def takes_part(seen: Seen) -> bool:
    return seen.takes_part


def may_join(seen: Seen) -> bool:
    """Helping is voluntary, as claiming is; once is enough."""
    return may_claim(seen.user) and not seen.takes_part


def helps(seen: Seen) -> bool:
    return seen.takes_part and not seen.is_claimer


def calls_back(seen: Seen) -> bool:
    """Only who may know the phone can call, and never about what they did themselves."""
    return seen.in_full and not seen.takes_part


RIGHTS: dict[str, Callable[[Seen], bool]] = {
    "revise": looks_after,
    "approve": decides,
    "decline": decides,
    "claim": claims,
    "see_door": takes_part,
    "join": may_join,
    "leave": helps,
    "release": promised_or_decides,
    "fulfil": promised,
    "confirm": calls_back,
    "reopen": calls_back,
    "thank": decides,
    "withdraw": looks_after,
}


def seen_by(user: User, wishes: Sequence[Wish]) -> list[Seen]:
    """Return these wishes as this person sees them; one query, however many there are."""
    full = sees_in_full(user, {wish.household_id for wish in wishes})
    return [Seen(wish, user, wish.household_id in full) for wish in wishes]
