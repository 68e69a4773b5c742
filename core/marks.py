"""What a page is drawn with: lines of text, boxes, paths, QR codes, pictures.

Lengths are millimetres from the top left corner, sizes of type and widths of strokes are points.
Each mark knows its place, so a block of marks can be set at the origin and moved to its page.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Self

from core.fonts import Face
from core.tags import Tag

MM = 72 / 25.4
Colour = tuple[float, float, float]
BLACK: Colour = (0, 0, 0)


@dataclass(frozen=True)
class Mark:
    """Something drawn at x, y; `tag` says what it is part of, none that it only adorns."""

    x: float
    y: float
    tag: Tag | None = field(default=None, kw_only=True)

    def moved(self, right: float, down: float) -> Self:
        return replace(self, x=self.x + right, y=self.y + down)


@dataclass(frozen=True)
class Line(Mark):
    """Text on one baseline that starts at x, y; `pens` says in em where each character stands."""

    text: str
    size: float
    face: Face
    pens: tuple[float, ...]
    colour: Colour = BLACK


@dataclass(frozen=True)
class Squares(Mark):
    """A QR code: rows of dark and light, its top left corner, the side of one module."""

    rows: tuple[bytes, ...]
    side: float

    def operators(self, height: float) -> str:
        """One path of all dark runs, each a hair taller than its row so that no seam shows."""
        side, drawn = self.side * MM, ["0 0 0 rg"]
        for number, row in enumerate(self.rows):
            y, column = (height - self.y) * MM - (number + 1) * side, 0
            for dark, run in groupby(row):
                length = len(list(run))
                if dark:
                    x = self.x * MM + column * side
                    drawn.append(f"{x:.3f} {y:.3f} {length * side:.3f} {side * 1.01:.3f} re")
                column += length
        return " ".join((*drawn, "f"))


@dataclass(frozen=True)
class Box(Mark):
    """A rectangle down from its top left corner: filled, or stroked when it has a `stroke`."""

    width: float
    height: float
    stroke: float = 0
    dash: float = 0
    colour: Colour = BLACK

    def operators(self, height: float) -> str:
        place = (self.x, height - self.y - self.height, self.width, self.height)
        shape = " ".join(f"{length * MM:.3f}" for length in place)
        return _painted(f"{shape} re", self.stroke, self.dash, self.colour)


@dataclass(frozen=True)
class Path(Mark):
    """A drawing in SVG's absolute M, L, C, Z in a unit of `scale` mm; y points down."""

    path: str
    scale: float = 1
    stroke: float = 0
    dash: float = 0
    colour: Colour = BLACK

    def operators(self, height: float) -> str:
        unit = self.scale * MM
        turned = f"{unit:.5f} 0 0 {-unit:.5f} {self.x * MM:.3f} {(height - self.y) * MM:.3f} cm"
        painted = _painted(
            path_operators(self.path), self.stroke / unit, self.dash / unit, self.colour
        )
        return f"q {turned} 1 J 1 j {painted} Q"


@dataclass(frozen=True)
class Picture(Mark):
    """A JPEG in a rectangle, its top left corner at x, y."""

    data: bytes
    width: float
    height: float


def path_operators(path: str) -> str:
    """An SVG path in PDF's content language: the same, written postfix."""
    parts = path
    for command in "ZMCL":
        parts = parts.replace(command, f"|{command}")
    return " ".join(
        f"{part[1:].strip()} {'h' if part[0] == 'Z' else part[0].lower()}"
        for part in parts.split("|")[1:]
    )


def _painted(shape: str, stroke: float, dash: float, colour: Colour) -> str:
    shade = " ".join(f"{part:g}" for part in colour)
    if not stroke:
        return f"{shade} rg {shape} f"
    dashes = f"[{dash * MM:.2f}] 0 d " if dash else ""
    ending = " [] 0 d" if dash else ""
    return f"{dashes}{shade} RG {stroke:.4g} w {shape} S{ending}"
