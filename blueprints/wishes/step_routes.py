"""One page or button for each step of a wish; a step is a resource of its own."""

from datetime import date

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from blueprints.wishes import actions, blueprint, queries
from blueprints.wishes.consents import refuses_publication
from blueprints.wishes.forms import (
    ApprovalForm,
    ClaimForm,
    ConfirmForm,
    FulfilForm,
    ReasonForm,
    ReleaseForm,
    ThanksForm,
)
from blueprints.wishes.models import Wish
from blueprints.wishes.refusals import WishAlreadyClaimed
from blueprints.wishes.routes import (
    agrees,
    allow_step,
    board_context,
    board_filter,
    form_page,
    seen_or_404,
    story_context,
)
from core.access import allow
from core.clock import today
from core.day_words import format_date
from core.db import db
from core.htmx import fragment, see_other, wants_fragment
from core.photo_slots import expect_photos
from core.photos import takes_photos
from core.settings import setting


def done(wish_id: int, text: str, kind: str = "ok", **words: str) -> ResponseReturnValue:
    """Commit a step, say so, and lead back to the wish."""
    answer = see_other(url_for("wishes.show", wish_id=wish_id))
    db.session.commit()
    flash({"text": text, **words}, kind)
    return answer


@blueprint.route("/wishes/<int:wish_id>/approval", methods=["GET", "POST"])
def approval(wish_id: int) -> ResponseReturnValue:
    """Let the secretary publish a wish under a scanned text, or decline it."""
    seen = seen_or_404(wish_id)
    allow_step(seen, "approve")
    form = ApprovalForm(obj=seen.wish)
    estate_id = seen.wish.household.estate_id
    form.door = queries.door_number(seen.wish.household_id)
    form.known_names = queries.names_that_may_occur(form.public_text.data or "", estate_id)
    if not form.validate_on_submit():
        declined = refuses_publication(seen.wish)
        return form_page("wishes/approval.html", form, seen=seen, declined=declined)
    form.require_fresh(seen.wish)
    if form.is_approval:
        actions.approve(seen.wish, current_user, form.public_text.data)
        return done(wish_id, _("公开了，等人认领。"))
    actions.decline(seen.wish, current_user, form.reason.data)
    return done(wish_id, _("退回了。"))


@blueprint.post("/wishes/<int:wish_id>/claim")
def claim(wish_id: int) -> ResponseReturnValue:
    """Take a wish on. Who comes second reads so, and sees what else hangs there."""
    seen = seen_or_404(wish_id)
    allow(seen.can("claim"))
    form = ClaimForm(days=setting("wish_claim_days"))
    if not form.validate_on_submit():
        return form_page("wishes/show.html", form, **story_context(seen))
    try:
        taken = actions.claim(seen.wish, current_user, form.due_on)
    except WishAlreadyClaimed as error:
        return too_late(str(error))
    say_claimed(seen.wish, taken.due_on)
    answer = board_answer()
    db.session.commit()
    return answer


def say_claimed(wish: Wish, due_on: date) -> None:
    """Tell what was promised and until when, with the way back."""
    until = _("%(day)s前办好，办好了记一笔。", day=format_date(due_on))
    undo = url_for("wishes.release", wish_id=wish.id)
    flash({"text": _("认领好了：%(what)s", what=wish.title), "detail": until, "undo": undo}, "ok")


def board_answer() -> ResponseReturnValue:
    """Answer with the board as it was looked at: the region for htmx, else the way to it."""
    filters = board_filter()
    location = url_for("wishes.index", **filters.address)
    return fragment("wishes/_board_with_say.html", location, **board_context(filters))


def too_late(words: str) -> ResponseReturnValue:
    """Show who came second the board as it is now."""
    db.session.rollback()
    flash(words, "warn")
    page = "wishes/_board_with_say.html" if wants_fragment() else "wishes/index.html"
    return render_template(page, **board_context(board_filter())), 409


@blueprint.post("/wishes/<int:wish_id>/helpers")
def join(wish_id: int) -> ResponseReturnValue:
    """Help with a wish that somebody else has claimed."""
    seen = seen_or_404(wish_id)
    allow_step(seen, "join")
    actions.join(seen.wish, current_user)
    return done(wish_id, _("好，一起办。"))


@blueprint.post("/wishes/<int:wish_id>/helpers/me/end")
def leave(wish_id: int) -> ResponseReturnValue:
    """Help no longer; nobody has to say why."""
    seen = seen_or_404(wish_id)
    allow_step(seen, "leave")
    actions.leave(seen.wish, current_user)
    return done(wish_id, _("退出了，认领的同事接着办。"))


@blueprint.route("/wishes/<int:wish_id>/release", methods=["GET", "POST"])
def release(wish_id: int) -> ResponseReturnValue:
    """Give a claimed wish back, with a reason for the next one."""
    seen = seen_or_404(wish_id)
    allow_step(seen, "release")
    form = ReleaseForm(must_explain=not seen.wish.was_claimed_on(today()))
    if not form.validate_on_submit():
        return form_page("wishes/release.html", form, seen=seen)
    actions.release(seen.wish, current_user, form.reason.data)
    return done(wish_id, _("退回了，别人可以认领。"))


@blueprint.route("/wishes/<int:wish_id>/fulfilment", methods=["GET", "POST"])
@takes_photos
def fulfilment(wish_id: int) -> ResponseReturnValue:
    """Let the claimer say how it was done, with a picture where there is one."""
    seen = seen_or_404(wish_id)
    allow_step(seen, "fulfil")
    form, ceiling = FulfilForm(), setting("wish_cost_ceiling_yuan")
    form.agrees_to_photos = agrees(seen.wish, "photo")
    if not (form.validate_on_submit() and form.take_photo_in(current_user.id)):
        return form_page("wishes/fulfilment.html", form, seen=seen, ceiling=ceiling)
    actions.fulfil(seen.wish, current_user, **form.proof)
    expect_photos("claim", seen.wish.claim.id)
    if (form.cost.data or 0) > ceiling:
        detail = _("花费超过了 %(yuan)s 元，下次先和书记商量。", yuan=ceiling)
        return done(wish_id, _("记下了，等同事回访。"), "warn", detail=detail)
    return done(wish_id, _("记下了，等同事回访。"))


@blueprint.route("/wishes/<int:wish_id>/confirmation", methods=["GET", "POST"])
def confirmation(wish_id: int) -> ResponseReturnValue:
    """Record what the resident said when somebody other than the claimer called back."""
    seen = seen_or_404(wish_id)
    allow_step(seen, "confirm")
    form = ConfirmForm()
    if not form.validate_on_submit():
        return form_page("wishes/confirmation.html", form, seen=seen)
    if form.outcome.data == "done":
        actions.confirm(seen.wish, current_user, form.words.data)
        return done(wish_id, _("确认了，这个心愿办成了。"))
    actions.reopen(seen.wish, current_user, form.words.data)
    return done(wish_id, _("记下了，请认领的同事接着办。"), "info")


@blueprint.route("/wishes/<int:wish_id>/thanks", methods=["GET", "POST"])
def thanks(wish_id: int) -> ResponseReturnValue:
    """Thank whoever took part, with a word or without; the wish is over."""
    seen = seen_or_404(wish_id)
    allow_step(seen, "thank")
    form = ThanksForm()
    if not form.validate_on_submit():
        return form_page("wishes/thanks.html", form, seen=seen)
    actions.thank(seen.wish, current_user, form.words.data)
    return done(wish_id, _("谢过了，这个心愿办结了。"))


@blueprint.route("/wishes/<int:wish_id>/withdrawal", methods=["GET", "POST"])
def withdrawal(wish_id: int) -> ResponseReturnValue:
    """Take a wish off the wall at once, because the household wants it so."""
    seen = seen_or_404(wish_id)
    allow_step(seen, "withdraw")
    form = ReasonForm()
    if not form.validate_on_submit():
        return form_page("wishes/withdrawal.html", form, seen=seen)
    actions.withdraw(seen.wish, current_user, form.reason.data)
    return done(wish_id, _("撤回了，不再公开。"))
