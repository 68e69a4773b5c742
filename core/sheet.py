"""Draw pages of a fixed layout straight into a PDF: lines of text, a border, QR squares.

For papers whose every line has its place (certificates) this takes a tenth of the time that
laying out HTML takes. Text stays text: it can be selected, copied and searched. Lengths are
millimetres from the top left corner, type sizes are points.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from core.embedding import DocumentFonts, add_stream, squash
from core.fonts import Face, face_holding
from core.ornament import Colour, Motif, as_pdf_operators

if TYPE_CHECKING:
    import pydyf

MM = 72 / 25.4
BLACK: Colour = (0, 0, 0)


@dataclass(frozen=True)
class Line:
    """Text on one baseline that starts at x, y; `pens` says in em where each character stands."""

    text: str
    x: float
    y: float
    size: float
    face: Face
    pens: tuple[float, ...]
    colour: Colour = BLACK


@dataclass(frozen=True)
class Squares:
    """A QR code: rows of dark and light, its top left corner, the side of one module."""

    rows: tuple[bytes, ...]
    x: float
    y: float
    side: float


@dataclass(frozen=True)
class Page:
    """What is drawn on one page, above the border."""

    lines: tuple[Line, ...]
    codes: tuple[Squares, ...] = ()


def draw_pdf(
    pages: Sequence[Page],
    size: tuple[float, float],
    border: tuple[Motif, ...] = (),
    *,
    title: str,
    author: str,
) -> bytes:
    """One PDF of `pages`, all of one size, each over the same border. Same input, same bytes.

    Every character must have a face: ask core.fonts.missing_characters first.
    """
    import pydyf

    pdf, fonts = pydyf.PDF(), DocumentFonts()
    pdf.info.update(Title=pydyf.String(title), Author=pydyf.String(author))
    pdf.catalog["Lang"] = pydyf.String("zh-Hans")
    contents = [add_stream(pdf, _content(page, size[1], fonts)) for page in pages]
    resources = pydyf.Dictionary(
        {
            "Font": pydyf.Dictionary(
                {name: font.embed(pdf) for name, font in fonts.by_name.items()}
            ),
            "XObject": pydyf.Dictionary({"Border": _add_border(pdf, border, size[1])}),
        }
    )
    pdf.add_object(resources)
    for content in contents:
        pdf.add_page(
            pydyf.Dictionary(
                {
                    "Type": "/Page",
                    "Parent": pdf.pages.reference,
                    "Contents": content,
                    "MediaBox": pydyf.Array([0, 0, round(size[0] * MM, 3), round(size[1] * MM, 3)]),
                    "Resources": resources.reference,
                }
            )
        )
    output = io.BytesIO()
    pdf.write(output, compress=True)
    return output.getvalue()


def _content(page: Page, height: float, fonts: DocumentFonts) -> bytes:
    parts = ["/Artifact BMC q /Border Do Q EMC"]
    parts += [_show(line, height, fonts) for line in page.lines]
    parts += [_squares(code, height) for code in page.codes]
    return "\n".join(parts).encode()


def _show(line: Line, height: float, fonts: DocumentFonts) -> str:
    """Text operators: runs of one typeface, each glyph moved to its pen position."""
    colour = " ".join(f"{part:g}" for part in line.colour)
    drawn = [f"BT {colour} rg"]
    placed = [
        (character, pen)
        for character, pen in zip(line.text, line.pens, strict=True)
        if face_holding(character, line.face)
    ]  # an invisible joiner may have no glyph
    for name, run in groupby(placed, key=lambda item: fonts.name_for(item[0], line.face)):
        characters = list(run)
        x, y = (line.x * MM + characters[0][1] * line.size, (height - line.y) * MM)
        shown = fonts.by_name[name].show(characters)
        drawn.append(f"1 0 0 1 {x:.3f} {y:.3f} Tm /{name} {line.size:g} Tf [{shown}] TJ")
    return " ".join((*drawn, "ET"))


def _squares(code: Squares, height: float) -> str:
    """One path of all dark runs, each a hair taller than its row so that no seam shows."""
    side, drawn = code.side * MM, ["0 0 0 rg"]
    for number, row in enumerate(code.rows):
        y, column = (height - code.y) * MM - (number + 1) * side, 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                x = code.x * MM + column * side
                drawn.append(f"{x:.3f} {y:.3f} {length * side:.3f} {side * 1.01:.3f} re")
            column += length
    return " ".join((*drawn, "f"))


def _add_border(pdf: pydyf.PDF, motifs: tuple[Motif, ...], height: float) -> bytes:
    """Store each motif once and the border as one form that pages place; return its reference."""
    import pydyf

    drawn, placing = _border_drawing(motifs, height)
    forms = pydyf.Dictionary(
        {f"M{number}": _add_form(pdf, drawing) for number, drawing in enumerate(drawn)}
    )
    return _add_form(pdf, placing, XObject=forms)


@cache
def _border_drawing(motifs: tuple[Motif, ...], height: float) -> tuple[tuple[bytes, ...], bytes]:
    """PDF content, compressed: each motif once, and where all of them stand."""
    places = (
        f"q {' '.join(map(str, place))} cm /M{number} Do Q"
        for number, motif in enumerate(motifs)
        for place in motif.places
    )
    turned = f"{MM:.5f} 0 0 {-MM:.5f} 0 {height * MM:.4f} cm"
    drawn = tuple(
        squash("\n".join(map(as_pdf_operators, motif.strokes)).encode()) for motif in motifs
    )
    return drawn, squash("\n".join((turned, *places)).encode())


def _add_form(pdf: pydyf.PDF, squashed: bytes, **resources: pydyf.Dictionary) -> bytes:
    import pydyf

    form = pydyf.Stream(
        [squashed],
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
