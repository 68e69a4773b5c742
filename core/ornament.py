"""The certificate's border: woven sine lines between gold rules, rosettes in the corners.

Drawn as a few motifs that are placed many times, so a PDF stores each curve once however long
the border and however many pages. Lengths are millimetres on A4 landscape, y points down.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import cos, pi, sin

from core.marks import Colour, path_operators

WIDTH, HEIGHT = 297, 210
RED, GOLD = (0.612, 0.114, 0.125), (0.69, 0.553, 0.31)
_AXIS = 13.0  # from the paper's edge to the middle of the woven band
_BAND = 3.4  # half the height of the band
_CORNER = 7.4  # the rosette's radius

Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True)
class Stroke:
    """A path in SVG's absolute M, L, C, Z; filled when `width` is 0."""

    path: str
    colour: Colour
    width: float = 0


@dataclass(frozen=True)
class Motif:
    """Strokes drawn once, and every place where they stand."""

    strokes: tuple[Stroke, ...]
    places: tuple[Matrix, ...]


_HERE: Matrix = (1, 0, 0, 1, 0, 0)


@cache
def certificate_border() -> tuple[Motif, ...]:
    """The border of an A4 landscape certificate with the rule under its title."""
    return (*plain_border(), Motif(_title_rule(), (_HERE,)))


def woven_rule(x: float, top: float, length: float, swellings: int = 5) -> Motif:
    """An upright rule of a narrower weave, `length` mm down from `top`."""
    step, narrow = length / swellings, 0.62
    places = tuple((0, 1, -narrow, 0, x, top + number * step) for number in range(swellings))
    return Motif(weave(step), places)


@cache
def plain_border() -> tuple[Motif, ...]:
    """Woven bands between gold rules along the edges of A4 landscape, rosettes in the corners."""
    across, along = 12, 8
    length = (WIDTH - 2 * _AXIS - 2 * _CORNER) / across
    height = (HEIGHT - 2 * _AXIS - 2 * _CORNER) / along
    start = _AXIS + _CORNER
    horizontal = tuple(
        (1, 0, 0, 1, start + step * length, y)
        for y in (_AXIS, HEIGHT - _AXIS)
        for step in range(across)
    )
    vertical = tuple(
        (0, 1, -1, 0, x, start + step * height)
        for x in (_AXIS, WIDTH - _AXIS)
        for step in range(along)
    )
    corners = tuple(
        (1, 0, 0, 1, x, y) for x in (_AXIS, WIDTH - _AXIS) for y in (_AXIS, HEIGHT - _AXIS)
    )
    return (
        Motif(weave(length), horizontal),
        Motif(weave(height), vertical),
        Motif(_rosette(), corners),
        Motif(_rules(), (_HERE,)),
    )


def as_svg(motifs: tuple[Motif, ...]) -> str:
    """The border as an SVG picture, for browsers."""
    parts = []
    for number, motif in enumerate(motifs):
        drawn = "".join(_svg_path(stroke) for stroke in motif.strokes)
        uses = "".join(
            f'<use href="#m{number}" transform="matrix({_numbers(place, ",")})"/>'
            for place in motif.places
        )
        parts.append(f'<defs><g id="m{number}" fill="none">{drawn}</g></defs>{uses}')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f"{''.join(parts)}</svg>"
    )


def as_pdf_operators(stroke: Stroke) -> str:
    """The stroke in PDF's content language: the same path, written postfix."""
    operators = path_operators(stroke.path)
    colour = _numbers(stroke.colour)
    if stroke.width:
        return f"{colour} RG {stroke.width} w {operators} S"
    return f"{colour} rg {operators} f"


def _svg_path(stroke: Stroke) -> str:
    colour = "#" + "".join(f"{round(part * 255):02x}" for part in stroke.colour)
    paint = (
        f'stroke="{colour}" stroke-width="{stroke.width}"' if stroke.width else f'fill="{colour}"'
    )
    return f'<path d="{stroke.path}" {paint}/>'


def weave(length: float) -> tuple[Stroke, ...]:
    """One swelling of the woven band: six strands that meet at both ends."""
    strands = []
    for number in range(6):
        phase = number * pi / 3
        strands.append(
            Stroke(
                _curve(lambda x, phase=phase: _strand(x / length, phase), length, 40),
                (GOLD, RED)[number % 2],
                0.16,
            )
        )
    return tuple(strands)


def _strand(part: float, phase: float) -> float:
    swelling = 0.62 - 0.38 * cos(2 * pi * part)
    return (_BAND - 0.5) * swelling * sin(2 * pi * 5 * part + phase)


def _curve(height, length: float, pieces: int) -> str:
    """A smooth path through height(x) by Hermite pieces turned into Bézier ones."""
    step, nudge = length / pieces, length / pieces / 100
    path = [f"M{_numbers((0, height(0)))}"]
    for piece in range(pieces):
        left, right = piece * step, (piece + 1) * step
        slopes = [(height(x + nudge) - height(x - nudge)) / (2 * nudge) for x in (left, right)]
        path.append(
            "C"
            + _numbers(
                (
                    left + step / 3,
                    height(left) + slopes[0] * step / 3,
                    right - step / 3,
                    height(right) - slopes[1] * step / 3,
                    right,
                    height(right),
                )
            )
        )
    return "".join(path)


def _rosette() -> tuple[Stroke, ...]:
    rings = [
        Stroke(_petals(_CORNER - 0.9, 0.9, 12, turn * pi / 6, 96), colour, 0.16)
        for turn, colour in ((0, GOLD), (0.5, RED), (1, GOLD), (1.5, RED))
    ]
    inner = [
        Stroke(_petals(3.6, 1.5, 8, turn * pi / 4, 64), RED, 0.16) for turn in (0, 0.5, 1, 1.5)
    ]
    return (
        Stroke(_petals(_CORNER, 0, 1, 0, 24), GOLD, 0.35),
        *rings,
        Stroke(_petals(5.3, 0, 1, 0, 24), GOLD, 0.2),
        *inner,
        Stroke(_petals(1.1, 0, 1, 0, 12), RED),
    )


def _petals(radius: float, depth: float, count: int, turn: float, pieces: int) -> str:
    """A closed ring whose radius swings by `depth` `count` times, turned by `turn`."""

    def point(angle: float) -> tuple[float, float]:
        away = radius + depth * cos(count * angle + count * turn)
        return away * cos(angle), away * sin(angle)

    def slope(angle: float) -> tuple[float, float]:
        (x1, y1), (x2, y2) = point(angle - 1e-4), point(angle + 1e-4)
        return (x2 - x1) / 2e-4, (y2 - y1) / 2e-4

    step = 2 * pi / pieces
    path = [f"M{_numbers(point(0))}"]
    for piece in range(pieces):
        left, right = piece * step, (piece + 1) * step
        (x1, y1), (x2, y2), (u1, v1), (u2, v2) = (
            point(left),
            point(right),
            slope(left),
            slope(right),
        )
        path.append(
            "C"
            + _numbers(
                (
                    x1 + u1 * step / 3,
                    y1 + v1 * step / 3,
                    x2 - u2 * step / 3,
                    y2 - v2 * step / 3,
                    x2,
                    y2,
                )
            )
        )
    return "".join(path) + "Z"


def _rules() -> tuple[Stroke, ...]:
    """Gold lines on both sides of the band and the red line with cut corners inside."""
    outer, inner = _AXIS - _BAND, _AXIS + _BAND
    return (
        *(_sides(edge) for edge in (outer, inner)),
        Stroke(_cut_box(inner + 1.2, 3), RED, 0.7),
        Stroke(_cut_box(inner + 2.2, 3), GOLD, 0.2),
    )


def _sides(edge: float) -> Stroke:
    near, far_x, far_y = _AXIS + _CORNER - 0.2, WIDTH - _AXIS - _CORNER, HEIGHT - _AXIS - _CORNER
    lines = [(near, y, far_x, y) for y in (edge, HEIGHT - edge)]
    lines += [(x, near, x, far_y) for x in (edge, WIDTH - edge)]
    return Stroke(
        "".join(f"M{_numbers(line[:2])}L{_numbers(line[2:])}" for line in lines), GOLD, 0.25
    )


def _cut_box(edge: float, cut: float) -> str:
    right, foot = WIDTH - edge, HEIGHT - edge
    points = [
        (edge + cut, edge),
        (right - cut, edge),
        (right, edge + cut),
        (right, foot - cut),
        (right - cut, foot),
        (edge + cut, foot),
        (edge, foot - cut),
        (edge, edge + cut),
    ]
    return "M" + "L".join(_numbers(point) for point in points) + "Z"


def _title_rule() -> tuple[Stroke, ...]:
    middle, y = WIDTH / 2, 54.5
    lines = f"M{middle - 50} {y}L{middle - 8} {y}M{middle + 8} {y}L{middle + 50} {y}"
    return (
        Stroke(lines, GOLD, 0.3),
        Stroke(_diamond(middle, y, 2), RED),
        *(Stroke(_diamond(middle + x, y, 1.4), GOLD, 0.25) for x in (-4.6, 4.6)),
    )


def _diamond(x: float, y: float, half: float) -> str:
    return (
        f"M{x - half} {y}L{x} {_numbers((y - half * 0.8,))}L{x + half} {y}"
        f"L{x} {_numbers((y + half * 0.8,))}Z"
    )


def _numbers(values: tuple[float, ...], between: str = " ") -> str:
    return between.join(f"{round(value, 3):g}" for value in values)
