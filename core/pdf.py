"""Turn a paper's HTML into a PDF, and a page of a PDF into a PNG picture.

WeasyPrint takes a third of a second to import, so only the first print loads it.
"""

from __future__ import annotations

import atexit
import io
import logging
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from threading import RLock
from typing import TYPE_CHECKING

from core.fonts import FAMILIES, PRINT_ASSETS
from core.ornament import HEIGHT, as_pdf_operators, certificate_border
from core.slim import slim_fonts
from core.typeset import GAP_RULES

if TYPE_CHECKING:
    import pydyf
    from weasyprint import CSS, Document
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcherResponse

_MM = 72 / 25.4
# Pango's font maps and PDFium are not safe in two threads at once.
_PRESS = RLock()
_ASSETS = {
    "print:linli-title.otf": (PRINT_ASSETS / "fonts" / "linli-title.otf", "font/otf"),
}
_NO_PICTURES: Mapping[str, bytes] = {}


class PrintProblem(RuntimeError):
    """The paper would not come out as designed; each message says what WeasyPrint met."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__("; ".join(messages))
        self.messages = messages


class RefusedAddress(PrintProblem):
    """The HTML asked for something that is neither packaged nor handed in."""


@dataclass(frozen=True)
class Paper:
    """A family of papers: its stylesheets in static/print, and a border behind every page."""

    stylesheets: tuple[str, ...]
    border: bool = False


CERTIFICATE = Paper(("base.css", "certificate.css"), border=True)
NOTICE = Paper(("base.css", "notice.css"))


def render_pdf(html: str, paper: Paper, *, photos: Mapping[str, bytes] = _NO_PICTURES) -> bytes:
    """Print `html` on `paper`. `photos` maps a name to picture bytes, shown as src="photo:NAME".

    The same input gives the same bytes. Raise PrintProblem for any warning (an unknown property,
    a missing glyph) and RefusedAddress for an address outside the packaged assets and `photos`.
    """
    with _PRESS, _surfaced() as messages:
        from weasyprint import HTML

        fetch = _fetcher(photos)
        document = HTML(string=html, url_fetcher=fetch).write_pdf(
            font_config=_fonts(),
            stylesheets=[_stylesheet(name) for name in paper.stylesheets],
            finisher=partial(_finish, paper, messages),
        )
    if fetch.refused:
        raise RefusedAddress(fetch.refused)
    if messages:
        raise PrintProblem(messages)
    return document


def render_png(pdf: bytes, width: int = 1080, page: int = 0) -> bytes:
    """Draw one page (counted from 0) of a PDF as a PNG, `width` pixels wide."""
    import pypdfium2

    with _PRESS:
        document = pypdfium2.PdfDocument(pdf)
        try:
            sheet = document[page]
            picture = sheet.render(scale=width / sheet.get_width()).to_pil()
        finally:
            document.close()
    output = io.BytesIO()
    picture.save(output, "PNG", optimize=True)
    return output.getvalue()


class _Fetcher:
    """Hands WeasyPrint the packaged assets and this document's own pictures, nothing else."""

    _fail_on_errors = False  # WeasyPrint reads this of every fetcher

    def __init__(self, photos: Mapping[str, bytes]) -> None:
        self.photos = photos
        self.refused: list[str] = []

    def __call__(self, url: str) -> URLFetcherResponse:
        from weasyprint.urls import URLFetcherResponse

        scheme, _, name = url.partition(":")
        if scheme == "photo" and name in self.photos:
            return URLFetcherResponse(url, self.photos[name])
        if url not in _ASSETS:
            self.refused.append(url)
            raise ValueError(f"refused: {url}")
        path, kind = _ASSETS[url]
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})


def _fetcher(photos: Mapping[str, bytes]) -> _Fetcher:
    return _Fetcher(photos)


@cache
def _fonts() -> FontConfiguration:
    from weasyprint.text.fonts import FontConfiguration

    atexit.register(_fonts.cache_clear)  # it deletes its files, which a dying interpreter cannot
    return FontConfiguration()


@cache
def _stylesheet(name: str) -> CSS:
    from weasyprint import CSS

    return CSS(
        string=(PRINT_ASSETS / name).read_text("utf-8") + GAP_RULES,
        font_config=_fonts(),
        url_fetcher=_fetcher(_NO_PICTURES),
        base_url="print:",
    )


class _Collector(logging.Handler):
    def __init__(self, messages: list[str]) -> None:
        super().__init__(logging.WARNING)
        self.messages = messages

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def _surfaced() -> Iterator[list[str]]:
    """Collect what WeasyPrint and fontTools would only have written to a log."""
    messages: list[str] = []
    collector = _Collector(messages)
    logger = logging.getLogger("weasyprint")
    logger.addHandler(collector)
    try:
        yield messages
    finally:
        logger.removeHandler(collector)


def _finish(paper: Paper, messages: list[str], document: Document, pdf: pydyf.PDF) -> None:
    """Report typefaces that crept in from outside our table, slim the fonts, draw the border."""
    strangers = {font.family for font in document.fonts.values()} - FAMILIES
    messages += [f"typeface outside our table: {family}" for family in sorted(strangers)]
    slim_fonts(document, pdf)
    if paper.border:
        _lay_border_under(pdf)


def _lay_border_under(pdf: pydyf.PDF) -> None:
    """Store the border once and refer to it from the start of every page, as an artifact."""
    import pydyf

    motifs, placing = _border_drawing()
    forms = pydyf.Dictionary(
        {f"M{number}": _add_form(pdf, drawing) for number, drawing in enumerate(motifs)}
    )
    border = _add_form(pdf, placing, XObject=forms)
    under = pydyf.Stream([b"/Artifact BMC q /Border Do Q EMC"])
    pdf.add_object(under)
    objects = {item.reference: item for item in pdf.objects}
    for reference in pdf.page_references:
        page = objects[reference]
        objects[page["Resources"]]["XObject"]["Border"] = border
        page["Contents"] = pydyf.Array([under.reference, page["Contents"]])


@cache
def _border_drawing() -> tuple[tuple[bytes, ...], bytes]:
    """PDF content, compressed: each motif once, and where all of them stand."""
    motifs = certificate_border()
    drawn = tuple(_squash(map(as_pdf_operators, motif.strokes)) for motif in motifs)
    places = (
        f"q {' '.join(map(str, place))} cm /M{number} Do Q"
        for number, motif in enumerate(motifs)
        for place in motif.places
    )
    return drawn, _squash((f"{_MM:.5f} 0 0 {-_MM:.5f} 0 {HEIGHT * _MM:.4f} cm", *places))


def _squash(lines: Iterable[str]) -> bytes:
    return zlib.compress("\n".join(lines).encode(), 9)


def _add_form(pdf: pydyf.PDF, drawing: bytes, **resources: pydyf.Dictionary) -> bytes:
    """Add an already compressed drawing as a form that pages can place; return its reference."""
    import pydyf

    form = pydyf.Stream(
        [drawing],
        pydyf.Dictionary(
            {
                "Type": "/XObject",
                "Subtype": "/Form",
                "Filter": "/FlateDecode",
                "BBox": pydyf.Array([-900, -900, 900, 900]),
                "Resources": pydyf.Dictionary(resources),
            }
        ),
    )
    pdf.add_object(form)
    return form.reference
