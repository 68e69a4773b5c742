"""Answers that suit both a plain form and an htmx request."""

from flask import Flask, Response, g, make_response, redirect, render_template, request
from flask_htmx import HTMX

htmx = HTMX()


def init_app(app: Flask) -> None:
    """Make every page vary on what htmx says of the request."""
    htmx.init_app(app)
    app.after_request(vary_on_htmx)


def vary_on_htmx(response: Response) -> Response:
    if request.endpoint != "static":
        response.vary.update(("HX-Request", "HX-Request-Type"))
    return response


def wants_fragment() -> bool:
    """Answer whether only a part of the page was asked for (not a boosted whole page)."""
    return bool(htmx) and request.headers.get("HX-Request-Type", "partial") == "partial"


def see_other(location: str) -> Response:
    """Answer a change that succeeded; note where it led, for a form that is sent again.

    Call it before the commit, so that the note is saved together with the change.
    """
    if "submission" in g:
        g.submission.location = location
    return redirect_to(location)


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
