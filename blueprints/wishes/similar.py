"""Earlier wishes like the one that is being typed, so that nobody asks twice for one thing and
everybody can see how it was done before."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, or_, select

from blueprints.accounts.models import User
from blueprints.households.access import in_full_for
from blueprints.households.models import Household
from blueprints.wishes.access import ON_THE_WALL, Seen, seen_by, wishes_visible_to
from blueprints.wishes.models import Wish
from blueprints.wishes.queries import CARD
from core.db import db

SHOWN = 3
# Wishes of so many years back are no help; a limit keeps the search quick however many there are.
LATEST = 2000
CANDIDATES = 60
# As much of the words have to agree; “修收音机” and “修一台收音机” do, “修门” does not.
ALIKE_ENOUGH = 0.4


@dataclass(frozen=True)
class Similar:
    """An earlier wish, and whether it is of the very household that is being asked about."""

    seen: Seen
    of_this_household: bool


def similar_to(what: str, household: Household, user: User) -> list[Similar]:
    """Return the earlier wishes most like these words, those of the household itself first.

    Compared are only words that the reader may see: the public text, or what was written down
    where they look after the household.
    """
    wanted = pairs(what)
    if not wanted:
        return []
    found = seen_by(user, db.session.scalars(candidates(wanted, user)).all())
    alike = [(likeness(wanted, pairs(seen.wish.title)), seen) for seen in found]
    best = sorted(
        (one for one in alike if one[0] >= ALIKE_ENOUGH),
        key=lambda one: (one[1].wish.household_id != household.id, -one[0], -one[1].wish.id),
    )
    return [Similar(seen, seen.wish.household_id == household.id) for _, seen in best[:SHOWN]]


def candidates(wanted: set[str], user: User) -> Select[tuple[Wish]]:
    """Return the latest visible wishes in whose readable words one of the pairs occurs."""
    latest = select(Wish.id).order_by(Wish.id.desc()).limit(LATEST)
    public = Wish.state.in_(ON_THE_WALL) & any_of(wanted, Wish.public_text)
    own = Wish.household.has(in_full_for(user)) & any_of(wanted, Wish.what)
    visible = wishes_visible_to(user).where(Wish.id.in_(latest), or_(public, own))
    return visible.order_by(Wish.id.desc()).limit(CANDIDATES).options(*CARD)


def any_of(wanted: set[str], column: ColumnElement[str]) -> ColumnElement[bool]:
    return or_(*(column.contains(pair, autoescape=True) for pair in sorted(wanted)))


def pairs(words: str) -> set[str]:
    """Return every two neighbouring characters: Chinese is written without spaces."""
    text = "".join(sign for sign in words if sign.isalnum())
    return {text[start : start + 2] for start in range(len(text) - 1)}


def likeness(one: set[str], other: set[str]) -> float:
    """Return how much two texts have in common, as a share of the shorter one."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0
