"""The handover sheet of a pairing: to read, to print, and what is written on it."""

from types import SimpleNamespace

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from blueprints.households.models import CONSENT_ANSWERS, CONSENT_TOPICS
from blueprints.visits import blueprint
from blueprints.visits.handing_over import sheet, sheet_pairing, write_facts, written_for
from blueprints.visits.pairing_forms import HandoverForm
from blueprints.visits.pairings import Pairing
from core.access import one_or_404
from core.db import db
from core.htmx import see_other

# What a form carries before anything was written.
NOTHING_YET = SimpleNamespace(version=0, facts="")


def loaded(pairing_id: int) -> Pairing:
    """Return a pairing whose sheet this person may read."""
    return one_or_404(sheet_pairing(current_user, pairing_id))


@blueprint.get("/pairings/<int:pairing_id>/handover")
def handover(pairing_id: int) -> ResponseReturnValue:
    """Show the sheet for whoever looks after the household next."""
    return render_template(
        "visits/handover.html",
        sheet=sheet(loaded(pairing_id)),
        topics=CONSENT_TOPICS,
        answers=CONSENT_ANSWERS,
    )


@blueprint.route("/pairings/<int:pairing_id>/handover/edit", methods=["GET", "POST"])
def edit_handover(pairing_id: int) -> ResponseReturnValue:
    """Write down what was agreed, while the pairing lasts or after it."""
    pairing = loaded(pairing_id)
    written = written_for(pairing) or NOTHING_YET
    form = HandoverForm(obj=written)
    if not form.validate_on_submit():
        page = render_template("visits/edit_handover.html", form=form, pairing=pairing)
        return page, 422 if form.errors else 200
    form.require_fresh(written)
    write_facts(pairing, form.facts.data, current_user)
    answer = see_other(url_for("visits.handover", pairing_id=pairing.id))
    db.session.commit()
    flash(_("写好了。"), "ok")
    return answer
