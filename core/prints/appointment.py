"""聘书: whom the company asks to serve, as what, how long. A4 landscape, in the certificate's frame."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from core.certificate import checkable, demo_mark, salutation, sealed
from core.fonts import KAI, SERIF_BLACK
from core.lettering import centred, em, left
from core.marks import MM, Line
from core.ornament import HEIGHT, RED, WIDTH, Motif, plain_border, woven_rule
from core.papers import VerifiedContent, chinese_date
from core.sheet import Drawing, Page
from core.tags import Tag
from core.typeset import TextTooLong, break_lines, measure

_LEFT, _WIDTH, _MIDDLE = 110, 148, 87
_RULE_X, _RULE_TOP, _RULE_LENGTH = 96, 38, 134
_TITLE_MIDDLE, _TITLE_SIZE, _SIGN_MIDDLE = 60, 78, 209
_FITS = ((19, 11.4, 6), (17, 10, 7), (15.5, 9.2, 9))  # size in pt, line pitch in mm, most lines


@dataclass(frozen=True)
class AppointmentContent(VerifiedContent):
    """`post` is what somebody is asked to be, `duty` what they do, `terms` what else is agreed."""

    name: str
    post: str
    starts_on: date
    ends_on: date
    duty: str
    terms: str
    title: str = "聘书"
    salutation: str = "同志"

    optional = frozenset({"terms"})

    @property
    def paragraphs(self) -> list[str]:
        term = f"聘期自{chinese_date(self.starts_on)}起至{chinese_date(self.ends_on)}止"
        said = [f"兹聘请您为{self.post}，{term}", self.duty, self.terms, "此聘"]
        return [f"{text.rstrip('，。；,.;')}。" for text in said if text]


def draw_appointment(content: AppointmentContent) -> Drawing:
    """The letter. Raise TextTooLong for a name, duty or unit that won't fit."""
    marks = [
        *_title(content.title),
        *_words(content),
        *sealed(content, _SIGN_MIDDLE),
        *checkable(content.serial, content.check_code, content.verify_url),
    ]
    page = Page(tuple(marks), tuple(demo_mark(content.demo)))
    name, whose = (f"{which} {content.serial}" for which in (content.title, content.name))
    return Drawing((page,), (WIDTH, HEIGHT), name, content.issuer, _border(), whose)


def _title(title: str) -> list[Line]:
    """The title from top to bottom, one character over the other."""
    pitch, size, tag = 1.34 * _TITLE_SIZE / MM, _TITLE_SIZE, Tag("H1", title=title)
    top = (HEIGHT - len(title) * pitch) / 2 + 0.87 * size / MM
    return [
        centred(char, _TITLE_MIDDLE, top + n * pitch, size, SERIF_BLACK, colour=RED, tag=tag)
        for n, char in enumerate(title)
    ]


def _words(content: AppointmentContent) -> list[Line]:
    size, pitch, paragraphs = _fitted(content.paragraphs)
    count = sum(map(len, paragraphs))
    middle = _MIDDLE - max(content.seal.spare, 0)
    y = middle - count * pitch / 2 + 0.37 * size / MM
    lines = salutation(content.name, content.salutation, 1.3 * size, size, (_LEFT, y), _WIDTH)
    for paragraph in paragraphs:
        said = Tag("P")
        for number, text in enumerate(paragraph):
            y += pitch
            indent = 2 * size / MM if number == 0 else 0
            last = number == len(paragraph) - 1
            room = 0 if last else em(_WIDTH - indent, size) - measure(text, KAI)
            lines.append(left(text, _LEFT + indent, y, size, room=room, tag=said))
    return lines


def _fitted(paragraphs: list[str]) -> tuple[float, float, list[list[str]]]:
    for size, pitch, most in _FITS:
        broken = [break_lines(text, em(_WIDTH, size), KAI, indent=2) for text in paragraphs]
        if sum(map(len, broken)) <= most:
            return size, pitch, broken
    raise TextTooLong("duty")


@cache
def _border() -> tuple[Motif, ...]:
    return (*plain_border(), woven_rule(_RULE_X, _RULE_TOP, _RULE_LENGTH))
