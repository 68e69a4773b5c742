"""Chinese typesetting: lines are broken and spread here, with the widths of the very typeface.

Papers people keep deserve full lines flush on both sides, no mark at the start of a line, numbers
beside their units, no last line of one character, even lines in titles, neighbouring full-width
marks half an em closer and Latin a quarter of an em away (GB/T 15834, CLREQ). No character is put
in for it: pens move. Widths are in em.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from itertools import accumulate

from core.fonts import KAI, Face, advance

_STOPS = "，。、；：！？》）”’」』】〉〕"
_OPENING = "《（“‘「『【〈〔"
_CLOSING = _STOPS + "·—…%℃"
_UNITS = "小时|分钟|户次|人次|年度|周年|公里|平方米|个月|周岁"
_HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
# What never splits: a date, a telephone number, a number with its unit or ordinal, a Latin word, a
# double mark.
_WHOLE = re.compile(
    rf"\d+月\d+日|\d{{3,4}}(?: \d{{3,4}}){{1,2}}|第?\d[\d.,:：-]*(?:{_UNITS}|[{_HAN}])?|[A-Za-z][\w.'-]*|——|……|.",
    re.DOTALL,
)
_LATIN = re.compile(r"[\x21-\x7e]+")
_SQUEEZED = re.compile(rf"[{_STOPS}](?=[{_STOPS}{_OPENING}])|[{_OPENING}](?=[{_OPENING}])")
_WIDEST_GAP = 0.14  # em; a line that would need wider gaps stays ragged
# Chinese beside a Latin letter or a digit stands a quarter of an em apart (CLREQ 3.2.3).
_MEETING = re.compile(rf"[{_HAN}](?=[0-9A-Za-z])|[0-9A-Za-z](?=[{_HAN}])")
_APART = 0.25
_SHORTEST_LAST_LINE = 2


class TextTooLong(ValueError):
    """The text does not fit its place on the paper even in the smallest size allowed."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def words(text: str) -> list[str]:
    """Split into what must stay on one line, marks attached to the word they belong to."""
    pieces: list[str] = []
    for piece in _WHOLE.findall(text):
        if pieces and (piece[0] in _CLOSING or pieces[-1][-1] in _OPENING):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


@lru_cache(8192)
def measure(text: str, face: Face) -> float:
    """Natural width of one line; marks that meet, or stand at its edges, give up half an em.

    Nothing stands apart from the line's edges.
    """
    return _Ruler([text], face).width(0, 1) if text else 0.0


class _Ruler:
    """Measures any run of `pieces` as a line, in constant time after one walk through the text."""

    def __init__(self, pieces: list[str], face: Face) -> None:
        text = "".join(pieces)
        self.pieces, self.face, self.moved = pieces, face, _moves(text, face)
        self.place = [0, *accumulate(len(piece) for piece in pieces)]
        self.pen = [
            0.0,
            *accumulate(
                advance(char, face) + self.moved.get(number, 0) for number, char in enumerate(text)
            ),
        ]

    def width(self, start: int, end: int) -> float:
        """Width of pieces[start:end] set as a line of its own."""
        first, last = self.pieces[start][0], self.pieces[end - 1][-1]
        moved = self.moved.get(self.place[end] - 1, 0)
        width = self.pen[self.place[end]] - self.pen[self.place[start]]
        if first in _OPENING and not self.moved.get(self.place[start]):
            width -= _give(first, self.face)
        if last in _STOPS and not moved:
            width -= _give(last, self.face)
        return width - max(moved, 0)


def _moves(text: str, face: Face) -> dict[int, float]:
    """How much further the pen goes after a character, less where marks meet."""
    closer = {match.start(): -_give(match[0], face) for match in _SQUEEZED.finditer(text)}
    return closer | {match.start(): _APART for match in _MEETING.finditer(text)}


def break_lines(text: str, width: float, face: Face = KAI, indent: float = 0) -> list[str]:
    """Break a paragraph into lines of at most `width`; the first starts `indent` further in.

    Lines are as full as they can be, but the last keeps two characters or more.
    """
    if text and measure(text, face) <= width - indent:
        return [text]

    def cost(slack: float, tail: str, length: int, last: bool) -> float:
        if last:
            letters = length - len(tail) + len(tail.rstrip(_CLOSING))
            return 0 if letters >= _SHORTEST_LAST_LINE else 50
        return slack**2 + 0.01

    return _best(words(text), width, face, indent, cost)


def balance(text: str, width: float, face: Face) -> list[str]:
    """Split a title into as few lines as fit, of even length, cut after a mark or 的、和、与、及.

    The writer may set the cuts with ｜ instead.
    """
    if "｜" in text:
        return [line for line in text.split("｜") if line]
    count = max(1, len(break_lines(text, width, face)))
    even = measure(text, face) / count

    def cost(slack: float, tail: str, _length: int, last: bool) -> float:
        good = last or tail[-1] in _CLOSING + "的和与及"
        return 30 + (width - slack - even) ** 2 - 4 * good

    return _best(words(text), width, face, 0, cost)


def _best(
    pieces: list[str],
    width: float,
    face: Face,
    indent: float,
    cost: Callable[[float, str, int, bool], float],
) -> list[str]:
    """The cheapest way to break `pieces`: best[n] is the price of the first n and where to cut."""
    ruler, count = _Ruler(pieces, face), len(pieces)
    best: list[tuple[float, int]] = [(0, 0)]
    for end in range(1, count + 1):
        offers = []
        for start in range(end - 1, -1, -1):
            slack = width - (0 if start else indent) - ruler.width(start, end)
            if slack < -1e-6 and offers:
                break
            length = ruler.place[end] - ruler.place[start]
            price = cost(max(slack, 0), pieces[end - 1], length, end == count)
            offers.append((best[start][0] + price, start))
        best.append(min(offers))
    lines = []
    while count:
        start = best[count][1]
        lines.append("".join(pieces[start:count]))
        count = start
    return lines[::-1]


@lru_cache(8192)
def pens(line: str, face: Face = KAI, room: float = 0) -> tuple[float, ...]:
    """Where each character of a line stands, in em, when it is spread by `room`.

    Gaps open between characters, not inside numbers; too much room leaves the line as it is.
    """
    moved = _moves(line, face)
    closed = {place for match in _LATIN.finditer(line) for place in range(*match.span())}
    gap = room / max(_gaps(line), 1)
    gap = 0 if gap > _WIDEST_GAP else gap
    pen = -_give(line[0], face) if line and line[0] in _OPENING and 0 not in moved else 0.0
    places = []
    for number, character in enumerate(line):
        places.append(pen)
        pen += advance(character, face) + moved.get(number, 0) + (number not in closed) * gap
    return tuple(places)


@cache
def _give(mark: str, face: Face) -> float:
    """How much a mark can give up: half an em if it is a full em wide (in 楷体 “ is not)."""
    return 0.5 if advance(mark, face) >= 0.9 else 0.0


def _gaps(line: str) -> int:
    """How many characters can be followed by a gap: not those inside a number, nor the last."""
    inside = sum(len(match[0]) for match in _LATIN.finditer(line))
    return len(line) - inside - (0 if _LATIN.fullmatch(line[-1:]) else 1)


@lru_cache(maxsize=64)
def qr_rows(text: str) -> tuple[bytes, ...]:
    """A QR code (level M) without its quiet zone. Capitals keep it small.

    Some are remembered: a draft's codes are drawn again with every change of its words.
    """
    import segno

    return tuple(map(bytes, segno.make(text.upper(), error="m", micro=False).matrix))
