"""What every page loads, in as few requests as possible: one style sheet and one script.

A phone in a stairwell pays for each request more than for a kilobyte. The sources stay small files
with one job each; here they are joined, without a build step. Addresses carry a digest of the
content, so that a phone keeps them for a year and still gets the new ones after an upgrade.
"""

import hashlib
import json
import re
from functools import cache

import rcssmin
import rjsmin
from flask import Flask, Response, abort, make_response, url_for

from core.access import same_for_all
from core.config import ROOT
from core.i18n import LANGUAGES, language, speaking
from core.script_words import WORDS

STATIC = ROOT / "static"
STYLES = ("vendor/pico.layer.min.css", "css/app.css", "css/parts.css")
ENTRY = "app.js"
YEAR = 365 * 24 * 3600

# Our own files keep to these forms: imports stand at the head of a line.
IMPORT = re.compile(r'^import (?:[^";]*?from )?"\./([\w.-]+)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export ", re.MULTILINE)


@cache
def script() -> str:
    """Return the scripts as one module, each file once and after those it imports."""
    return "\n".join(without_remarks(module) for module in modules(ENTRY, []))


def modules(name: str, seen: list[str]) -> list[str]:
    """Return a module's text and before it those of its imports; ``seen`` grows."""
    if name in seen:
        return []
    seen.append(name)
    source = (STATIC / "js" / name).read_text(encoding="utf-8")
    before = [text for found in IMPORT.findall(source) for text in modules(found, seen)]
    return [*before, EXPORT.sub("", IMPORT.sub("", source))]


def without_remarks(source: str) -> str:
    """Return a script as it travels: without comments, and blanks only eyes need."""
    return rjsmin.jsmin(source)


@cache
def script_in(spoken: str) -> str:
    """Return the script with the words it says in one language."""
    with speaking(spoken):
        words = {key: str(text) for key, text in WORDS.items()}
    told = json.dumps(words, ensure_ascii=False, separators=(",", ":"))
    return f"const WORDS = {told};\n{script()}"


@cache
def styles() -> str:
    """Return all style sheets as one, without remarks."""
    sheets = ((STATIC / name).read_text(encoding="utf-8") for name in STYLES)
    return rcssmin.cssmin("\n".join(sheets))


@cache
def version_of(content: str) -> str:
    """Return a short digest of some content."""
    return hashlib.sha256(content.encode()).hexdigest()[:10]


def init_app(app: Flask) -> None:
    """Serve both, and let templates name their addresses."""
    app.add_url_rule("/styles/<version>.css", "styles", serve_styles)
    app.add_url_rule("/scripts/<version>/<language>.js", "scripts", serve_script)
    app.jinja_env.globals.update(styles_url=styles_url, script_url=script_url)


def styles_url() -> str:
    """Return the address of the style sheet of this release."""
    return url_for("styles", version=version_of(styles()))


def script_url() -> str:
    """Return the address of the script of this release in the reader's language."""
    spoken = language()
    return url_for("scripts", version=version_of(script_in(spoken)), language=spoken)


@same_for_all
def serve_styles(version: str) -> Response:
    return kept(styles(), "text/css", version)


@same_for_all
def serve_script(version: str, language: str) -> Response:
    if language not in LANGUAGES:
        abort(404)
    return kept(script_in(language), "text/javascript", version)


def kept(content: str, kind: str, version: str) -> Response:
    """Let a browser keep this release's file for good; an old address gets what there is now."""
    response = make_response(content)
    response.mimetype = kind
    current = version_of(content) == version
    response.headers["Cache-Control"] = (
        f"public, max-age={YEAR}, immutable" if current else "no-cache"
    )
    return response
