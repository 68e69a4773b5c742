"""What opens without a signal: the list of what is kept, blank forms, and the worker behind it."""

from flask import Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from blueprints.outbox import blueprint
from blueprints.outbox.forms import BlankVisit
from blueprints.visits.queries import due_pairings
from blueprints.wishes.forms import CollectForm
from core.access import STUDENT, public, roles_required, same_for_all
from core.assets import STATIC, script_url, styles_url, version_of, without_remarks
from core.clock import today
from core.pages import static_file
from core.settings import setting

# Who looks after more than this has them all on the page of pairings.
MOST_DUE = 60
DUE_AHEAD_DAYS = 7
SHELL_PAGES = ("outbox.index", "outbox.blank_visit", "outbox.blank_wish")


def shell() -> dict[str, bool]:
    """Tell the frame to leave out who is logged in, when the phone is to keep the page."""
    return {"shell": "shell" in request.args}


@blueprint.get("/outbox")
@public
def index() -> ResponseReturnValue:
    """Show what this phone keeps and what of it is unsent; only the phone knows."""
    return render_template("outbox/index.html", **shell())


@blueprint.get("/offline/visit")
@public
def blank_visit() -> ResponseReturnValue:
    """Show the visit form for a household that the phone fills in."""
    chips = setting("visit_note_chips")
    return render_template("outbox/visit.html", form=BlankVisit(), chips=chips, **shell())


@blueprint.get("/offline/wish")
@public
def blank_wish() -> ResponseReturnValue:
    """Show the form for a wish of a household that the phone fills in."""
    return render_template("outbox/wish.html", form=CollectForm(), **shell())


@blueprint.get("/outbox/due")
@roles_required(STUDENT)
def due() -> ResponseReturnValue:
    """Tell a student's phone whom they are to visit within a week."""
    due = due_pairings(current_user, today(), DUE_AHEAD_DAYS, MOST_DUE)
    own = [pairing for pairing in due if pairing.student_id == current_user.id]
    return render_template("outbox/due.html", due=own)


@blueprint.get("/sw.js")
@public
def worker() -> Response:
    """Serve the service worker with what it is to keep; a new day or release makes it anew."""
    pages = [f"{url_for(page)}?shell=1" for page in SHELL_PAGES]
    files = [styles_url(), script_url()] + [
        static_file(name) for name in ("vendor/htmx.min.js", "icons.svg", "icon.svg")
    ]
    version = version_of(f"{today()} {pages} {files}")
    source = without_remarks((STATIC / "js" / "sw.js").read_text(encoding="utf-8"))
    response = make_response(
        f"const CACHE = {version!r};\nconst SHELL = {pages + files};\n{source}"
    )
    response.mimetype = "text/javascript"
    response.headers["Cache-Control"] = "no-cache"
    return response


@blueprint.get("/manifest.webmanifest")
@same_for_all
def manifest() -> Response:
    """Let a phone put 邻里 among its apps."""
    icons = [
        {
            "src": url_for("static", filename=f"icon-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": "any maskable",
        }
        for size in (192, 512)
    ]
    response = make_response(
        {
            "name": "邻里",
            "short_name": "邻里",
            "lang": "zh-Hans",
            "id": "/",
            "start_url": "/",
            "scope": "/",
            "display": "standalone",
            "background_color": "#faf8f5",
            "theme_color": "#faf8f5",
            "icons": icons,
        }
    )
    response.mimetype = "application/manifest+json"
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response
