"""Draw pages of a fixed layout straight into a PDF: lines of text, a border, QR squares.

For papers whose every line has its place (certificates) this takes a tenth of the time that
laying out HTML takes. Text stays text: it can be selected, copied, searched, and read aloud in
its order. Lengths are millimetres from the top left corner, type sizes are points.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from itertools import groupby
from operator import attrgetter

import pydyf

from core.archive import make_archival
from core.embedding import DocumentFonts, add_jpeg, add_stream, squash
from core.fonts import face_holding
from core.marks import MM, Line, Mark, Picture
from core.ornament import Motif, as_pdf_operators
from core.sheet import Drawing, Link, Page
from core.structure import ARTIFACT, Structure, add_bookmarks

MADE_BY = "邻里 Linli"


def draw_pdf(drawings: Sequence[Drawing], *, archival: bool = False) -> bytes:
    """One tagged PDF of these papers, which share size and border. Same input, same bytes.

    Several pages have bookmarks. `archival` makes it PDF/A-2a. Every character must have a face:
    ask core.fonts.missing_characters first.
    """
    pdf, first = pydyf.PDF(), drawings[0]
    document = _Document(pdf, first)
    for drawing in drawings:
        document.add(drawing, is_one_of_many=len(drawings) > 1)
    document.finish()
    told = {"Title": first.title, "Author": first.author, "Creator": MADE_BY}
    pdf.info.update({name: pydyf.String(word) for name, word in told.items()})
    if archival:
        make_archival(pdf, first.title, first.author, MADE_BY)
    output = io.BytesIO()
    pdf.write(output, compress=True, identifier=archival)
    return output.getvalue()


class _Document:
    """A PDF being drawn: its pages, and what they share."""

    def __init__(self, pdf: pydyf.PDF, first: Drawing) -> None:
        self.pdf, self.size, self.border = pdf, first.size, first.border
        self.fonts, self.pictures, self.structure = DocumentFonts(), _Pictures(), Structure(pdf)
        self.contents: list[bytes] = []
        self.links: list[tuple[int, Link]] = []

    def add(self, drawing: Drawing, *, is_one_of_many: bool) -> None:
        """Draw a paper's pages."""
        if is_one_of_many:
            self.structure.begin_paper(drawing.bookmark or drawing.title)
        for page in drawing.pages:
            self.structure.begin_page()
            self.links += [(len(self.contents), link) for link in page.links]
            self.contents.append(add_stream(self.pdf, self._content(page)))

    def _content(self, page: Page) -> bytes:
        parts = [f"{ARTIFACT} q /Border Do Q EMC"] if self.border else []
        for tag, run in groupby(page.marks, key=attrgetter("tag")):
            marks = list(run)
            parts.append(self.structure.opened(tag, (self.size[1] - marks[0].y + 12) * MM))
            parts += [*map(self._operators, marks), "EMC"]
        if page.furniture:
            parts += [ARTIFACT, *map(self._operators, page.furniture), "EMC"]
        return "\n".join(parts).encode()

    def _operators(self, mark: Mark) -> str:
        if isinstance(mark, Line):
            return _show(mark, self.size[1], self.fonts)
        if isinstance(mark, Picture):
            return self.pictures.place(mark, self.size[1])
        return mark.operators(self.size[1])

    def finish(self) -> None:
        """Add the pages, now that everything they use is known."""
        resources = self._resources()
        box = pydyf.Array([0, 0, *(round(side * MM, 3) for side in self.size)])
        for number, content in enumerate(self.contents):
            page = {
                "Type": "/Page",
                "Parent": self.pdf.pages.reference,
                "Contents": content,
                "MediaBox": box,
                "Resources": resources,
                "StructParents": number,
                "Tabs": "/S",
            }
            self.pdf.add_page(pydyf.Dictionary(page))
        for number, link in self.links:
            x, y = link.x * MM, (self.size[1] - link.y) * MM
            place = [x, y - link.height * MM, x + link.width * MM, y]
            self.structure.add_link(number, link.tag, [round(edge, 1) for edge in place], link.to)
        self.structure.finish()
        if len(self.contents) > 1:
            add_bookmarks(self.pdf, self.structure.headings)
        self.pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})

    def _resources(self) -> bytes:
        """Fonts, pictures and the border, the same for all pages; return the reference."""
        fonts = {name: font.embed(self.pdf) for name, font in self.fonts.by_name.items()}
        placed = self.pictures.embed(self.pdf)
        if self.border:
            placed["Border"] = _add_border(self.pdf, self.border, self.size[1])
        resources = pydyf.Dictionary(
            {"Font": pydyf.Dictionary(fonts), "XObject": pydyf.Dictionary(placed)}
        )
        self.pdf.add_object(resources)
        return resources.reference


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
    form = {
        "Type": "/XObject",
        "Subtype": "/Form",
        "Filter": "/FlateDecode",
        "BBox": pydyf.Array([-900, -900, 900, 900]),
        "Resources": pydyf.Dictionary(resources),
    }
    stored = pydyf.Stream([squashed], pydyf.Dictionary(form))
    pdf.add_object(stored)
    return stored.reference
