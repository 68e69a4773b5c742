"""Which volunteer is which resident: linked by who may see both."""

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from blueprints.households.access import residents_visible_to
from blueprints.households.models import Resident
from blueprints.teams import access, actions, blueprint, register
from blueprints.teams.models import Volunteer
from blueprints.teams.volunteers import volunteer_or_404
from core.access import allow, one_or_404
from core.db import db
from core.forms import tidy
from core.htmx import see_other


@blueprint.get("/volunteers/<int:volunteer_id>/resident")
def resident_choice(volunteer_id: int) -> str:
    """Look for the resident who this volunteer is; begins with those of the same name."""
    volunteer = linkable(volunteer_id)
    words = tidy(request.args.get("q", volunteer.name))
    found = register.residents_named(current_user, words) if words else []
    return render_template("teams/resident.html", volunteer=volunteer, words=words, residents=found)


@blueprint.post("/volunteers/<int:volunteer_id>/resident")
def link_resident(volunteer_id: int) -> ResponseReturnValue:
    """Link the volunteer to a resident, or with an empty ``resident`` to none any more."""
    volunteer = linkable(volunteer_id)
    resident_id = request.form.get("resident", type=int)
    resident = None
    if resident_id:
        visible = residents_visible_to(current_user).where(Resident.id == resident_id)
        resident = one_or_404(visible)
    actions.link(volunteer, resident)
    answer = see_other(url_for("teams.volunteer", volunteer_id=volunteer.id))
    db.session.commit()
    flash(_("连好了。") if resident else _("不再连着了。"), "ok")
    return answer


def linkable(volunteer_id: int) -> Volunteer:
    volunteer = volunteer_or_404(volunteer_id)
    allow(access.can_link(current_user))
    return volunteer
