"""Who sees which wishes, and who takes which step."""

from typing import Any

from core.clock import today
from tests.access.cases import Case, all_get
from tests.wishes.journeys import ON_THE_WALL, wish_that_is

# The student is paired with the household; the other student is not, and claims.
staff_see = all_get(200, mentor=404, admin=404)
only_in_full = all_get(404, student=200, secretary=200)


def by_role(student: int, other: int, secretary: int, manager: int) -> dict[str, int]:
    """Return what a step on the wall answers; those who see no wishes read 404."""
    return all_get(
        404,
        student=student,
        other_student=other,
        former_student=403,
        secretary=secretary,
        manager=manager,
    )


def build(w: Any) -> None:
    """Put wishes of the household in every state, claimed by the other student."""
    w.wish_ids = {
        state: wish_that_is(state, w.household, w.secretary, claimer=w.other_student).id
        for state in ("collected", "declined", *ON_THE_WALL)
    }


def page(path: str, state: str, expect: dict[str, int], endpoint: str, method: str = "GET") -> Case:
    """Return a case about the wish in one state."""
    return Case(
        f"wishes.{endpoint}", lambda w: f"/wishes/{w.wish_ids[state]}{path}", expect, method
    )


hidden_decides = all_get(404, student=403, secretary=200)
refused_decides = all_get(404, student=403, secretary=422)

CASES = [
    Case(
        "wishes.fulfilled",
        lambda w: f"/wishes/fulfilled?month={today():%Y-%m}",
        all_get(200, mentor=403, admin=403),
    ),
    Case("wishes.export", lambda w: "/wishes.xlsx", all_get(200, mentor=403, admin=403)),
    Case("wishes.index", lambda w: "/wishes", all_get(200, mentor=403, admin=403)),
    *(page("", state, staff_see, "show") for state in ON_THE_WALL),
    page("", "collected", only_in_full, "show"),
    page("", "declined", only_in_full, "show"),
    Case(
        "wishes.new",
        lambda w: f"/wishes/new?household={w.household.id}",
        all_get(404, student=200, secretary=200, manager=403, mentor=403, admin=403),
    ),
    Case(
        "wishes.new",
        lambda w: f"/wishes/new?household={w.household.id}",
        all_get(404, student=422, secretary=422, manager=403, mentor=403, admin=403),
        "POST",
    ),
    Case(
        "wishes.similar",
        lambda w: f"/wishes/similar?household={w.household.id}&what=x",
        only_in_full,
    ),
    page("/edit", "collected", only_in_full, "edit"),
    page("/edit", "collected", all_get(404, student=422, secretary=422), "edit", "POST"),
    page("/approval", "collected", hidden_decides, "approval"),
    page("/approval", "collected", refused_decides, "approval", "POST"),
    page("/claim", "published", by_role(303, 303, 303, 303) | {"former_student": 303},
         "claim", "POST"),
    page("/door", "claimed", by_role(403, 303, 403, 403), "open_door", "POST"),
    page("/release", "claimed", by_role(403, 200, 200, 403), "release"),
    page("/release", "claimed", by_role(403, 303, 303, 403), "release", "POST"),
    page("/fulfilment", "claimed", by_role(403, 200, 403, 403), "fulfilment"),
    page("/fulfilment", "claimed", by_role(403, 422, 403, 403), "fulfilment", "POST"),
    page("/photo", "fulfilled", by_role(403, 403, 403, 403), "photo"),
    page("/confirmation", "fulfilled", by_role(200, 403, 200, 403), "confirmation"),
    page("/confirmation", "fulfilled", by_role(422, 403, 422, 403), "confirmation", "POST"),
    page("/thanks", "confirmed", by_role(403, 403, 200, 403), "thanks"),
    page("/thanks", "confirmed", by_role(403, 403, 303, 403), "thanks", "POST"),
    page("/helpers", "claimed", by_role(303, 403, 303, 303) | {"former_student": 303},
         "join", "POST"),
    page("/helpers/me/end", "claimed", by_role(403, 403, 403, 403), "leave", "POST"),
    page("/withdrawal", "claimed", by_role(200, 403, 200, 403), "withdrawal"),
    page("/withdrawal", "claimed", by_role(422, 403, 422, 403), "withdrawal", "POST"),
]  # fmt: skip
