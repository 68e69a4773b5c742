"""PDF/A-2a (ISO 19005-2): what is drawn with what, and that all of it is inside the file."""

import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.pens.basePen import NullPen
from fontTools.ttLib import TTFont
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1

from core.certificate import draw_certificate
from core.press import Manner, print_drawn
from core.prints.report import draw_report
from core.prints.wishes import draw_wish_wall
from tests.documents.contents import certificate
from tests.documents.posted_samples import wall
from tests.documents.samples import report

CASES = pytest.mark.parametrize(
    "content,draw",
    [
        (certificate(name="陈㛃𪚥𬭳"), draw_certificate),
        (report(), draw_report),
        (wall(), draw_wish_wall),
    ],
    ids=["certificate", "report", "wall"],
)
# Painting, text, state and marked content: nothing see-through, no colour of another device.
ALLOWED = " q Q cm re m l c h f S w d J j rg RG BT ET Tm Tf TJ Do BMC BDC EMC "
PAINTING = {"TJ", "f", "S", "Do"}


def pages_of(content: Any, draw: Any) -> list[PDFPage]:
    pdf = print_drawn([content], draw, Manner(archival=True))
    return list(PDFPage.create_pages(PDFDocument(PDFParser(io.BytesIO(pdf)))))


def operators(page: PDFPage) -> Iterator[str]:
    for stream in page.contents:
        for line in resolve1(stream).get_data().decode().split():
            if re.fullmatch(r"[A-Za-z]+", line):
                yield line


def fonts_of(page: PDFPage) -> Iterator[dict[str, Any]]:
    yield from (resolve1(font) for font in resolve1(resolve1(page.resources)["Font"]).values())


def widths_told(font: dict[str, Any]) -> dict[int, float]:
    told = resolve1(resolve1(font["DescendantFonts"])[0])["W"]
    return {number: width for number, (width,) in zip(told[::2], told[1::2], strict=True)}


def widths_inside(font: dict[str, Any]) -> dict[int, float]:
    """Thousandths of an em by character id, out of the embedded program."""
    described = resolve1(resolve1(resolve1(font["DescendantFonts"])[0])["FontDescriptor"])
    wanted = widths_told(font)
    if "FontFile2" in described:
        face = TTFont(io.BytesIO(resolve1(described["FontFile2"]).get_data()))
        unit = face["head"].unitsPerEm
        return {cid: face["hmtx"][face.getGlyphName(cid)][0] * 1000 / unit for cid in wanted}
    outlines = CFFFontSet()
    outlines.decompile(io.BytesIO(resolve1(described["FontFile3"]).get_data()), None)
    shapes = outlines[0].CharStrings
    found = {}
    for cid in wanted:
        shape = shapes[f"cid{cid:05d}"]
        shape.draw(NullPen())
        found[cid] = shape.width
    return found


@CASES
def test_every_glyph_is_embedded_as_wide_as_the_file_says(content: Any, draw: Any) -> None:
    for page in pages_of(content, draw):
        for font in fonts_of(page):
            assert widths_inside(font) == pytest.approx(widths_told(font), abs=1)


@CASES
def test_every_glyph_leads_back_to_a_character(content: Any, draw: Any) -> None:
    for page in pages_of(content, draw):
        for font in fonts_of(page):
            back = resolve1(font["ToUnicode"]).get_data().decode().split("beginbfchar", 1)[1]
            pairs = dict(re.findall(r"<([0-9a-f]{4})> <([0-9a-f]{4,8})>", back))
            assert {int(cid, 16) for cid in pairs} == set(widths_told(font))
            assert 0 not in widths_told(font)


@CASES
def test_all_that_is_painted_is_marked_and_nothing_is_see_through(content: Any, draw: Any) -> None:
    for page in pages_of(content, draw):
        depth = 0
        for operator in operators(page):
            assert f" {operator} " in ALLOWED
            depth += {"BMC": 1, "BDC": 1, "EMC": -1}.get(operator, 0)
            assert depth == 1 or operator not in PAINTING
        assert depth == 0
        assert "ExtGState" not in resolve1(page.resources)
