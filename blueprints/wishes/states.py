"""The way of a wish, as one table: its states, and the steps between them."""

from typing import NamedTuple

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

COLLECTED, PUBLISHED, CLAIMED, FULFILLED, CONFIRMED, THANKED, DECLINED, WITHDRAWN = (
    "collected",
    "published",
    "claimed",
    "fulfilled",
    "confirmed",
    "thanked",
    "declined",
    "withdrawn",
)
STATE_NAMES = {
    COLLECTED: _l("待审核"),
    PUBLISHED: _l("待认领"),
    CLAIMED: _l("已认领"),
    FULFILLED: _l("已实现"),
    CONFIRMED: _l("已确认"),
    THANKED: _l("已致谢"),
    DECLINED: _l("已退回"),
    WITHDRAWN: _l("已撤回"),
}
# The columns of the board, in the order a wish travels.
BOARD_STATES = (COLLECTED, PUBLISHED, CLAIMED, FULFILLED, CONFIRMED)

WISH_KINDS = {"thing": _l("物品"), "help": _l("帮忙"), "company": _l("陪伴")}


class Step(NamedTuple):
    """One step on a wish's way: where it can begin, where it leads, how the story tells it."""

    begins_in: tuple[str, ...]
    leads_to: str
    told: LazyString


STEPS = {
    "approve": Step((COLLECTED,), PUBLISHED, _l("看过，公开了")),
    "decline": Step((COLLECTED,), DECLINED, _l("退回，没有公开")),
    "claim": Step((PUBLISHED,), CLAIMED, _l("认领了")),
    "lapse": Step((CLAIMED,), PUBLISHED, _l("到期没办成，自动退回")),
    "release": Step((CLAIMED,), PUBLISHED, _l("退回来了")),
    "fulfil": Step((CLAIMED,), FULFILLED, _l("办好了")),
    "confirm": Step((FULFILLED,), CONFIRMED, _l("住户说办好了")),
    "reopen": Step((FULFILLED,), CLAIMED, _l("住户说还没办好")),
    "thank": Step((CONFIRMED,), THANKED, _l("谢过了，办结")),
    "withdraw": Step((COLLECTED, PUBLISHED, CLAIMED), WITHDRAWN, _l("撤回了")),
}
# What can be done in a state without moving the wish on.
OPEN_IN = {
    "revise": (COLLECTED,),
    "see_door": (CLAIMED,),
    "join": (CLAIMED,),
    "leave": (CLAIMED,),
} | {name: step.begins_in for name, step in STEPS.items()}
# Steps about the claim itself; they can still be taken when it has lapsed.
OPEN_WHEN_LAPSED = ("fulfil", "lapse")
# A lapse looks like a release that nobody made; ``WishStep.told`` tells them apart.
TOLD = {(begin, step.leads_to): step.told for step in STEPS.values() for begin in step.begins_in}
