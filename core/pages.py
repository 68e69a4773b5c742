"""What every page carries: security headers, compression, and a few words in templates."""

import hashlib
from collections.abc import Hashable, Iterable
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, g, request, url_for
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_compress import Compress
from itsdangerous import URLSafeTimedSerializer
from jinja2 import Template
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from markupsafe import Markup

from core import assets
from core.access import is_same_for_all
from core.clock import local, today
from core.day_words import format_date, format_days, format_minutes, format_month
from core.i18n import language

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)

CLOSED = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "geolocation=(), microphone=(), camera=(self)"),
)

MARK = Markup(
    '<svg class="mark" aria-hidden="true" viewBox="0 0 32 32"><use href="{}#mark"/></svg>'
)
HIDDEN = Markup('aria-hidden="true"')


class SessionOfPages(SecureCookieSessionInterface):
    """The signed cookie, its key derived once and not for every request.

    A static file is the same for everybody: one that varied on the cookie, which Flask-Login
    looks at after every request, would be asked for again by every page.
    """

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Return what signs and reads the cookie; it changes with the keys only."""
        return self.signed_with(
            app, app.secret_key, tuple(app.config["SECRET_KEY_FALLBACKS"] or ())
        )

    @lru_cache(maxsize=2)  # noqa: B019 - one interface lives as long as its application
    def signed_with(self, app: Flask, *_keys: object) -> URLSafeTimedSerializer | None:
        return super().get_signing_serializer(app)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if not is_same_for_all():
            super().save_session(app, session, response)


class PageTemplate(Template):
    """A template whose macros are made once. Jinja compares the names of all globals at every
    import, hundreds of times on a board of cards, for the case that one template was loaded with
    globals of its own; none is here.
    """

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return super()._get_default_module()


def init_app(app: Flask) -> None:
    """Add headers to every answer, and the helpers that templates use everywhere."""
    app.session_interface = SessionOfPages()
    app.after_request(secure)
    assets.init_app(app)
    Compress(app)
    app.url_defaults(version_static_file)
    app.jinja_env.globals.update(
        today=today,
        local=local,
        static_file=static_file,
        icon=icon,
        mark=mark,
        part=part,
        parts=parts,
    )
    app.jinja_env.filters.update(
        day=format_date, until=format_days, minutes=format_minutes, month=format_month
    )
    app.jinja_env.template_class = PageTemplate
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def version_static_file(endpoint: str, values: dict[str, Any]) -> None:
    """Let a phone keep static files for a year and still get the new ones after an upgrade."""
    if endpoint == "static" and "filename" in values:
        values["v"] = digest(Path(current_app.static_folder) / values["filename"])


def static_file(name: str) -> str:
    """Return the versioned address of a static file; every page names the same ten."""
    return address_below(request.script_root, name)


@cache
def address_below(script_root: str, name: str) -> str:
    """Return a static file's address in an application that is mounted there."""
    return url_for("static", filename=name)


def icon(name: str, large: bool = False, label: str = "", shape: str = "") -> Markup:
    """Draw an icon of static/icons.svg; a page draws the same few a hundred times.

    Without a label screen readers skip it. ``shape`` is one more class.
    """
    classes = " ".join(["i", *(["i-l"] if large else []), *([shape] if shape else [])])
    return drawn(static_file("icons.svg"), name, classes, label)


def mark() -> Markup:
    """Draw the product's own sign."""
    return MARK.format(static_file("icons.svg"))


@lru_cache(maxsize=1_000)
def drawn(sprite: str, name: str, classes: str, label: str) -> Markup:
    """Return an icon's markup."""
    told = Markup('role="img" aria-label="{}"').format(label) if label else HIDDEN
    return Markup('<svg class="{}" {}><use href="{}#i-{}"/></svg>').format(
        classes, told, sprite, name
    )


def part(template: str, **values: Hashable) -> Markup:
    """Render a region that many pages share, once for each set of values.

    The template may use nothing else but the language, the day, and where the application is
    mounted.
    """
    return rendered(template, surroundings(), tuple(values.items()))


def parts(template: str, lines: Iterable[Hashable]) -> Markup:
    """Render a region like ``part`` for each ``line`` of a list, one after the other."""
    around = surroundings()
    shown = "".join([rendered(template, around, (("line", line),)) for line in lines])
    return Markup(shown)  # noqa: S704 - every piece is markup


def surroundings() -> tuple[str, date, str]:
    """Return all that a shared region may depend on besides its values, worked out once a page."""
    found = g.get("surroundings")
    if found is None:
        found = g.surroundings = language(), today(), request.script_root
    return found


@lru_cache(maxsize=4_000)
def rendered(
    template: str, _surroundings: tuple[str, date, str], values: tuple[tuple[str, Hashable], ...]
) -> Markup:
    """Return a region's markup; the template's autoescaping has made it safe."""
    text = current_app.jinja_env.get_template(template).render(dict(values))
    return Markup(text)  # noqa: S704


@cache
def digest(path: Path) -> str | None:
    """Return a short digest of a file's content, read once per process."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10] if path.is_file() else None


def secure(response: Response) -> Response:
    """Close what a page does not need; pages about people stay out of every cache."""
    headers = response.headers
    headers.extend(CLOSED)
    headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    if not is_same_for_all():
        headers.setdefault("Cache-Control", "no-store")
        # A page and the fragment of it that htmx asks for have one address.
        response.vary.update(("Cookie", "HX-Request", "HX-Request-Type"))
    return response
