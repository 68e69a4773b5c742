"""Draw pages of a fixed layout straight into a PDF: lines of text, a border, QR squares.

For papers whose every line has its place (certificates) this takes a tenth of the time that
laying out HTML takes. Text stays text: it can be selected, copied and searched. Lengths are
millimetres from the top left corner, type sizes are points.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from core.embedding import DocumentFonts, add_jpeg, add_stream, squash
from core.fonts import face_holding
from core.marks import BLACK, MM, Line, Mark, Picture
from core.ornament import RED, Motif, as_pdf_operators

if TYPE_CHECKING:
    import pydyf


@dataclass(frozen=True)
class Page:
    """What is drawn on one page, above the border."""

    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Drawing:
    """A paper as drawn: its pages, all of one size in mm, each over the same border."""

    pages: tuple[Page, ...]
    size: tuple[float, float]
    title: str
    author: str
    border: tuple[Motif, ...] = ()


def in_black(drawing: Drawing) -> Drawing:
    """The same drawing without colour: red becomes black, gold a grey that a laser printer holds."""
    pages = tuple(Page(tuple(_blackened(mark) for mark in page.marks)) for page in drawing.pages)
    border = tuple(
        replace(motif, strokes=tuple(_blackened(stroke) for stroke in motif.strokes))
        for motif in drawing.border
    )
    return replace(drawing, pages=pages, border=border)


def _blackened(drawn: Any) -> Any:
    if getattr(drawn, "colour", BLACK) == BLACK:
        return drawn
    shade = 0.0 if drawn.colour == RED else 0.45
    return replace(drawn, colour=(shade, shade, shade))


def draw_pdf(drawings: Sequence[Drawing]) -> bytes:
    """One PDF of these papers, which share size and border. Same input, same bytes.

    Every character must have a face: ask core.fonts.missing_characters first.
    """
    import pydyf

    pdf, fonts, pictures = pydyf.PDF(), DocumentFonts(), _Pictures()
    first = drawings[0]
    size, height = first.size, first.size[1]
    pdf.info.update(Title=pydyf.String(first.title), Author=pydyf.String(first.author))
    pdf.catalog["Lang"] = pydyf.String("zh-Hans")
    contents = [
        add_stream(pdf, _content(page, height, fonts, pictures))
        for drawing in drawings
        for page in drawing.pages
    ]
    resources = pydyf.Dictionary(
        {
            "Font": pydyf.Dictionary(
                {name: font.embed(pdf) for name, font in fonts.by_name.items()}
            ),
            "XObject": pydyf.Dictionary(
                {"Border": _add_border(pdf, first.border, height), **pictures.embed(pdf)}
            ),
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


class _Pictures:
    """The photos of one document, by the short names its pages call them; each stored once."""

    def __init__(self) -> None:
        self.names: dict[bytes, str] = {}

    def place(self, picture: Picture, height: float) -> str:
        name = self.names.setdefault(picture.data, f"P{len(self.names)}")
        size = f"{picture.width * MM:.3f} 0 0 {picture.height * MM:.3f}"
        corner = f"{picture.x * MM:.3f} {(height - picture.y - picture.height) * MM:.3f}"
        return f"q {size} {corner} cm /{name} Do Q"

    def embed(self, pdf: pydyf.PDF) -> dict[str, bytes]:
        return {name: add_jpeg(pdf, data) for data, name in self.names.items()}


def _content(page: Page, height: float, fonts: DocumentFonts, pictures: _Pictures) -> bytes:
    parts = ["/Artifact BMC q /Border Do Q EMC"]
    for mark in page.marks:
        if isinstance(mark, Line):
            parts.append(_show(mark, height, fonts))
        elif isinstance(mark, Picture):
            parts.append(pictures.place(mark, height))
        else:
            parts.append(mark.operators(height))
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
