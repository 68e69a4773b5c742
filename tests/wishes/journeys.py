"""Wishes that have already come some way, each in one line."""

import re
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import selectinload

from blueprints.accounts.models import User
from blueprints.households.models import Household
from blueprints.wishes.claims import Claim
from blueprints.wishes.models import Wish
from blueprints.wishes.states import (
    CLAIMED,
    COLLECTED,
    CONFIRMED,
    DECLINED,
    FULFILLED,
    PUBLISHED,
    THANKED,
    WITHDRAWN,
)
from core.clock import today
from core.db import db
from core.notices import Notice
from tests import factories

GRACE = 3
ON_THE_WALL = (PUBLISHED, CLAIMED, FULFILLED, CONFIRMED, THANKED)


def wish_that_is(
    state: str,
    home: Household,
    secretary: User,
    claimer: User | None = None,
    until: date | None = None,
    **fields: Any,
) -> Wish:
    """Return a wish that went all the way to ``state``; the secretary confirms."""
    claimer = claimer or secretary
    wish = whole(factories.wish(home, secretary, **fields).id)
    if state == DECLINED:
        wish.decline(secretary, "已经有人送过了")
    elif state == WITHDRAWN:
        wish.withdraw(secretary, "不想要了")
    elif state in ON_THE_WALL:
        travel(wish, ON_THE_WALL.index(state), secretary, claimer, until)
    elif state != COLLECTED:
        raise ValueError(state)
    db.session.commit()
    return wish


def whole(wish_id: int) -> Wish:
    """Return a wish as it is stored now, with its claims and steps."""
    claims = selectinload(Wish.claims).selectinload(Claim.helpers)
    loaded = (claims, selectinload(Wish.steps))
    return db.session.get_one(Wish, wish_id, options=loaded, populate_existing=True)


def travel(wish: Wish, steps: int, secretary: User, claimer: User, until: date | None) -> None:
    """Take so many steps beyond the approval."""
    wish.approve(secretary, wish.what)
    way = (
        lambda: wish.claim_by(claimer, until or today() + timedelta(days=7), GRACE),
        lambda: wish.fulfil(claimer, "送到家里，教会了怎么用", 88),
        lambda: wish.confirm(someone_else(claimer), "好用，轻松多了"),
        lambda: wish.thank(secretary),
    )
    for step in way[:steps]:
        step()


def someone_else(claimer: User) -> User:
    """Return somebody other than the claimer."""
    return db.session.scalars(db.select(User).where(User.id != claimer.id)).first() or User(id=0)


def told() -> list[tuple[str, int]]:
    """Return (kind, person) of every notice that waits to be read, the oldest first."""
    unread = db.select(Notice).where(Notice.read_at.is_(None)).order_by(Notice.id)
    return [(notice.kind, notice.user_id) for notice in db.session.scalars(unread)]


def column(page: str, state: str) -> str:
    """Return the part of the board that holds one state."""
    return re.search(rf'aria-labelledby="column-{state}".*?</section>', page, re.DOTALL)[0]
