"""Pages on which a company changes how its papers are numbered and worded."""

from types import SimpleNamespace

from flask import abort, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.documents import blueprint
from blueprints.documents.actions import continue_at
from blueprints.documents.all_forms import FORMS
from blueprints.documents.batch_actions import last_number
from blueprints.documents.kinds import DOCUMENT_KINDS, KINDS
from blueprints.documents.paper_settings import (
    PaperSettings,
    change_paper_settings,
    serial_of,
    settings_of,
)
from blueprints.documents.previews import preview_of_settings
from blueprints.documents.settings_forms import PaperSettingsForm, settings_form
from core.access import SECRETARY, asks_for_preview, previews, roles_required
from core.clock import today
from core.db import db
from core.htmx import see_other, wants_fragment
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
@previews
def paper_settings(kind: str) -> ResponseReturnValue:
    """Change one kind; with ``preview``, only show what its papers would look like."""
    if kind not in KINDS:
        abort(404)
    earlier, year = settings_of(kind), today().year
    stored = stored_words(kind, earlier, year)
    form = settings_form(kind)(year, stored)
    if asks_for_preview():
        return settings_page(form, kind, form.typed(earlier))
    if not form.validate_on_submit():
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
    words = FORMS[kind].in_fields(chosen.words) | {
        "black": chosen.black,
        "archival": chosen.archival,
        "seal": chosen.seal,
        "seal_left": chosen.seal_left,
        "pattern": chosen.pattern(kind, year),
    }
    counted = last_number(kind, year) + 1
    return SimpleNamespace(**words, next_number=counted, version=fingerprint(words))


def settings_page(form: PaperSettingsForm, kind: str, chosen: PaperSettings) -> ResponseReturnValue:
    preview = preview_of_settings(kind, chosen)
    if asks_for_preview() and wants_fragment():
        return render_template("documents/_sample.html", preview=preview)
    page = render_template(
        "documents/paper_settings.html", form=form, kind=DOCUMENT_KINDS[kind], preview=preview
    )
    return page, 422 if form.errors else 200
