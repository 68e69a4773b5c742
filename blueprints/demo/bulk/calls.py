"""Students, their pairings, and ten visits for each household."""

from collections.abc import Sequence
from datetime import date, timedelta

from blueprints.accounts.models import User, UserEstate, UserRole
from blueprints.demo.bulk.doors import Door
from blueprints.demo.bulk.rows import Row, afternoon, put, put_for_ids
from blueprints.demo.names import younger
from blueprints.demo.story import Story
from blueprints.demo.visiting import SAID
from blueprints.visits.models import Visit, VisitKind, VisitResident
from blueprints.visits.pairings import Pairing
from core.access import STUDENT

HOMES_PER_STUDENT = 200
# Every fourth household is paired and was called on 22 times, the others six times: ten each.
PAIRED_EVERY, CALLS_WHEN_PAIRED, CALLS_OTHERWISE = 4, 22, 6
LIN_LOOKS_AFTER = 8
DAYS = 3 * 365
INTERVALS = (14, 21, 21, 30, 30, 30, 90)
KINDS = ("chat", "chat", "errand", "repair", "escort", "outreach", "festival", "phone")


def call_on(story: Story, doors: list[Door]) -> list[int]:
    """Write students, pairings and visits down; return the students' ids."""
    students = hire(story, doors)
    pairings: list[Row] = []
    calls: list[tuple[Row, int, int | None]] = []
    for position, door in enumerate(doors):
        paired = position % PAIRED_EVERY == 0
        student_id = students[door.estate_id][position % len(students[door.estate_id])]
        if paired and len(pairings) < LIN_LOOKS_AFTER:
            student_id = story.people["lin"].id
        days = days_of_calls(story, CALLS_WHEN_PAIRED if paired else CALLS_OTHERWISE)
        rows = [call(story, door, student_id, day) for day in days]
        calls += [(row, door.head_id, len(pairings) if paired else None) for row in rows]
        if paired:
            pairings.append(pairing(story, door, student_id, rows))
    write_calls(story, calls, put_for_ids(Pairing, pairings))
    return [id_ for ids in students.values() for id_ in ids]


def hire(story: Story, doors: list[Door]) -> dict[int, Sequence[int]]:
    """Return new students' ids by the estate they work in; they cannot log in."""
    estates = list(dict.fromkeys(door.estate_id for door in doors))
    each = max(len(doors) // HOMES_PER_STUDENT // len(estates), 2)
    rows = [
        {"username": f"s{number:03d}", "name": younger(story.dice), "password_hash": ""}
        for number in range(1, each * len(estates) + 1)
    ]
    ids = put_for_ids(User, rows)
    put(UserRole, ({"user_id": id_, "role": STUDENT} for id_ in ids))
    placed = {estate: ids[each * n : each * (n + 1)] for n, estate in enumerate(estates)}
    put(
        UserEstate,
        ({"user_id": id_, "estate_id": estate} for estate in estates for id_ in placed[estate]),
    )
    return placed


def days_of_calls(story: Story, number: int) -> list[int]:
    """Return on which days before today somebody called, the first call first."""
    return sorted(story.dice.sample(range(1, DAYS), number), reverse=True)


def call(story: Story, door: Door, student_id: int, days_ago: int) -> Row:
    """Return one visit."""
    dice, day = story.dice, story.ago(days_ago)
    met = dice.random() < 0.9
    return {
        "household_id": door.household_id,
        "visitor_id": student_id,
        "visited_on": day,
        "met": met,
        "not_met_reason": None if met else "nobody",
        "minutes": dice.choice((10, 15, 20, 30, 45, 60)) if met else None,
        "on_duty": dice.random() < 0.3,
        "note": dice.choice(SAID) if met else "",
        "created_at": afternoon(day),
    }


def pairing(story: Story, door: Door, student_id: int, calls: list[Row]) -> Row:
    """Return the pairing that these visits came of, due when the rule says so."""
    bond = Pairing(
        household_id=door.household_id,
        student_id=student_id,
        interval_days=story.dice.choice(INTERVALS),
        started_on=calls[0]["visited_on"] - timedelta(days=1),
        last_met_on=last_day([one for one in calls if one["met"]]),
        last_tried_on=last_day(calls),
    )
    bond.reckon_due()
    return {
        name: getattr(bond, name)
        for name in (
            "household_id",
            "student_id",
            "interval_days",
            "started_on",
            "last_met_on",
            "last_tried_on",
            "due_on",
        )
    }


def last_day(calls: list[Row]) -> date | None:
    return max((one["visited_on"] for one in calls), default=None)


def write_calls(
    story: Story, calls: list[tuple[Row, int, int | None]], pairing_ids: Sequence[int]
) -> None:
    """Write the visits in the order of their days, each with what was done and who was met."""
    calls.sort(key=lambda one: one[0]["visited_on"])
    for row, _head, pairing_at in calls:
        row["pairing_id"] = None if pairing_at is None else pairing_ids[pairing_at]
    ids = put_for_ids(Visit, [row for row, _head, _pairing in calls])
    met = [(id_, head) for id_, (row, head, _at) in zip(ids, calls, strict=True) if row["met"]]
    put(VisitKind, ({"visit_id": id_, "kind": story.dice.choice(KINDS)} for id_, _head in met))
    put(VisitResident, ({"visit_id": id_, "resident_id": head} for id_, head in met))
