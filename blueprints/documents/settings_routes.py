"""Pages on which a company changes how its papers are numbered and worded."""

from types import SimpleNamespace

from flask import abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.documents import blueprint
from blueprints.documents.actions import continue_at
from blueprints.documents.batch_actions import last_number
from blueprints.documents.kinds import DOCUMENT_KINDS, KINDS
from blueprints.documents.paper_settings import (
    PaperSettings,
    change_paper_settings,
    serial_of,
    settings_of,
)
from blueprints.documents.samples import WITH_SAMPLE, sample_or_reason
from blueprints.documents.settings_forms import PaperSettingsForm
from core.access import SECRETARY, roles_required
from core.clock import today
from core.db import db
from core.htmx import see_other
from core.settings import fingerprint

secretary_only = roles_required(SECRETARY)


@blueprint.get("/documents/settings")
@secretary_only
def paper_kinds() -> ResponseReturnValue:
    """List the kinds of paper with the number that each gets next."""
    year = today().year
    following = {kind: serial_of(kind, year, last_number(kind, year) + 1) for kind in KINDS}
    return render_template("documents/settings.html", kinds=KINDS.values(), following=following)


@blueprint.route("/documents/settings/<kind>", methods=["GET", "POST"])
@secretary_only
def paper_settings(kind: str) -> ResponseReturnValue:
    """Change one kind; with ``preview``, only show what its papers would look like."""
    if kind not in KINDS:
        abort(404)
    earlier, year = settings_of(kind), today().year
    stored = stored_words(kind, earlier, year)
    form = PaperSettingsForm(kind, year, stored)
    previewed = "preview" in request.form
    if previewed or not form.validate_on_submit():
        chosen = form.typed(earlier) if form.is_submitted() else earlier
        return settings_page(form, kind, chosen)
    form.require_fresh(stored)
    change_paper_settings(kind, form.typed(earlier))
    continue_at(kind, year, form.next_number.data)
    answer = see_other(url_for("documents.paper_kinds"))
    db.session.commit()
    flash(_("设置存好了，新签发的照这样印。"), "ok")
    return answer


def stored_words(kind: str, chosen: PaperSettings, year: int) -> SimpleNamespace:
    """Return what the form starts from, with a version that changes when any of it does."""
    words = {
        "title": chosen.title,
        "salutation": chosen.salutation,
        "honour": chosen.honour,
        "reason": chosen.reason,
        "issuer": chosen.issuer,
        "black": chosen.black,
        "archival": chosen.archival,
        "pattern": chosen.pattern(kind, year),
        "next_number": last_number(kind, year) + 1,
    }
    settled = {name: word for name, word in words.items() if name != "next_number"}
    return SimpleNamespace(**words, version=fingerprint(settled))


def settings_page(form: PaperSettingsForm, kind: str, chosen: PaperSettings) -> ResponseReturnValue:
    picture, problem = sample_or_reason(kind, chosen, today())
    page = render_template(
        "documents/paper_settings.html",
        form=form,
        kind=DOCUMENT_KINDS[kind],
        has_sample=kind in WITH_SAMPLE,
        picture=picture,
        problem=problem,
    )
    return page, 422 if form.errors else 200
