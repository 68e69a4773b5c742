"""Answers that suit a plain form, an htmx request, and a phone's outbox."""

from datetime import datetime

from flask import Flask, Response, g, make_response, redirect, render_template, request
from flask_htmx import HTMX

from core.access import OUTBOX
from core.clock import local

htmx = HTMX()


def init_app(app: Flask) -> None:
    """Let every view ask what htmx said, and tell a phone's outbox what was not saved."""
    htmx.init_app(app)
    app.after_request(refused)


def refused(response: Response) -> Response:
    """A form that comes back to an outbox without a mistake in it asks for more: not saved yet."""
    if OUTBOX in request.headers and request.method == "POST" and response.status_code == 200:
        response.status_code = 422
    return response


def wants_fragment() -> bool:
    """Answer whether only a part of the page was asked for (not a boosted whole page)."""
    return bool(htmx) and request.headers.get("HX-Request-Type", "partial") == "partial"


def see_other(location: str) -> Response:
    """Answer a change that succeeded; note where it led, for a form that is sent again.

    Call it before the commit, so that the note is saved together with the change.
    """
    if "submission" not in g:
        return redirect_to(location)
    g.submission.location = location
    return answer_to(location, g.submission.created_at)


def answer_to(location: str, saved_at: datetime) -> Response:
    """Lead on to what was saved, or give an outbox its receipt."""
    if OUTBOX in request.headers:
        return receipt(location, saved_at)
    return redirect_to(location)


def receipt(location: str, saved_at: datetime) -> Response:
    """Return 201 with where the record is, its number (the last in that path), and when."""
    number = next((part for part in reversed(location.split("/")) if part.isdecimal()), "")
    response = make_response("", 201)
    response.headers["Location"] = location
    response.headers["Receipt-Number"] = number
    response.headers["Receipt-Time"] = local(saved_at).isoformat(timespec="seconds")
    return response


def redirect_to(location: str) -> Response:
    """Return 303 for a plain form, ``HX-Redirect`` for htmx."""
    if not wants_fragment():
        return redirect(location, 303)
    response = make_response("", 200)
    response.headers["HX-Redirect"] = location
    return response


def fragment(template: str, location: str, **context: object) -> Response:
    """Answer a change with one swapped region, or without htmx with the page it belongs to."""
    answer = see_other(location)
    if not wants_fragment():
        return answer
    return make_response(render_template(template, **context))
