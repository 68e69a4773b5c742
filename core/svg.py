"""A drawing as SVG: what a page will look like, without making a PDF first.

For a preview that follows every keystroke: no typeface is cut or embedded, the browser uses those
it has. Lines break and stand where the paper's own do, because each character has its place.
"""

from __future__ import annotations

from functools import cache
from itertools import groupby

from markupsafe import Markup, escape

from core.marks import MM, Box, Colour, Line, Mark, Path, Squares
from core.ornament import Motif
from core.sheet import Drawing


def as_svg(drawing: Drawing, label: str, page: int = 0) -> Markup:
    """A page, counted from 0, as one inline SVG element; photos are left out."""
    wide, high = drawing.size
    marks = Markup("").join(_mark(mark) for mark in drawing.pages[page].drawn)
    return Markup(
        '<svg viewBox="0 0 {} {}" role="img" aria-label="{}" class="paper-svg">'
        '<rect width="{}" height="{}" fill="#fff"/>{}{}</svg>'
    ).format(wide, high, label, wide, high, _border(drawing.border), marks)


@cache
def _border(motifs: tuple[Motif, ...]) -> Markup:
    drawn = []
    for number, motif in enumerate(motifs):
        strokes = "".join(
            f'<path d="{stroke.path}" {_paint(stroke.colour, stroke.width)}/>'
            for stroke in motif.strokes
        )
        drawn.append(f'<defs><g id="motif-{number}">{strokes}</g></defs>')
        drawn += [
            f'<use href="#motif-{number}" transform="matrix({" ".join(map(str, place))})"/>'
            for place in motif.places
        ]
    return Markup("".join(drawn))  # noqa: S704 - numbers and our own paths


def _mark(mark: Mark) -> Markup:
    if isinstance(mark, Line):
        return _line(mark)
    if isinstance(mark, Squares):
        return _squares(mark)
    if isinstance(mark, Box):
        place = f'x="{mark.x}" y="{mark.y}" width="{mark.width}" height="{mark.height}"'
        return Markup(f"<rect {place} {_paint(mark.colour, mark.stroke)}/>")  # noqa: S704
    if isinstance(mark, Path):
        turned = f'transform="translate({mark.x} {mark.y}) scale({mark.scale})"'
        paint = _paint(mark.colour, mark.stroke / mark.scale)
        return Markup(f'<path d="{mark.path}" {turned} {paint}/>')  # noqa: S704
    return Markup("")


def _line(line: Line) -> Markup:
    size = line.size / MM
    places = " ".join(f"{line.x + pen * size:.2f}" for pen in line.pens)
    return Markup(
        '<text x="{}" y="{:.2f}" font-size="{:.2f}" font-family="{}, serif" fill="{}">{}</text>'
    ).format(places, line.y, size, line.face.family, _hex(line.colour), escape(line.text))


def _squares(code: Squares) -> Markup:
    drawn = []
    for number, row in enumerate(code.rows):
        column = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                x, y = code.x + column * code.side, code.y + number * code.side
                drawn.append(f"M{x:.2f} {y:.2f}h{length * code.side:.2f}v{code.side:.2f}H{x:.2f}z")
            column += length
    return Markup(f'<path d="{"".join(drawn)}"/>')  # noqa: S704 - numbers only


def _paint(colour: Colour, stroke: float) -> str:
    if not stroke:
        return f'fill="{_hex(colour)}"'
    return f'fill="none" stroke="{_hex(colour)}" stroke-width="{stroke:.3g}"'


def _hex(colour: Colour) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour)
