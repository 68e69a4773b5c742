"""The board, one wish, and writing one down."""

from flask import Response, flash, render_template, request, send_from_directory, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from blueprints.households.models import Household
from blueprints.visits.models import Visit
from blueprints.wishes import actions, blueprint, queries
from blueprints.wishes.access import Seen, may_collect, seen_by, wishes_visible_to
from blueprints.wishes.board import board, page_of
from blueprints.wishes.filters import BoardFilter
from blueprints.wishes.forms import ClaimForm, CollectForm, ReviseForm, WishFields
from blueprints.wishes.models import Wish
from blueprints.wishes.similar import similar_to
from blueprints.wishes.states import COLLECTED, PUBLISHED, STATE_NAMES, WISH_KINDS
from core.access import MANAGER, SECRETARY, STUDENT, allow, one_or_404, roles_required
from core.audit import record
from core.db import db
from core.forms import Form
from core.htmx import fragment, see_other
from core.photos import photo_folder, thumbnail_name
from core.settings import setting

blueprint.add_app_template_global(WISH_KINDS, "wish_kinds")
blueprint.add_app_template_global(STATE_NAMES, "wish_states")


@blueprint.app_template_global()
def wishes_for(household: Household) -> list[Seen]:
    """Return what the reader sees of a household's wishes, for ``_for_household.html``."""
    return queries.wishes_of(household, current_user)


@blueprint.app_template_global()
def wishes_heard_in(visit: Visit) -> list[Seen]:
    """Return what the reader sees of the wishes heard during a visit, for ``_for_visit.html``."""
    return queries.wishes_heard_in(visit, current_user)


def seen_or_404(wish_id: int) -> Seen:
    """Load one wish as the reader sees it; what they may not see does not exist."""
    wish = one_or_404(queries.with_story(wishes_visible_to(current_user), wish_id))
    return seen_by(current_user, [wish])[0]


def allow_step(seen: Seen, step: str) -> None:
    """Stop with 403 unless the person takes such steps, with 409 unless the wish is there."""
    allow(seen.can(step))
    seen.wish.must_be_open_for(step)


def form_page(template: str, form: Form, **context: object) -> ResponseReturnValue:
    """Show a form, again when it was refused."""
    return render_template(template, form=form, **context), 422 if form.errors else 200


def board_filter() -> BoardFilter:
    """Return what of the board the address asks for; a secretary begins with what waits."""
    filters = BoardFilter(request.args)
    filters.offer_estates(queries.estate_names())
    filters.settle(COLLECTED if current_user.has_role(SECRETARY) else PUBLISHED)
    return filters


def board_context(filters: BoardFilter) -> dict[str, object]:
    """Return what the board's templates need."""
    return {
        "filters": filters,
        "board": board(current_user, filters),
        "claim_days": setting("wish_claim_days"),
        "may_collect": may_collect(current_user),
    }


@blueprint.get("/wishes")
@roles_required(STUDENT, SECRETARY, MANAGER)
def index() -> ResponseReturnValue:
    """Show the board, or one state of it as a list."""
    filters = board_filter()
    if not filters.wants_list:
        return render_template("wishes/index.html", **board_context(filters))
    page, cards = page_of(current_user, filters)
    return render_template("wishes/list.html", filters=filters, page=page, cards=cards)


@blueprint.get("/wishes/<int:wish_id>")
def show(wish_id: int) -> ResponseReturnValue:
    """Show one wish with its story, as deep as the reader may see."""
    seen = seen_or_404(wish_id)
    form = ClaimForm(days=setting("wish_claim_days"))
    return render_template("wishes/show.html", form=form, **story_context(seen))


def story_context(seen: Seen) -> dict[str, object]:
    """Return what a wish's own page needs besides its forms."""
    return {
        "seen": seen,
        "door_opened_at": queries.door_opened_at(current_user, seen.wish),
        "shows_photo": photo_is_open(seen),
    }


def photo_is_open(seen: Seen) -> bool:
    """Answer whether the reader may look at the picture of the proof: one that shows the
    resident only as long as they agree to it."""
    claim = seen.wish.claim
    if not (seen.sees_proof and claim and claim.photo):
        return False
    return not claim.photo_shows_resident or agrees(seen.wish, "photo")


def agrees(wish: Wish, question: str) -> bool:
    return queries.answer_about(wish, question) == "granted"


@blueprint.post("/wishes/<int:wish_id>/door")
def open_door(wish_id: int) -> ResponseReturnValue:
    """Tell the claimer where to bring it; that somebody looked is recorded."""
    seen = seen_or_404(wish_id)
    allow_step(seen, "see_door")
    record("reveal_room", seen.wish)
    back = url_for("wishes.show", wish_id=wish_id, _anchor="door")
    answer = fragment("wishes/_door.html", location=back, **story_context(seen))
    db.session.commit()
    return answer


@blueprint.get("/wishes/<int:wish_id>/photo")
def photo(wish_id: int) -> Response:
    """Serve the picture of the proof, small with ``?size=small``."""
    seen = seen_or_404(wish_id)
    allow(photo_is_open(seen))
    name = seen.wish.claim.photo.name
    wanted = thumbnail_name(name) if request.args.get("size") == "small" else name
    response = send_from_directory(photo_folder(), wanted)
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.route("/wishes/new", methods=["GET", "POST"])
@roles_required(STUDENT, SECRETARY)
def new() -> ResponseReturnValue:
    """Write a wish down for a household one looks after; choose the household first."""
    household_id = request.args.get("household", type=int)
    if household_id is None:
        offered = queries.households_to_collect_for(current_user)
        return render_template("wishes/choose.html", households=offered)
    home = one_or_404(queries.household_to_collect_for(current_user, household_id))
    form = CollectForm()
    form.offer_residents(home.residents)
    if wants_to_look():
        return look_first("wishes/new.html", form, home)
    if not form.validate_on_submit():
        return form_page("wishes/new.html", form, household=home, similar=None)
    wish = actions.collect(home, current_user, **typed(form))
    answer = see_other(url_for("wishes.show", wish_id=wish.id))
    db.session.commit()
    flash(_("记下了，等书记看。"), "ok")
    return answer


@blueprint.route("/wishes/<int:wish_id>/edit", methods=["GET", "POST"])
def edit(wish_id: int) -> ResponseReturnValue:
    """Correct what was written down, while the secretary has not decided."""
    seen = seen_or_404(wish_id)
    allow_step(seen, "revise")
    home = one_or_404(queries.household_to_collect_for(current_user, seen.wish.household_id))
    form = ReviseForm(obj=seen.wish)
    form.offer_residents(home.residents)
    if wants_to_look():
        return look_first("wishes/edit.html", form, home, seen=seen)
    if not form.validate_on_submit():
        return form_page("wishes/edit.html", form, seen=seen, household=home, similar=None)
    form.require_fresh(seen.wish)
    actions.revise(seen.wish, **typed(form))
    answer = see_other(url_for("wishes.show", wish_id=wish_id))
    db.session.commit()
    flash(_("改好了。"), "ok")
    return answer


def wants_to_look() -> bool:
    """Answer whether, without scripts, somebody asks for similar wishes before saving."""
    return "look" in request.form


def look_first(
    template: str, form: WishFields, household: Household, **context: object
) -> ResponseReturnValue:
    """Show the form as it was typed, with the earlier wishes that are like this one."""
    found = similar_to(form.what.data or "", household, current_user)
    return render_template(template, form=form, household=household, similar=found, **context)


@blueprint.get("/wishes/similar")
def similar() -> ResponseReturnValue:
    """Offer earlier wishes like what is being typed for a household one looks after."""
    household_id = request.args.get("household", 0, type=int)
    home = one_or_404(queries.household_to_collect_for(current_user, household_id))
    what = request.args.get("what", "")[:60]
    found = similar_to(what, home, current_user) if what else None
    return render_template("wishes/_similar.html", similar=found)


def typed(form: WishFields) -> dict[str, object]:
    """Return the fields of a wish as the actions take them."""
    return {
        "what": form.what.data,
        "kind": form.kind.data,
        "detail": form.detail.data,
        "resident_id": form.resident_id,
    }
