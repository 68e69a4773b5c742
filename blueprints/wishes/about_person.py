"""What this room has on file about one resident, and forgetting it."""

from collections.abc import Collection

from flask_babel import gettext as _
from sqlalchemy import select, update

from blueprints.households.models import Resident
from blueprints.households.person_file import PersonSheet
from blueprints.households.signals import person_erased, person_gathered
from blueprints.wishes.claims import Claim, WishStep
from blueprints.wishes.models import Wish
from core.db import db
from core.photo_slots import close_slots
from core.photos import Photo

ERASED = "—"


@person_gathered.connect
def tell_wishes(resident: Resident) -> PersonSheet:
    """Tell the wishes of the person's household: in their words, and in those for the wall."""
    found = db.session.execute(
        select(Wish.collected_on, Wish.what, Wish.detail, Wish.public_text)
        .where(Wish.household_id == resident.household_id)
        .order_by(Wish.id)
    )
    headers = [_("哪天提的"), _("想要什么"), _("细节"), _("公示的说法")]
    return PersonSheet(_("微心愿"), headers, [tuple(row) for row in found])


@person_gathered.connect
def tell_claims(resident: Resident) -> PersonSheet:
    """Tell how the household's wishes were made real, with the photos of it."""
    found = db.session.execute(
        select(Wish.what, Claim.claimed_at, Claim.proof_note, Claim.resident_words, Photo.name)
        .join(Claim, Claim.wish_id == Wish.id)
        .outerjoin(Photo, Photo.id == Claim.photo_id)
        .where(Wish.household_id == resident.household_id)
        .order_by(Claim.id)
    ).all()
    rows = [(moment.date(), what, note, words) for what, moment, note, words, _photo in found]
    photos = [(_("微心愿 %(what)s", what=row.what.replace("/", " ")), row.name) for row in found]
    headers = [_("哪天认领的"), _("想要什么"), _("怎么办成的"), _("本人怎么说")]
    return PersonSheet(_("心愿办得怎样"), headers, rows, [photo for photo in photos if photo[1]])


@person_gathered.connect
def tell_steps(resident: Resident) -> PersonSheet:
    """Tell what was said at the steps of the wishes' way."""
    found = db.session.execute(
        select(WishStep.at, Wish.what, WishStep.reason)
        .join(Wish, Wish.id == WishStep.wish_id)
        .where(Wish.household_id == resident.household_id, WishStep.reason != "")
        .order_by(WishStep.id)
    )
    rows = [(moment.date(), what, reason) for moment, what, reason in found]
    return PersonSheet(_("心愿经过"), [_("日期"), _("想要什么"), _("说了什么")], rows)


@person_erased.connect
def forget_wishes(resident: Resident, *, alone: bool) -> list[int]:
    """Blank the words of wishes that were this person's, or of a household that was theirs alone.

    So, too, what was said of how they were made real. Return the photos of that.
    """
    wish, step = Wish.__table__, WishStep.__table__
    theirs = wish.c.resident_id == resident.id
    if alone:
        theirs |= wish.c.household_id == resident.household_id
    wishes = db.session.scalars(select(wish.c.id).where(theirs)).all()
    db.session.execute(
        update(wish)
        .where(theirs)
        .values(what=ERASED, detail="", public_text=ERASED, version=wish.c.version + 1)
    )
    db.session.execute(update(step).where(step.c.wish_id.in_(wishes)).values(reason=""))
    return forget_proof(wishes)


def forget_proof(wishes: Collection[int]) -> list[int]:
    """Blank what was told of these wishes' claims; return the photos that were taken out."""
    claim = Claim.__table__
    of_wishes = claim.c.wish_id.in_(wishes)
    claims = db.session.execute(select(claim.c.id, claim.c.photo_id).where(of_wishes)).all()
    db.session.execute(
        update(claim)
        .where(of_wishes)
        .values(proof_note="", resident_words="", photo_id=None, photo_shows_resident=False)
    )
    close_slots("claim", [row.id for row in claims])
    return [row.photo_id for row in claims if row.photo_id]
