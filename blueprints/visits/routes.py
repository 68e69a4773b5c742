"""Pages of visits: all of them, the sixty-second form, one visit and its photos."""

from flask import abort, flash, render_template, request, send_file, url_for
from flask.sansio.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from blueprints.households.models import Household
from blueprints.households.queries import search_households
from blueprints.visits import blueprint, queries
from blueprints.visits.access import (
    LOOKING_AFTER,
    can_edit,
    can_pair,
)
from blueprints.visits.actions import (
    drop_photos,
    hear_wish,
    note_spoken_consent,
    record_visit,
    require_welcome,
    revise_visit,
    void_visit,
)
from blueprints.visits.correction_forms import VisitEditForm, VoidForm
from blueprints.visits.follow_ups import possible_owners
from blueprints.visits.forms import VisitForm
from blueprints.visits.history import corrections_of
from blueprints.visits.journal import Filters, journal_page
from blueprints.visits.models import NOT_MET_REASONS, VISIT_KINDS, Visit
from blueprints.visits.pairings import END_REASONS
from blueprints.visits.students import open_students
from core.access import allow, one_or_404, roles_required
from core.clock import today
from core.db import db
from core.htmx import see_other
from core.photo_slots import expect_photos
from core.photos import Photo, discard_photo, photo_folder, takes_photos, thumbnail_name
from core.settings import setting

DUE_AHEAD_DAYS = 366
blueprint.add_app_template_global(queries.visits_of, "visits_of")
blueprint.add_app_template_global(queries.pairings_of, "pairings_of")
blueprint.add_app_template_global(queries.figures_of, "visit_figures_of")


@blueprint.record_once
def offer_words(state: BlueprintSetupState) -> None:
    """Offer this room's words to every page and shared region that tells of visits."""
    state.app.jinja_env.globals.update(
        visit_kinds=VISIT_KINDS, not_met_reasons=NOT_MET_REASONS, end_reasons=END_REASONS
    )


@blueprint.get("/visits")
@roles_required(*LOOKING_AFTER)
def index() -> ResponseReturnValue:
    """List the visits one may see, newest first."""
    filters = asked_visits()
    return render_template(
        "visits/index.html",
        page=journal_page(current_user, filters, request.args),
        filters=filters,
        students=open_students() if can_pair(current_user) else (),
    )


def asked_visits() -> Filters:
    """Read what the address narrows the list down to."""
    return Filters.read(request.args)


@blueprint.route("/visits/new", methods=["GET", "POST"])
@roles_required(*LOOKING_AFTER)
@takes_photos
def new() -> ResponseReturnValue:
    """Write a visit down, in under a minute."""
    household_id = request.args.get("household", type=int)
    if household_id is None:
        return choose_household()
    household = one_or_404(queries.household_to_visit(current_user, household_id))
    require_welcome(household)
    form = VisitForm(household, possible_owners(current_user, household.id))
    photos = form.take_photos(current_user.id) if form.validate_on_submit() else None
    if photos is None:
        return visit_form(form, household)
    return save(form, household, photos)


def choose_household() -> ResponseReturnValue:
    """Offer the households to look after, the most late first, and to the secretary all."""
    words = request.args.get("q", "")
    page = render_template(
        "visits/choose.html",
        due=queries.due_pairings(current_user, today(), DUE_AHEAD_DAYS, queries.PAGE),
        words=words,
        found=search_households(current_user, words) if can_pair(current_user) else [],
        may_search=can_pair(current_user),
    )
    return page, 422 if request.method == "POST" else 200


def visit_form(form: VisitForm, household: Household) -> ResponseReturnValue:
    page = render_template(
        "visits/new.html",
        form=form,
        household=household,
        pairing=queries.current_pairing_of(household),
        chips=setting("visit_note_chips"),
    )
    return page, 422 if form.errors else 200


def save(form: VisitForm, household: Household, photos: list[Photo]) -> ResponseReturnValue:
    if form.agrees and form.agrees.data:
        note_spoken_consent(household, current_user)
    visit = record_visit(
        household, current_user, form.told, photos, form.promise, form.next_on.data
    )
    heard = form.wish_what and form.wish_what.data
    if heard:
        hear_wish(visit, current_user, heard, form.wish_kind.data)
    if form.photos:
        expect_photos("visit", visit.id)
    answer = see_other(url_for("visits.show", visit_id=visit.id))
    db.session.commit()
    more = _("心愿一起记下了，等书记看。") if heard else ""
    flash({"text": _("走访记下了。"), "detail": more}, "ok")
    return answer


def loaded(visit_id: int) -> Visit:
    """Return a visit this person may see, with everything its page shows."""
    return one_or_404(queries.visit_in_full(current_user, visit_id))


@blueprint.get("/visits/<int:visit_id>")
def show(visit_id: int) -> ResponseReturnValue:
    """Show one visit."""
    return visit_page(loaded(visit_id), VoidForm())


def visit_page(visit: Visit, form: VoidForm) -> ResponseReturnValue:
    page = render_template(
        "visits/show.html",
        visit=visit,
        form=form,
        may_edit=can_edit(current_user, visit),
        corrections=corrections_of(visit) if visit.revised_at else [],
    )
    return page, 422 if form.errors else 200


@blueprint.route("/visits/<int:visit_id>/edit", methods=["GET", "POST"])
@takes_photos
def edit(visit_id: int) -> ResponseReturnValue:
    """Correct a visit; the earlier words stay in the audit trail as far as they may."""
    visit = loaded(visit_id)
    allow(can_edit(current_user, visit))
    visit.require_valid()
    form = VisitEditForm(visit)
    if form.validate_on_submit():
        form.require_fresh(visit)
        photos = form.take_photos(current_user.id, form.room_for_photos)
        if photos is not None:
            return save_revision(visit, form, photos)
    page = render_template(
        "visits/edit.html",
        form=form,
        visit=visit,
        chips=setting("visit_note_chips"),
        kept_photos=kept_photos(visit),
    )
    return page, 422 if form.errors else 200


def kept_photos(visit: Visit) -> list[dict[str, str]]:
    """Return what the form shows of the photos that are there already."""
    return [
        {
            "url": url_for("visits.photo", visit_id=visit.id, photo_id=row.photo_id, size="small"),
            "alt": _("走访照片 %(n)s", n=place),
        }
        for place, row in enumerate(visit.photo_rows, start=1)
    ]


def save_revision(visit: Visit, form: VisitEditForm, photos: list[Photo]) -> ResponseReturnValue:
    dropped = [photo.name for photo in drop_photos(visit, form.drop_photos.data)]
    revise_visit(visit, form.told, current_user, photos)
    if form.photos:
        expect_photos("visit", visit.id)
    answer = see_other(url_for("visits.show", visit_id=visit.id))
    db.session.commit()
    for name in dropped:
        discard_photo(name, photo_folder())
    flash({"text": _("改好了。"), "detail": _("报过的服务时长不会跟着变。")}, "ok")
    return answer


@blueprint.post("/visits/<int:visit_id>/void")
def void(visit_id: int) -> ResponseReturnValue:
    """Strike a visit out with a reason; it stays readable."""
    visit = loaded(visit_id)
    allow(can_edit(current_user, visit))
    form = VoidForm()
    if not form.validate_on_submit():
        return visit_page(visit, form)
    void_visit(visit, current_user, form.reason.data)
    answer = see_other(url_for("visits.show", visit_id=visit.id))
    db.session.commit()
    flash({"text": _("作废了。"), "detail": _("报过的服务时长不会跟着变。")}, "ok")
    return answer


@blueprint.get("/visits/<int:visit_id>/photos/<int:photo_id>")
def photo(visit_id: int, photo_id: int) -> ResponseReturnValue:
    """Serve a photo of a visit one may see; ``?size=small`` its thumbnail."""
    found = one_or_404(queries.photo_of_visit(current_user, visit_id, photo_id))
    small = request.args.get("size") == "small"
    path = photo_folder() / (thumbnail_name(found.name) if small else found.name)
    if not path.is_file():
        abort(404)
    response = send_file(path, mimetype="image/jpeg")
    response.headers["Cache-Control"] = "private, no-store"
    return response
