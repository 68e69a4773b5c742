"""Choosing whom a batch is for: a list in pages, in which nobody chosen gets lost.

The list is a part of the form that issues: leafing, searching and choosing anew send it with a
``preview`` that says what is wanted, and it comes back with everything typed and everybody chosen.
"""

from flask import request

from blueprints.documents.eligible import SIDES, Circle, Considered, Look
from blueprints.documents.paper_fields import PaperForm
from blueprints.documents.people import served
from core.clock import today
from core.paging import LAST_PAGE

# What a button beside the list asks for, as the value of ``preview``: nothing is issued.
FIND, TURN_TO, SHOW = "find", "page-", "paper-"
CHOSEN_ANEW = {"usual": True, "none": False}


def choose(form: PaperForm, circle: Circle) -> list[Considered]:
    """Let the form know whoever is chosen; who has such a paper is not chosen beforehand."""
    if not form.is_submitted():
        form.people.data = circle.usual()
        form.suggest()
    elif (again := CHOSEN_ANEW.get(request.form.get("preview", ""))) is not None:
        form.people.data = circle.usual() if again else []
    ids = form.people.data or []
    # A page that is only looked at shows one paper; what is sent is checked for everybody.
    chosen = circle.able_among(ids if form.is_submitted() else ids[:1])
    form.offer((one.volunteer.id, one.volunteer.name) for one in chosen)
    year = served([one.volunteer.id for one in chosen], today())
    form.chosen = [year[one.volunteer.id] for one in chosen]
    form.shown = paper_shown(len(chosen))
    return chosen


def looked_at() -> Look:
    """Read which part of the list is asked for; whatever else is sent keeps to the page."""
    sent = request.form
    asked = sent.get("preview", "")
    turned = asked.removeprefix(TURN_TO) if asked.startswith(TURN_TO) else sent.get("at", "1")
    page = 1 if asked == FIND or not turned.isdecimal() else int(turned)
    side = sent.get("side", "")
    words = sent.get("words", "").strip()[:40]
    return Look(words, side if side in SIDES else "", min(max(page, 1), LAST_PAGE))


def paper_shown(count: int) -> int:
    """Read which of so many chosen ones' papers stands beside the form, counted from 1."""
    asked = request.form.get("preview", "")
    wanted = asked.removeprefix(SHOW) if asked.startswith(SHOW) else request.form.get("shown", "1")
    return min(max(int(wanted) if wanted.isdecimal() else 1, 1), max(count, 1))


def chosen_elsewhere(form: PaperForm, people: list[Considered]) -> list[int]:
    """Return the ids of those who are chosen and not on the page that is shown."""
    shown = {one.volunteer.id for one in people}
    return [number for number in form.people.data or [] if number not in shown]
