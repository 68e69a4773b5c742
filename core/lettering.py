"""Lines of text as marks: set flush left, flush right or around a middle, spread or narrowed.

Lengths are millimetres, sizes points.
"""

from __future__ import annotations

from core.fonts import KAI, Face
from core.marks import BLACK, MM, Colour, Line, Squares
from core.tags import Tag
from core.typeset import measure, pens, qr_rows

# Digits of a mobile number.
MOBILE = 11


def em(width: float, size: float) -> float:
    """A width in mm as a number of em."""
    return width * MM / size


def width_of(text: str, size: float, face: Face = KAI, gap: float = 0) -> float:
    """How wide a line is in mm, its characters `gap` em further apart than usual."""
    return (measure(text, face) + gap * max(len(text) - 1, 0)) * size / MM


def left(
    text: str,
    x: float,
    y: float,
    size: float,
    face: Face = KAI,
    *,
    room: float = 0,
    gap: float = 0,
    colour: Colour = BLACK,
    tag: Tag | None = None,
) -> Line:
    """A line from x on; `room` in em is spread between its characters, `gap` added to each.

    Without a `tag` it is a paragraph of its own.
    """
    places = tuple(pen + number * gap for number, pen in enumerate(pens(text, face, room)))
    return Line(x, y, text, size, face, places, colour, tag=tag or Tag("P"))


def centred(
    text: str,
    middle: float,
    y: float,
    size: float,
    face: Face = KAI,
    *,
    gap: float = 0,
    colour: Colour = BLACK,
    tag: Tag | None = None,
) -> Line:
    """A line around `middle`."""
    start = middle - width_of(text, size, face, gap) / 2
    return left(text, start, y, size, face, gap=gap, colour=colour, tag=tag)


def right(
    text: str,
    x: float,
    y: float,
    size: float,
    face: Face = KAI,
    *,
    gap: float = 0,
    tag: Tag | None = None,
) -> Line:
    """A line that ends at x."""
    return left(text, x - width_of(text, size, face, gap), y, size, face, gap=gap, tag=tag)


def qr_code(text: str, x: float, y: float, side: float) -> Squares:
    """A QR code `side` mm wide without its quiet zone."""
    rows = qr_rows(text)
    return Squares(x, y, rows, side / len(rows), tag=Tag("Figure", alt=f"二维码：{text}"))


def in_groups(phone: str) -> str:
    """A number as it is read from afar and dialled: 100 0000 0001; others as they were written."""
    if len(phone) != MOBILE or not phone.isdecimal():
        return phone
    return f"{phone[:3]} {phone[3:7]} {phone[7:]}"
