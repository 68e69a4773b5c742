"""Wishes in proportion to the households."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from sqlalchemy import func, select

from blueprints.demo.bulk.doors import Door
from blueprints.demo.bulk.rows import Row, afternoon, put, put_for_ids
from blueprints.demo.story import Story
from blueprints.wishes.claims import Claim, WishStep
from blueprints.wishes.models import Wish
from core.db import db

HOMES_PER_WISH = 20
DAYS = 3 * 365
THINGS = ("防滑垫", "老花镜", "小台灯", "保温杯", "修水龙头", "理一次发", "陪着买菜", "读一次报")
# A wish's way, and how far along it the wishes have come; most have gone all of it.
WAY = ("collected", "published", "claimed", "fulfilled", "confirmed", "thanked")
STEPS_TAKEN = (0, 1, 1, 2, 2, 3, 4, 4, 5, 5, 5, 5)


def make_wishes(story: Story, doors: list[Door], students: Sequence[int]) -> None:
    """Write one wish for every so many households, somewhere on its way."""
    wishing = doors[::HOMES_PER_WISH]
    days = sorted((story.dice.randrange(1, DAYS) for _door in wishing), reverse=True)
    first = (db.session.scalar(select(func.max(Wish.number))) or 0) + 1
    wishes = [
        wish(story, door, story.ago(days_ago), number, story.dice.choice(students))
        for number, (door, days_ago) in enumerate(zip(wishing, days, strict=True), start=first)
    ]
    made = list(zip(put_for_ids(Wish, wishes), wishes, strict=True))
    qin = story.people["qin"].id
    put(Claim, [claim(id_, row, qin) for id_, row in made if reached(row, "claimed")])
    put(WishStep, [step for id_, row in made for step in steps(id_, row)])


def reached(wish: Row, state: str) -> bool:
    return WAY.index(wish["state"]) >= WAY.index(state)


def wish(story: Story, door: Door, day: date, number: int, student_id: int) -> Row:
    """Return one wish. Its number goes on counting over the years: nobody reads them in a row."""
    what = story.dice.choice(THINGS)
    state = WAY[story.dice.choice(STEPS_TAKEN)]
    return {
        "year": day.year,
        "number": number,
        "household_id": door.household_id,
        "resident_id": door.head_id,
        "what": what,
        "public_text": what,
        "state": state,
        "collected_by_id": student_id,
        "collected_on": day,
        "published_on": None if state == "collected" else day,
        "since": day,
        "lapses_on": story.ago(-story.dice.randrange(1, 14)) if state == "claimed" else None,
    }


def claim(wish_id: int, wish: Row, confirmed_by_id: int) -> Row:
    """Return the live claim of a wish that somebody took on."""
    moment = afternoon(wish["collected_on"])
    fulfilled, confirmed = reached(wish, "fulfilled"), reached(wish, "confirmed")
    return {
        "wish_id": wish_id,
        "claimer_id": wish["collected_by_id"],
        "claimed_at": moment,
        "due_on": wish["lapses_on"] or wish["collected_on"] + timedelta(days=14),
        "fulfilled_at": moment if fulfilled else None,
        "proof_note": "办好了。" if fulfilled else "",
        "confirmed_at": moment if confirmed else None,
        "confirmed_by_id": confirmed_by_id if confirmed else None,
        "resident_words": "好用。" if confirmed else "",
    }


def steps(wish_id: int, wish: Row) -> list[Row]:
    gone = WAY[: WAY.index(wish["state"]) + 1]
    return [
        {
            "wish_id": wish_id,
            "at": afternoon(wish["collected_on"]),
            "by_id": wish["collected_by_id"],
            "from_state": before,
            "to_state": after,
        }
        for before, after in pairwise(gone)
    ]
