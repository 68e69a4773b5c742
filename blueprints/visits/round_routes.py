"""A round: several households told of in one go."""

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from blueprints.visits import blueprint
from blueprints.visits.access import LOOKING_AFTER
from blueprints.visits.actions import record_round
from blueprints.visits.days import GREETING, greeted_lately, homes_for_round
from blueprints.visits.round_forms import RoundForm, round_form
from core.access import roles_required
from core.db import db
from core.htmx import see_other
from core.settings import setting


@blueprint.route("/visits/rounds/new", methods=["GET", "POST"])
@roles_required(*LOOKING_AFTER)
def new_round() -> ResponseReturnValue:
    """Write down a round; ``?kind=festival`` begins one for a festival."""
    kind = request.args.get("kind")
    form = round_form(homes_for_round(current_user))
    if not form.is_submitted():
        form.begin(kind)
    if form.validate_on_submit():
        return save(form)
    done = greeted_lately([home.id for home in form.households]) if kind == GREETING else set()
    page = render_template(
        "visits/new_round.html", form=form, done=done, chips=setting("visit_note_chips")
    )
    return page, 422 if form.errors else 200


def save(form: RoundForm) -> ResponseReturnValue:
    calls = [(home, form.told_of(home)) for home in form.households if form.answers[home.id]]
    visits = record_round(calls, current_user)
    answer = see_other(url_for("visits.index"))
    db.session.commit()
    flash(_("%(n)s 户的走访记下了。", n=len(visits)), "ok")
    return answer
