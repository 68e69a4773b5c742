"""Wishes as a workbook: what hangs on the wall, and the words behind it where one may read them."""

from collections.abc import Callable, Iterator

from flask import Response
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from blueprints.wishes import blueprint
from blueprints.wishes.access import Seen, seen_by
from blueprints.wishes.board import listed
from blueprints.wishes.claims import Claim
from blueprints.wishes.routes import board_filter
from blueprints.wishes.states import STATE_NAMES, WISH_KINDS
from core.access import MANAGER, SECRETARY, STUDENT, roles_required
from core.exports import Column, in_batches, send_list


def of_claim(fact: Callable[[Claim], object]) -> Callable[[Seen], object]:
    """Return a fact of the claim that binds, nothing while there is none."""

    def told(seen: Seen) -> object:
        claim = None if seen.wish.has_lapsed else seen.wish.claim
        return fact(claim) if claim else None

    return told


WISHES: list[Column[Seen]] = [
    Column(_l("编号"), lambda seen: seen.wish.label),
    Column(_l("心愿"), lambda seen: seen.wish.title),
    Column(_l("种类"), lambda seen: WISH_KINDS[seen.wish.kind]),
    Column(_l("小区"), lambda seen: seen.wish.household.estate.name),
    Column(_l("进度"), lambda seen: STATE_NAMES[seen.wish.standing]),
    Column(_l("谁记的"), lambda seen: seen.wish.collected_by.name),
    Column(_l("收集日期"), lambda seen: seen.wish.collected_on),
    Column(_l("发布日期"), lambda seen: seen.wish.published_on),
    Column(_l("认领人"), of_claim(lambda claim: claim.claimer.name)),
    Column(_l("期限"), of_claim(lambda claim: claim.due_on)),
    Column(_l("办成时间"), of_claim(lambda claim: claim.fulfilled_at)),
    Column(_l("确认时间"), of_claim(lambda claim: claim.confirmed_at)),
]


@blueprint.get("/wishes.xlsx")
@roles_required(STUDENT, SECRETARY, MANAGER)
def export() -> Response:
    """Hand out the board with its filters, or the one state that is shown as a list."""
    return send_list("wish", _("微心愿"), WISHES, wishes())


def wishes() -> Iterator[Seen]:
    for batch in in_batches(listed(current_user, board_filter())):
        yield from seen_by(current_user, batch)
