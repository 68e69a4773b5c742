"""What people are told about wishes and claims, and how it reads for each of them."""

from collections.abc import Collection

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from blueprints.accounts.models import User
from blueprints.wishes.access import wishes_visible_to
from blueprints.wishes.claims import Claim
from blueprints.wishes.models import Wish
from core.db import db
from core.notices import Kind, Subject, about

ABOUT_WISHES = {
    "wish_published": Kind("wish", _l("您记的心愿公开了，等人认领")),
    "wish_declined": Kind("undo", _l("您记的心愿退回了，没有公开")),
}
ABOUT_CLAIMS = {
    "wish_claimed": Kind("wish", _l("%(who)s认领了这个心愿")),
    "claim_given_back": Kind("undo", _l("%(who)s把心愿放回了心愿墙，不用再办")),
    "claim_joined": Kind("users", _l("%(who)s来一起办")),
    "claim_left": Kind("users", _l("%(who)s不一起办了")),
    "claim_due_soon": Kind("clock", _l("快到期了，办好了记一笔"), asks=True),
    "claim_late": Kind("alert", _l("过了说好的日子，办好了记一笔，办不了就退回去"), asks=True),
    "claim_lapsed": Kind("undo", _l("到期没办成，心愿放回了心愿墙")),
    "claim_to_confirm": Kind("call", _l("%(who)s办好了，请您问一声住户"), asks=True),
    "claim_confirmed": Kind("yes", _l("住户说办好了")),
    "claim_reopened": Kind("clock", _l("住户说还没办好，请您接着办"), asks=True),
    "claim_thanked": Kind("award", _l("%(who)s谢谢您，心愿办结了")),
    "claim_withdrawn": Kind("ban", _l("心愿撤回了，不用再办")),
}


@about("wish", ABOUT_WISHES)
def wishes_in_notices(reader: User, ids: Collection[int]) -> dict[int, Subject]:
    """Return these wishes under the words that the reader may see."""
    visible = wishes_visible_to(reader).where(Wish.id.in_(ids))
    return {wish.id: subject(wish) for wish in db.session.scalars(visible)}


@about("claim", ABOUT_CLAIMS)
def claims_in_notices(reader: User, ids: Collection[int]) -> dict[int, Subject]:
    """Return the wishes of these claims under the words that the reader may see."""
    rows = db.session.execute(select(Claim.id, Claim.wish_id).where(Claim.id.in_(ids)))
    wish_of = {row.id: row.wish_id for row in rows}
    wishes = wishes_in_notices(reader, set(wish_of.values()))
    return {id_: wishes[wish_id] for id_, wish_id in wish_of.items() if wish_id in wishes}


def subject(wish: Wish) -> Subject:
    return Subject(wish.title, url_for("wishes.show", wish_id=wish.id))
