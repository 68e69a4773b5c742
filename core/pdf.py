"""Turn a register's HTML into a PDF, and a page of any PDF into a PNG picture.

WeasyPrint takes a third of a second to import, so only the first print loads it.
"""

from __future__ import annotations

import atexit
import io
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from threading import RLock
from typing import TYPE_CHECKING

from core.fonts import FAMILIES, PRINT_ASSETS, SANS_BOLD, installed

if TYPE_CHECKING:
    import pydyf
    import pypdfium2
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont
    from weasyprint import CSS, Document
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcherResponse

# Pango's font maps and PDFium are not safe in two threads at once.
_PRESS = RLock()
# Pages in one picture; a chat shows no longer one well.
LONGEST = 6


class PrintProblem(RuntimeError):
    """The paper would not come out as designed; each message says what WeasyPrint met."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__("; ".join(messages))
        self.messages = messages


class RefusedAddress(PrintProblem):
    """The HTML asked for something from outside itself."""


def render_pdf(html: str, stylesheet: str) -> bytes:
    """Print `html` with a stylesheet of static/print, as a tagged PDF.

    The same input gives the same bytes. Raise PrintProblem for any warning (an unknown property,
    a missing glyph) and RefusedAddress when the HTML asks for any file or address.
    """
    with _PRESS, _surfaced() as messages:
        from weasyprint import HTML

        fetch = _Fetcher()
        document = HTML(string=html, url_fetcher=fetch).write_pdf(
            font_config=_fonts(),
            stylesheets=[_stylesheet(stylesheet)],
            finisher=partial(_report_strangers, messages),
            pdf_tags=True,
        )
    if fetch.refused:
        raise RefusedAddress(fetch.refused)
    if messages:
        raise PrintProblem(messages)
    return document


def render_png(pdf: bytes, width: int = 1080, page: int = 0) -> bytes:
    """Draw one page (counted from 0) of a PDF as a PNG, `width` pixels wide."""
    with _PRESS, _opened(pdf) as document:
        return _as_png(_drawn(document, page, width))


def render_long_png(pdf: bytes, width: int = 1080) -> bytes:
    """Draw all pages below one another, as chats show them; of many the first, and how many more."""
    from PIL import Image

    with _PRESS, _opened(pdf) as document:
        pages = [_drawn(document, page, width) for page in range(min(len(document), LONGEST))]
        left = len(document) - len(pages)
    if left:
        pages.append(_noted(f"后面还有{left}页，请看 PDF。", width))
    long = Image.new("RGB", (width, sum(page.height for page in pages)), "white")
    top = 0
    for page in pages:
        long.paste(page, (0, top))
        top += page.height
    return _as_png(long)


@contextmanager
def _opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()


def _drawn(document: pypdfium2.PdfDocument, page: int, width: int) -> Image:
    sheet = document[page]
    return sheet.render(scale=width / sheet.get_width()).to_pil()


def _noted(words: str, width: int) -> Image:
    """A strip with words in the middle."""
    from PIL import Image, ImageDraw

    strip = Image.new("RGB", (width, width // 9), "white")
    middle, font = (width / 2, strip.height / 2), _stamp_font(width // 36)
    ImageDraw.Draw(strip).text(middle, words, font=font, fill="black", anchor="mm")
    return strip


def _as_png(picture: Image) -> bytes:
    output = io.BytesIO()
    picture.save(output, "PNG", optimize=True)
    return output.getvalue()


def join_pdfs(pdfs: Iterable[bytes]) -> bytes:
    """One PDF of all pages of several, in order: to print. What each said of itself stays behind."""
    import pypdfium2

    output = io.BytesIO()
    with _PRESS:
        joined = pypdfium2.PdfDocument.new()
        for pdf in pdfs:
            with _opened(pdf) as document:
                joined.import_pages(document)
        joined.save(output)
        joined.close()
    return output.getvalue()


def stamp_pdf(pdf: bytes, word: str) -> bytes:
    """Lay a large grey `word` across every page: 草稿, 作废. It is a picture, not text.

    The result is not said to be PDF/A any more.
    """
    import pypdfium2

    from core.archive import without_claim

    output = io.BytesIO()
    with _PRESS, _opened(pdf) as document:
        bitmap = pypdfium2.PdfBitmap.from_pil(_stamp(word))
        for page in document:
            _lay_over(document, page, bitmap)
        document.save(output)
    return without_claim(output.getvalue())


def _lay_over(
    document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, bitmap: pypdfium2.PdfBitmap
) -> None:
    """Place a picture in the middle of a page, half as wide as the page."""
    import pypdfium2

    picture = pypdfium2.PdfImage.new(document)
    picture.set_bitmap(bitmap)
    width, height = page.get_size()
    wide, high = width / 2, width / 2 * bitmap.height / bitmap.width
    place = pypdfium2.PdfMatrix().scale(wide, high)
    picture.set_matrix(place.translate((width - wide) / 2, (height - high) / 2))
    page.insert_obj(picture)
    page.gen_content()


@cache
def _stamp(word: str) -> Image:
    """Draw the word of a stamp, tilted, see-through."""
    from PIL import Image, ImageDraw

    side = 160
    font = _stamp_font(side)
    picture = Image.new("RGBA", (side * (len(word) + 1), side * 2), (0, 0, 0, 0))
    ImageDraw.Draw(picture).text((side / 2, side / 4), word, font=font, fill=(110, 110, 110, 105))
    return picture.rotate(25, expand=True, resample=Image.Resampling.BICUBIC)


def _stamp_font(side: int) -> FreeTypeFont:
    from PIL import ImageFont

    face = installed(SANS_BOLD)
    return ImageFont.truetype(face.file, side, face.index)


class _Fetcher:
    """Hands WeasyPrint nothing: a register is all in its HTML."""

    _fail_on_errors = False  # WeasyPrint reads this of every fetcher

    def __init__(self) -> None:
        self.refused: list[str] = []

    def __call__(self, url: str) -> URLFetcherResponse:
        self.refused.append(url)
        raise ValueError(f"refused: {url}")


@cache
def _fonts() -> FontConfiguration:
    from weasyprint.text.fonts import FontConfiguration

    atexit.register(_fonts.cache_clear)  # it deletes its files, which a dying interpreter cannot
    return FontConfiguration()


@cache
def _stylesheet(name: str) -> CSS:
    from weasyprint import CSS

    text = (PRINT_ASSETS / name).read_text("utf-8")
    return CSS(string=text, font_config=_fonts(), url_fetcher=_Fetcher())


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


def _report_strangers(messages: list[str], document: Document, _pdf: pydyf.PDF) -> None:
    """Report typefaces that crept in from outside our table."""
    strangers = {font.family for font in document.fonts.values()} - FAMILIES
    messages += [f"typeface outside our table: {family}" for family in sorted(strangers)]
