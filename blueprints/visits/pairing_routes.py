"""Pages of pairings: who looks after whom, since when, how often, and until when."""

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from blueprints.households.models import Household
from blueprints.households.queries import households_page, search_households
from blueprints.visits import blueprint, queries
from blueprints.visits.access import (
    LOOKING_AFTER,
    can_pair,
    pairings_visible_to,
    sees_people_of,
)
from blueprints.visits.actions import note_declined, pair
from blueprints.visits.handing_over import end_pairing as end
from blueprints.visits.handing_over import previous_of, take_over_promises, write_facts, written_for
from blueprints.visits.leave import deputies_on
from blueprints.visits.pairing_forms import EndForm, PairingEditForm, PairingForm, rhythm
from blueprints.visits.pairings import Pairing
from blueprints.visits.reminding import remind
from blueprints.visits.students import open_students
from core.access import allow, one_or_404, roles_required
from core.clock import today
from core.db import db
from core.htmx import see_other
from core.notices import tell

blueprint.add_app_template_filter(rhythm, "rhythm")
blueprint.add_app_template_global(can_pair, "can_pair")


@blueprint.get("/pairings")
@roles_required(*LOOKING_AFTER)
def pairings() -> ResponseReturnValue:
    """List the pairings, the most late first, or those that have ended."""
    asked = asked_pairings()
    number = request.args.get("page", 1, type=int)
    page = queries.pairings_page(current_user, asked, today(), number)
    return render_template(
        "visits/pairings.html",
        page=page,
        asked=asked,
        ended=asked.ended,
        student=asked.student,
        students=open_students() if can_pair(current_user) else [],
        late=queries.count_late(current_user, today()),
        may_pair=can_pair(current_user),
        sees_people=sees_people_of,
        deputies=deputies_on(today(), {pairing.student_id for pairing in page.items}),
    )


def asked_pairings() -> queries.AskedPairings:
    """Read from the address which pairings are asked for."""
    args = request.args
    return queries.AskedPairings(
        student=args.get("student", type=int),
        ended=args.get("ended") == "1",
        only=args.get("only", ""),
        mine=args.get("mine") == "1",
    )


@blueprint.route("/pairings/new", methods=["GET", "POST"])
def new_pairing() -> ResponseReturnValue:
    """Let a student look after a household, or note that it declined."""
    allow(can_pair(current_user))
    household_id = request.args.get("household", type=int)
    if household_id is None:
        return choose_household_to_pair()
    household = one_or_404(queries.household_to_visit(current_user, household_id))
    form = PairingForm()
    form.offer([household.estate_id])
    if not form.validate_on_submit():
        page = render_template(
            "visits/new_pairing.html",
            form=form,
            household=household,
            history=queries.pairings_of(household),
        )
        return page, 422 if form.errors else 200
    return save_pairing(form, household)


def choose_household_to_pair() -> ResponseReturnValue:
    """Show who has nobody yet, and a search; a form sent without a household comes here too."""
    words, number = request.args.get("q", "").strip(), request.args.get("page", 1, type=int)
    if words:
        found, more = search_households(current_user, words, limit=20), False
    else:
        asked = {"words": "", "estate": None, "building": None, "paired": "no"}
        found, more = households_page(current_user, page=number, **asked)
    pages = {
        "prev_url": url_for("visits.new_pairing", page=number - 1) if number > 1 else None,
        "next_url": url_for("visits.new_pairing", page=number + 1) if more else None,
    }
    page = render_template("visits/choose_household.html", words=words, found=found, pages=pages)
    return page, 422 if request.method == "POST" else 200


def save_pairing(form: PairingForm, household: Household) -> ResponseReturnValue:
    save = note_declined if form.answer.data == "declined" else pair
    pairing = save(
        household,
        form.student.data,
        form.interval_days.data,
        form.started_on.data,
        by=current_user,
    )
    said = _("记下了，没有别的要做。")
    if pairing.is_current:
        take_over_promises(pairing)
        said = _("结好对了。")
    answer = see_other(url_for("visits.pairing", pairing_id=pairing.id))
    db.session.commit()
    flash(said, "ok")
    return answer


def loaded(pairing_id: int) -> Pairing:
    """Return a pairing this person may see, with its household and student."""
    visible = pairings_visible_to(current_user)
    return one_or_404(queries.with_pair(visible, pairing_id))


@blueprint.get("/pairings/<int:pairing_id>")
def pairing(pairing_id: int) -> ResponseReturnValue:
    """Show one pairing; after its end a student no longer sees the people in it."""
    found = loaded(pairing_id)
    return render_template(
        "visits/pairing.html",
        pairing=found,
        sees_people=sees_people_of(current_user, found),
        may_end=can_pair(current_user) and found.is_current,
        previous=previous_of(found) if found.is_current else None,
        absence=deputies_on(today(), [found.student_id]).get(found.student_id),
    )


@blueprint.post("/pairings/<int:pairing_id>/reminder")
def send_reminder(pairing_id: int) -> ResponseReturnValue:
    """Tell whoever looks after a household that its visit is late."""
    found = loaded(pairing_id)
    allow(can_pair(current_user))
    remind(found, current_user, today())
    said = _("提醒了%(name)s，下次打开邻里就看得到。", name=found.student.name)
    answer = see_other(url_for("home.index"))
    db.session.commit()
    flash(said, "ok")
    return answer


@blueprint.route("/pairings/<int:pairing_id>/edit", methods=["GET", "POST"])
def edit_pairing(pairing_id: int) -> ResponseReturnValue:
    """Change how often, or agree on the next day."""
    found = loaded(pairing_id)
    found.require_current()
    form = PairingEditForm(obj=found)
    if not form.validate_on_submit():
        page = render_template("visits/edit_pairing.html", form=form, pairing=found)
        return page, 422 if form.errors else 200
    form.require_fresh(found)
    found.revise(form.interval_days.data, form.agreed_next_on.data)
    answer = see_other(url_for("visits.pairing", pairing_id=found.id))
    db.session.commit()
    flash(_("改好了。"), "ok")
    return answer


@blueprint.route("/pairings/<int:pairing_id>/end", methods=["GET", "POST"])
def end_pairing(pairing_id: int) -> ResponseReturnValue:
    """End a pairing; the student's access to the household ends with it, at once."""
    found = loaded(pairing_id)
    allow(can_pair(current_user))
    form = EndForm()
    form.offer(found)
    if not form.is_submitted():
        form.facts.data = getattr(written_for(found), "facts", "")
    if not form.validate_on_submit():
        page = render_template("visits/end_pairing.html", form=form, pairing=found)
        return page, 422 if form.errors else 200
    said = _("结束了。%(name)s不再看得到这一户。", name=found.student.name)
    hand_over(found, form)
    answer = see_other(url_for("visits.handover", pairing_id=found.id))
    db.session.commit()
    flash({"text": said, "detail": _("下面是给接手的人的交接单。")}, "ok")
    return answer


def hand_over(found: Pairing, form: EndForm) -> None:
    """End a pairing with its handover sheet, and begin the next one when it is known who."""
    write_facts(found, form.facts.data, current_user)
    end(found, form.reason.data, current_user, today(), form.successor.data)
    tell([found.student_id], "pairing_ended", found, by=current_user)
    if form.successor.data:
        pair(found.household, form.successor.data, found.interval_days, today(), by=current_user)
