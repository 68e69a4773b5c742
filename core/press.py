"""Set and print the papers of core/papers.py. Printed words are always Simplified Chinese."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from core.certificate import draw_certificate
from core.fonts import KAI, SANS, SANS_BOLD, TITLE, Face, glyph, missing_characters
from core.papers import (
    CertificateContent,
    NoticeContent,
    PaperContent,
    chinese_date,
    month_and_day,
)
from core.pdf import PrintProblem, render_pdf
from core.sheet import Drawing, draw_pdf
from core.typeset import TextTooLong, balance, break_lines, justify, squeeze

Paper = TypeVar("Paper", bound=PaperContent)

_TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
_POINT = 25.4 / 72  # mm


class MissingCharacters(PrintProblem):
    """No typeface here has these characters; asked before printing, so nothing comes out blank."""

    def __init__(self, characters: str) -> None:
        super().__init__([f"no glyph for {characters}"])
        self.characters = characters


@dataclass(frozen=True)
class Fit:
    """A type size (pt) with its line pitch (mm), how many lines it may carry, its CSS class."""

    name: str
    size: float
    leading: float
    lines: int

    def em(self, width: float) -> float:
        """`width` in mm as a number of em."""
        return width / (self.size * _POINT)


# What lines and rows of a notice may fill in mm, so that the seal's circle ends above the foot:
# 249 (the foot) − 22.5 (half a seal) − 58 (head, 通知) − 13 (margins of table and signature).
_NOTICE_WIDTH, _FACT_WIDTH = 176, 143
_NOTICE_ROOM, _ROW_PADDING = 155, 2.8
_OWN_LINES = 3  # the greeting, 特此通知, the unit's name
_SUBJECT = Fit("subject", 32, 14, 3)
_NOTICE_FITS = (Fit("large", 21, 11.8, 99), Fit("medium", 20, 10.8, 99), Fit("small", 20, 9.6, 99))


def print_certificates(contents: Sequence[CertificateContent]) -> bytes:
    """One PDF with one page for each certificate.

    Raise TextTooLong or MissingCharacters when it would not come out as designed.
    """
    for content in contents:
        if strange := "".join(char for char in content.title if glyph(char, TITLE) is None):
            raise MissingCharacters(strange)
    return print_drawn(contents, draw_certificate)


def print_drawn(contents: Sequence[Paper], draw: Callable[[Paper], Drawing]) -> bytes:
    """One PDF of these papers in order, all of one kind. Raises as `print_certificates` does."""
    for content in contents:
        _demand_glyphs(*content.texts)
    drawings = [draw(content) for content in contents]
    if len(drawings) > 1:
        drawings[0] = replace(drawings[0], title=contents[0].title)
    return draw_pdf(drawings)


def print_notice(content: NoticeContent) -> bytes:
    """The notice as a one-page PDF. Raises as `print_certificates` does."""
    return render_pdf(notice_html(content), ("base.css", "notice.css"))


@dataclass(frozen=True)
class _NoticeSheet:
    fit: Fit
    subject: list[str]
    matter: Markup
    facts: list[tuple[str, list[str]]]
    after: Markup | None


def notice_html(content: NoticeContent) -> str:
    """The notice's HTML in the largest type with which it keeps to one page."""
    texts = [content.issuer, content.subject, content.addressees, content.matter, content.after]
    facts = [part for fact in content.facts for part in (fact.label, fact.value)]
    _demand_glyphs(*(each.text for each in texts + facts if each), face=SANS)
    sheet = _notice_sheet(content)
    return (
        _templates().get_template("documents/print/notice.html").render(paper=content, sheet=sheet)
    )


def _notice_sheet(content: NoticeContent) -> _NoticeSheet:
    subject = balance(content.subject.text, _SUBJECT.em(_NOTICE_WIDTH), SANS_BOLD)
    if len(subject) > _SUBJECT.lines:
        raise TextTooLong("subject")
    for fit in _NOTICE_FITS:
        width, cell = fit.em(_NOTICE_WIDTH), fit.em(_FACT_WIDTH)
        prose = [
            break_lines(text.text, width, SANS, 2)
            for text in (content.matter, content.after)
            if text
        ]
        facts = [
            (fact.label.text, break_lines(fact.value.text, cell, SANS_BOLD))
            for fact in content.facts
        ]
        lines = sum(len(lines) for _, lines in facts) + sum(map(len, prose)) + _OWN_LINES
        height = len(subject) * _SUBJECT.leading + lines * fit.leading + len(facts) * _ROW_PADDING
        if height <= _NOTICE_ROOM:
            set_prose = [justify(lines, width, SANS, 2) for lines in prose]
            return _NoticeSheet(
                fit, subject, set_prose[0], facts, set_prose[1] if content.after else None
            )
    raise TextTooLong("matter")


def _demand_glyphs(*texts: str, face: Face = KAI) -> None:
    missing = missing_characters("".join(texts), face)
    if missing:
        raise MissingCharacters(missing)


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        squeeze=squeeze, chinese_date=chinese_date, month_and_day=month_and_day
    )
    environment.globals["sans_bold"] = SANS_BOLD
    return environment
