"""Set and print the papers of core/papers.py. Printed words are always Simplified Chinese."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from core.fonts import KAI, SANS, SANS_BOLD, Face, missing_characters
from core.papers import CertificateContent, NoticeContent
from core.pdf import CERTIFICATE, NOTICE, PrintProblem, render_pdf
from core.typeset import FILTERS, TextTooLong, balance, break_lines, justify

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


# A certificate's reason: three lines at most in large type, five in the smallest.
_REASON_WIDTH = 205
_REASON_FITS = (Fit("large", 21, 12.6, 3), Fit("medium", 18.5, 11, 4), Fit("small", 17, 10, 5))
_NAME_WIDTH = 190
# What lines and rows of a notice may fill in mm, so that the seal's circle ends above the foot:
# 249 (the foot) − 22.5 (half a seal) − 58 (head, 通知) − 13 (margins of table and signature).
_NOTICE_WIDTH, _FACT_WIDTH = 176, 143
_NOTICE_ROOM, _ROW_PADDING = 155, 2.8
_OWN_LINES = 3  # the greeting, 特此通知, the unit's name
_SUBJECT = Fit("subject", 32, 14, 3)
_NOTICE_FITS = (Fit("large", 21, 11.8, 99), Fit("medium", 20, 10.8, 99), Fit("small", 20, 9.6, 99))


@dataclass(frozen=True)
class _CertificateSheet:
    content: CertificateContent
    fit: Fit
    reason: Markup


def print_certificates(contents: Sequence[CertificateContent]) -> bytes:
    """One PDF with one page for each certificate.

    Raise TextTooLong, MissingCharacters, or PrintProblem when it would not come out as designed.
    """
    return render_pdf(certificates_html(contents), CERTIFICATE)


def print_notice(content: NoticeContent) -> bytes:
    """The notice as a one-page PDF. Raises as `print_certificates` does."""
    return render_pdf(notice_html(content), NOTICE)


def certificates_html(contents: Sequence[CertificateContent]) -> str:
    """The certificates' HTML, its lines already broken to fit."""
    for content in contents:
        _demand_glyphs(
            content.name, content.salutation, content.sentence, content.issuer, content.title
        )
    first = contents[0]
    title = f"{first.title} {first.serial}" if len(contents) == 1 else first.title
    return (
        _templates()
        .get_template("documents/print/certificate.html")
        .render(
            title=title, author=first.issuer, sheets=[_certificate_sheet(each) for each in contents]
        )
    )


def _certificate_sheet(content: CertificateContent) -> _CertificateSheet:
    if len(content.name) * 25 * _POINT > _NAME_WIDTH:
        raise TextTooLong("name")
    for fit in _REASON_FITS:
        width = fit.em(_REASON_WIDTH)
        lines = break_lines(content.sentence, width, KAI, indent=2)
        if len(lines) <= fit.lines:
            return _CertificateSheet(content, fit, justify(lines, width, KAI, indent=2))
    raise TextTooLong("reason")


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


def chinese_date(day: date) -> str:
    """2026年12月5日 (GB/T 9704: Arabic numerals, no leading zeros)."""
    return f"{day.year}年{day.month}月{day.day}日"


def month_and_day(day: date) -> str:
    """12月5日, for the take-down date that is read from afar."""
    return f"{day.month}月{day.day}日"


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(FILTERS, chinese_date=chinese_date, month_and_day=month_and_day)
    environment.globals["sans_bold"] = SANS_BOLD
    return environment
