"""Line drawings for reminders and wishes: black, thick, understood before they are read.

Each is an SVG path of straight and curved lines in a square of 100, drawn by `pictogram`.
"""

from __future__ import annotations

from math import cos, pi, sin

from core.marks import MM, Mark, Path

_QUARTER = 0.5523  # how far a Bézier quarter circle's handles reach


def ring(x: float, y: float, radius: float) -> str:
    """A circle as four Bézier quarters."""
    reach = radius * _QUARTER
    corners = [(x + radius, y), (x, y + radius), (x - radius, y), (x, y - radius)]
    turns = [(0, 1), (-1, 0), (0, -1), (1, 0)]
    path = f"M{corners[0][0]:g} {corners[0][1]:g}"
    for number in range(4):
        (x1, y1), (x2, y2) = corners[number], corners[(number + 1) % 4]
        (u1, v1), (u2, v2) = turns[number], turns[(number + 1) % 4]
        path += (
            f"C{x1 + u1 * reach:g} {y1 + v1 * reach:g} {x2 - u2 * reach:g} {y2 - v2 * reach:g}"
            f" {x2:g} {y2:g}"
        )
    return f"{path}Z"


def _rays(x: float, y: float, near: float, far: float, count: int) -> str:
    spokes = [2 * pi * number / count for number in range(count)]
    return "".join(
        f"M{x + near * cos(turn):.2f} {y + near * sin(turn):.2f}"
        f"L{x + far * cos(turn):.2f} {y + far * sin(turn):.2f}"
        for turn in spokes
    )


BIKE = (
    "M4 40L50 6L96 40M12 36L12 96M88 36L88 96M4 96L96 96"
    + ring(32, 78, 13)
    + ring(68, 78, 13)
    + "M32 78L44 60L60 60L68 78M44 60L50 78L60 60M50 78L32 78M58 52L60 60M53 52L63 52M41 57L47 57"
    "M52 20L46 32L54 32L48 44"
)
FIRE = (
    "M50 6C54 24 78 36 78 62C78 82 66 94 50 94C34 94 22 82 22 62C22 48 30 42 34 30C40 36 42 42 42 48"
    "C48 38 50 22 50 6ZM50 94C40 94 36 86 36 78C36 66 48 62 50 50C54 62 64 66 64 78C64 86 60 94 50 94Z"
)
WATER = "M50 6C66 30 80 46 80 64C80 82 66 94 50 94C34 94 20 82 20 64C20 46 34 30 50 6ZM34 64C34 74 41 81 50 81"
RUBBISH = "M18 26L82 26M26 26L32 94L68 94L74 26M40 26L40 14L60 14L60 26M42 40L44 80M58 40L56 80"
QUIET = "M10 38L28 38L50 18L50 82L28 62L10 62ZM64 38L88 62M88 38L64 62"
SNOW = _rays(50, 50, 0, 44, 6) + "".join(
    f"M{50 + 30 * cos(t):.2f} {50 + 30 * sin(t):.2f}L{50 + 40 * cos(t + s):.2f} {50 + 40 * sin(t + s):.2f}"
    for t in (2 * pi * n / 6 for n in range(6))
    for s in (0.32, -0.32)
)
SUN = ring(50, 50, 20) + _rays(50, 50, 30, 44, 8)
HOME = "M8 48L50 10L92 48M20 40L20 92L80 92L80 40M42 92L42 64L58 64L58 92"
# By the number that a paper keeps: only ever appended to.
PICTOGRAMS = (HOME, BIKE, FIRE, WATER, RUBBISH, QUIET, SNOW, SUN)

GIFT = "M10 34L90 34L90 52L10 52ZM18 52L18 92L82 92L82 52M50 34L50 92M50 34C30 34 24 10 38 10C48 10 50 24 50 34C50 24 52 10 62 10C76 10 70 34 50 34"
TOOL = "M62 12C50 12 42 24 46 36L12 70C6 78 18 94 28 88L62 54C76 58 88 48 88 36L74 48L60 44L54 28L66 14Z"
PEOPLE = (
    ring(34, 28, 14)
    + ring(70, 34, 11)
    + "M8 90C8 64 16 54 34 54C52 54 60 64 60 90M62 56C82 52 92 64 92 90"
)
BOOK = "M50 24C38 14 22 14 8 18L8 82C22 78 38 78 50 88C62 78 78 78 92 82L92 18C78 14 62 14 50 24ZM50 24L50 88"
HEART = "M50 90C16 64 8 46 8 34C8 12 38 6 50 28C62 6 92 12 92 34C92 46 84 64 50 90Z"


def pictogram(path: str, middle: float, side: float, top: float = 0) -> tuple[Mark, ...]:
    """The drawing `side` mm high around `middle`, its lines a thirty-second of that."""
    return (Path(middle - side / 2, top, path, side / 100, stroke=side / 30 * MM),)
