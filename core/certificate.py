"""How a 荣誉证书 looks: A4 landscape, each line in its place.

The salutation starts flush left, the body is indented by two characters, unit and date stand
centred over each other with 45 mm round their middle left free for the seal.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.fonts import KAI, TITLE, Face
from core.ornament import GOLD, RED, WIDTH
from core.papers import CertificateContent, chinese_date
from core.sheet import BLACK, Line, Page, Squares
from core.typeset import TextTooLong, break_lines, measure, pens, qr_rows

_POINT = 25.4 / 72  # mm
_LEFT, _TEXT_WIDTH, _TEXT_MIDDLE = 46, 205, 96.5
_SIGN_MIDDLE, _SIGN_WIDTH = 203, 90
_CODE_MIDDLE, _CODE_TOP, _CODE_SIDE = 258, 156.4, 17.5
_LAST_WORDS = "特发此证，以资鼓励。"


@dataclass(frozen=True)
class _Fit:
    """A type size (pt) with its line pitch (mm), and how many lines of the body it may carry."""

    size: float
    pitch: float
    lines: int


_FITS = (_Fit(21, 12.6, 3), _Fit(18.5, 11, 4), _Fit(17, 10, 5))


def certificate_page(content: CertificateContent) -> Page:
    """One certificate as drawn lines. Raise TextTooLong for a name, body or unit that won't fit."""
    day, code = chinese_date(content.issued_on), qr_rows(content.verify_url)
    unit = _centred(content.issuer, _SIGN_MIDDLE, 147.1, 18)
    if _width(content.issuer, 18) > _SIGN_WIDTH:
        raise TextTooLong("issuer")
    lines = [
        _centred(content.title, WIDTH / 2, 46.4, 50, face=TITLE, gap=0.36, colour=RED),
        *_words(content),
        unit,
        _centred(day, _SIGN_MIDDLE, 159.1, 18),
        _centred("（盖章）", _SIGN_MIDDLE, 166.6, 9, colour=GOLD),
        _left(f"编号：{content.serial}", 31, 181.4, 11),
        _centred("扫码核验", _CODE_MIDDLE, 180.1, 9),
        _centred(content.check_code, _CODE_MIDDLE, 184.1, 9),
    ]
    if content.demo:
        lines.append(_centred("演示数据", WIDTH / 2, 188.6, 7.5, gap=0.2))
    corner = _CODE_MIDDLE - _CODE_SIDE / 2
    return Page(tuple(lines), (Squares(code, corner, _CODE_TOP, _CODE_SIDE / len(code)),))


def _words(content: CertificateContent) -> list[Line]:
    """Salutation, body and closing around a fixed height, so that one line and five look alike."""
    fit, body = _fitted(content.sentence)
    first = _TEXT_MIDDLE - (len(body) + 1) * fit.pitch / 2 + 0.37 * fit.size * _POINT
    lines = _salutation(content, fit, first)
    for number, text in enumerate(body):
        indent = 2 * fit.size * _POINT if number == 0 else 0
        last = number == len(body) - 1
        room = 0 if last else _em(_TEXT_WIDTH - indent, fit.size) - measure(text, KAI)
        y = first + (number + 1) * fit.pitch
        lines.append(_left(text, _LEFT + indent, y, fit.size, room))
    closing = first + (len(body) + 1) * fit.pitch
    return [*lines, _left(_LAST_WORDS, _LEFT + 2 * fit.size * _POINT, closing, fit.size)]


def _fitted(sentence: str) -> tuple[_Fit, list[str]]:
    for fit in _FITS:
        body = break_lines(sentence, _em(_TEXT_WIDTH, fit.size), KAI, indent=2)
        if len(body) <= fit.lines:
            return fit, body
    raise TextTooLong("reason")


def _salutation(content: CertificateContent, fit: _Fit, y: float) -> list[Line]:
    size = 1.2 * fit.size
    after = _LEFT + _width(content.name, size) + 0.4 * fit.size * _POINT
    address = f"{content.salutation}："
    if after + _width(address, fit.size) > _LEFT + _TEXT_WIDTH:
        raise TextTooLong("name")
    return [_left(content.name, _LEFT, y, size), _left(address, after, y, fit.size)]


def _left(text: str, x: float, y: float, size: float, room: float = 0) -> Line:
    return Line(text, x, y, size, KAI, pens(text, KAI, room))


def _centred(
    text: str,
    middle: float,
    y: float,
    size: float,
    *,
    face: Face = KAI,
    gap: float = 0,
    colour: tuple[float, float, float] = BLACK,
) -> Line:
    """A line around `middle`, its characters `gap` em further apart than usual."""
    places = tuple(pen + number * gap for number, pen in enumerate(pens(text, face)))
    width = (measure(text, face) + gap * (len(text) - 1)) * size * _POINT
    return Line(text, middle - width / 2, y, size, face, places, colour)


def _width(text: str, size: float) -> float:
    return measure(text, KAI) * size * _POINT


def _em(width: float, size: float) -> float:
    return width / (size * _POINT)
