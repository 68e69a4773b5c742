"""How a 荣誉证书 looks: A4 landscape, each line in its place.

The salutation starts flush left, the body is indented by two characters, unit and date stand
centred over each other with 45 mm round their middle left free for the seal.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from core.fonts import KAI, title_face
from core.lettering import centred, em, left, qr_code, width_of
from core.marks import MM, Line, Mark
from core.ornament import GOLD, HEIGHT, RED, WIDTH, certificate_border
from core.papers import CertificateContent, Seal, chinese_date
from core.sheet import Drawing, Page
from core.tags import Tag
from core.typeset import TextTooLong, break_lines, measure

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


def draw_certificate(content: CertificateContent) -> Drawing:
    """One certificate. Raise TextTooLong for a name, body or unit that won't fit."""
    marks = [
        centred(
            content.title,
            WIDTH / 2,
            46.4,
            50,
            title_face(content.title),
            gap=0.36,
            colour=RED,
            tag=Tag("H1", title=content.title),
        ),
        *_words(content),
        *sealed(content, _SIGN_MIDDLE),
        *checkable(content.serial, content.check_code, content.verify_url),
    ]
    name = f"{content.title} {content.serial}"
    page = Page(tuple(marks), tuple(demo_mark(content.demo)))
    size, whose = (WIDTH, HEIGHT), f"{content.name} {content.serial}"
    return Drawing((page,), size, name, content.issuer, certificate_border(), whose)


class Signed(Protocol):
    """What a paper tells of who gives it."""

    issuer: str
    signatory: str
    issued_on: date
    seal: Seal


def sealed(content: Signed, middle: float) -> list[Line]:
    """Unit, who signs for it, and date with the seal's mark. Raise TextTooLong for a line that
    won't fit."""
    middle -= content.seal.left
    unit, signer = (147.1, 0.0) if not content.signatory else (142.6, 151.2)
    lines = [
        _fitting("issuer", content.issuer, 18, middle, unit),
        centred(chinese_date(content.issued_on), middle, 159.1, 18),
        centred("（盖章）", middle, 166.6, 9, colour=GOLD),
    ]
    if content.signatory:
        lines.append(_fitting("signatory", content.signatory, 15, middle, signer))
    return lines


def _fitting(field: str, text: str, size: float, middle: float, y: float) -> Line:
    """A line around `middle`, smaller where it would be too wide."""
    for smaller in (size, size - 2, size - 4):
        if width_of(text, smaller) <= _SIGN_WIDTH:
            return centred(text, middle, y, smaller)
    raise TextTooLong(field)


def checkable(serial: str, code: str, url: str) -> list[Mark]:
    """The number lower left; lower right the QR code with the words to type instead."""
    return [
        left(f"编号：{serial}", 31, 181.4, 11),
        centred("扫码核验", _CODE_MIDDLE, 180.1, 9),
        centred(code, _CODE_MIDDLE, 184.1, 9),
        qr_code(url, _CODE_MIDDLE - _CODE_SIDE / 2, _CODE_TOP, _CODE_SIDE),
    ]


def demo_mark(demo: bool) -> list[Line]:
    return [centred("演示数据", WIDTH / 2, 188.6, 7.5, gap=0.2)] if demo else []


def _words(content: CertificateContent) -> list[Line]:
    """Salutation, body and closing around a fixed height, so that one line and five look alike."""
    fit, body = _fitted(content.sentence)
    middle = _TEXT_MIDDLE - max(content.seal.spare, 0)
    first = middle - (len(body) + 1) * fit.pitch / 2 + 0.37 * fit.size / MM
    lines = salutation(
        content.name, content.salutation, 1.2 * fit.size, fit.size, (_LEFT, first), _TEXT_WIDTH
    )
    said = Tag("P")
    for number, text in enumerate(body):
        indent = 2 * fit.size / MM if number == 0 else 0
        last = number == len(body) - 1
        room = 0 if last else em(_TEXT_WIDTH - indent, fit.size) - measure(text, KAI)
        y = first + (number + 1) * fit.pitch
        lines.append(left(text, _LEFT + indent, y, fit.size, room=room, tag=said))
    closing = first + (len(body) + 1) * fit.pitch
    return [*lines, left(_LAST_WORDS, _LEFT + 2 * fit.size / MM, closing, fit.size)]


def _fitted(sentence: str) -> tuple[_Fit, list[str]]:
    for fit in _FITS:
        body = break_lines(sentence, em(_TEXT_WIDTH, fit.size), KAI, indent=2)
        if len(body) <= fit.lines:
            return fit, body
    raise TextTooLong("reason")


def salutation(
    name: str, title: str, name_size: float, size: float, place: tuple[float, float], width: float
) -> list[Line]:
    """方晓禾同志：, the name larger. Raise TextTooLong for a name that won't fit."""
    x, y = place
    after = x + width_of(name, name_size) + 0.4 * size / MM
    address = f"{title}："
    if after + width_of(address, size) > x + width:
        raise TextTooLong("name")
    both = Tag("P")
    return [left(name, x, y, name_size, tag=both), left(address, after, y, size, tag=both)]
