"""Sheets for a stairwell: 通知, 公示, 温馨提示. A4, black only, read from two metres.

Head and foot are the same on all: unit and number above a bar; below another the phone and the
day on which the sheet comes down, both large. Title 32 pt or more, body 20 pt or more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from core.flow import Area, Strip, Type, bundled, compose, ended_by, gap, heights, paragraph
from core.fonts import SANS, SANS_BOLD, SERIF_BLACK
from core.lettering import centred, em, in_groups, left, right, width_of
from core.marks import MM, Box, Mark
from core.papers import USUAL_SEAL, HungContent, NoticeContent, PublicTable, Seal, month_and_day
from core.prints.pictograms import PICTOGRAMS, pictogram
from core.prints.signing import Place, signature, signers
from core.privacy import PublicText
from core.sheet import Drawing, Page
from core.tables import BAR, HAIR, RULE, Column, Look, rule, table
from core.tags import Tag
from core.typeset import TextTooLong, balance, break_lines, measure

AREA = Area(17, 27, 176, 220)
_RIGHT, _FOOT = 193, 249
_LABEL_WIDTH = 33
_SIGN_MIDDLE = 128  # from the text's left edge
# The list of a 公示 on the way to one page; a longer one goes on over several.
_LIST_SIZES = ((17, 8.2), (17, 7.2), (15, 6.6))
_SIZES = ((21, 11.8), (20, 10.8), (20, 9.6))  # pt, mm


def draw_notice(content: NoticeContent) -> Drawing:
    """The notice in the largest type with which it keeps to one page. Raises TextTooLong."""
    facts = [(fact.label.text, fact.value.text) for fact in content.facts]
    after = content.after.text if content.after else ""

    def strips(body: Type) -> list[Strip]:
        return [
            *_title("通知", content.subject.text),
            *_flat(f"{content.addressees.text}：", body),
            *paragraph(content.matter.text, AREA.width, body),
            *_facts(facts, body),
            *(paragraph(after, AREA.width, body) if after else []),
            *paragraph("特此通知。", AREA.width, body),
            _signature(content, body, above=5),
        ]

    return _sheet(content, f"通知 {content.subject.text}", _on_one_page(strips, content))


@dataclass(frozen=True)
class PublicNoticeContent(HungContent):
    """公示: what was decided about whom or what, how long and where one may object."""

    subject: PublicText
    matter: PublicText
    entries: PublicTable | None
    shown_from: date
    shown_until: date
    objections: PublicText
    seal: Seal = USUAL_SEAL


def draw_public_notice(content: PublicNoticeContent) -> Drawing:
    """The notice; a list too long for one page goes on, its head repeated. Raises TextTooLong."""
    days = (content.shown_until - content.shown_from).days + 1
    period = (
        f"{month_and_day(content.shown_from)}至{month_and_day(content.shown_until)}（{days}天）"
    )
    facts = [("公示期", period), ("提意见", content.objections.text)]
    body = Type(SANS, 20, 10.8)

    def strips(size: float, pitch: float) -> list[Strip]:
        told = [
            *_title("公示", content.subject.text),
            *paragraph(content.matter.text, AREA.width, body),
            *_list(content.entries, size, pitch),
            *_facts(facts, Type(SANS, 19, 9.4)),
        ]
        return ended_by(told, _signature(content, body, above=12))

    tries = [strips(size, pitch) for size, pitch in _LIST_SIZES]
    chosen = next((tried for tried in tries if heights(tried) <= AREA.height), tries[-1])
    return _sheet(content, f"公示 {content.subject.text}", chosen)


@dataclass(frozen=True)
class ReminderContent(HungContent):
    """温馨提示: one message, large, under a picture; `picture` is a number in PICTOGRAMS."""

    message: PublicText
    details: PublicText | None
    picture: int


def draw_reminder(content: ReminderContent) -> Drawing:
    """The reminder. Raise TextTooLong for a message of more than three lines."""
    size = next((size for size in (64, 54, 46) if len(_broken(content, size)) <= 2), 46)
    lines = _broken(content, size)
    if len(lines) > 3:
        raise TextTooLong("message")
    middle, large = AREA.width / 2, Type(SANS_BOLD, size, size * 0.44)
    small = Type(SANS, 28, 14)
    details = balance(content.details.text, em(AREA.width, 28), SANS) if content.details else []
    if len(details) > 2:
        raise TextTooLong("details")
    spare = AREA.height - len(lines) * large.pitch - len(details) * small.pitch
    high = min(spare - 62, 108)
    titled = Tag("H1", title="温馨提示")
    strips = [
        Strip(22, (centred("温馨提示", middle + 3, 14, 30, SANS_BOLD, gap=0.6, tag=titled),)),
        gap((spare - 22 - high) / 3),
        Strip(high, pictogram(PICTOGRAMS[content.picture], middle, high)),
        Strip((spare - 22 - high) / 3),
        *_middle(lines, large),
        *_middle(details, small),
    ]
    return _sheet(content, f"温馨提示 {content.message.text}", strips)


def _broken(content: ReminderContent, size: float) -> list[str]:
    return balance(content.message.text, em(AREA.width, size), SANS_BOLD)


def _middle(lines: Sequence[str], type_: Type, tag: Tag | None = None) -> list[Strip]:
    """Lines around the middle that are one paragraph."""
    middle, tag = AREA.width / 2, tag or Tag("P")
    return [
        Strip(type_.pitch, (centred(text, middle, type_.base, type_.size, type_.face, tag=tag),))
        for text in lines
    ]


def _flat(text: str, type_: Type) -> list[Strip]:
    return paragraph(text, AREA.width, type_, indent=0)


def _title(word: str, subject: str) -> list[Strip]:
    """The kind of paper, then its subject in even lines. Raise TextTooLong beyond three."""
    tag = Tag("H1", title=word)
    name = Strip(27, (centred(word, AREA.width / 2, 20, 62, SERIF_BLACK, gap=0.5, tag=tag),))
    for size, pitch, most in ((32, 14, 2), (32, 13, 3)):
        lines = balance(subject, em(AREA.width, size), SANS_BOLD)
        if len(lines) <= most:
            type_ = Type(SANS_BOLD, size, pitch)
            told = _middle(lines, type_, Tag("H2", title=subject.replace("｜", "")))
            return [name, Strip(1), *told, Strip(4)]
    raise TextTooLong("subject")


def _facts(facts: Sequence[tuple[str, str]], body: Type) -> list[Strip]:
    """时间, 地点 …: what is looked for stands bold beside its label, between rules."""
    if not facts:
        return []
    bold, rows = Type(SANS_BOLD, body.size, body.pitch), []
    for number, (label, value) in enumerate(facts):
        broken = break_lines(value, em(AREA.width - _LABEL_WIDTH, bold.size), SANS_BOLD)
        tag = Tag("P")
        marks: list[Mark] = [left(label, 0, 1.4 + body.base, body.size, SANS, tag=tag)]
        for row, line in enumerate(broken):
            y = 1.4 + row * bold.pitch + bold.base
            marks.append(left(line, _LABEL_WIDTH, y, bold.size, SANS_BOLD, tag=tag))
        height = 2.8 + len(broken) * body.pitch
        last = number == len(facts) - 1
        marks.append(rule(0, height, AREA.width, RULE if last else HAIR))
        if number == 0:
            marks.append(rule(0, 0, AREA.width, RULE))
        rows.append(Strip(height, tuple(marks)))
    return [gap(3.5), bundled(rows), gap(4)]


def _list(entries: PublicTable | None, size: float, pitch: float) -> list[Strip]:
    """The list of a 公示."""
    if entries is None:
        return []
    look = Look(Type(SANS, size, pitch), Type(SANS_BOLD, size, pitch), pitch + 1.4)
    heads = [head.text for head in entries.heads]
    rows = [[cell.text for cell in row] for row in entries.rows]
    columns = _columns(heads, rows, size)
    return [gap(2.5), *table(heads, rows, columns, look), gap(1)]


def _columns(heads: Sequence[str], rows: Sequence[Sequence[str]], size: float) -> list[Column]:
    """Columns as wide as what stands in them asks for; one of figures stands to the right."""
    everything = [heads, *rows]
    asked = [
        max(measure(row[number], SANS_BOLD) for row in everything) * size / MM + 5
        for number in range(len(heads))
    ]
    spare = AREA.width - sum(asked)
    if spare >= 0:
        widths = [each + spare / len(asked) for each in asked]
    else:
        fair = AREA.width / len(asked)
        over = sum(max(each - fair, 0) for each in asked)
        widths = [each + spare * max(each - fair, 0) / over for each in asked]
    figures = [all(_is_figure(row[n]) for row in rows) and bool(rows) for n in range(len(heads))]
    return [
        Column(width, "right" if figure and number == len(widths) - 1 else "left")
        for number, (width, figure) in enumerate(zip(widths, figures, strict=True))
    ]


def _is_figure(cell: str) -> bool:
    return cell.replace(".", "").replace(",", "").isdigit()


def _signature(content: NoticeContent | PublicNoticeContent, body: Type, above: float) -> Strip:
    """Unit and date, the seal's circle around their middle free: `above` it white is enough."""
    below = max(Seal.room / 2 - body.pitch, 6)
    place = Place(_SIGN_MIDDLE, above + body.pitch, above + 2 * body.pitch + below, AREA.width)
    return signature(signers(content.issuer.text, content.issued_on), content.seal, body, place)


def _on_one_page(strips: Callable[[Type], list[Strip]], content: NoticeContent) -> list[Strip]:
    for size, pitch in _SIZES:
        tried = strips(Type(SANS, size, pitch))
        if heights(tried) <= AREA.height:
            return tried
    raise TextTooLong("matter")


Posted = NoticeContent | PublicNoticeContent | ReminderContent


def _sheet(content: Posted, title: str, strips: Iterable[Strip]) -> Drawing:
    """The pages with head and foot."""

    def furniture(number: int, total: int) -> list[Mark]:
        of = f"（{number}/{total}）" if total > 1 else ""
        marks: list[Mark] = [
            left(content.issuer.text, AREA.left, 18.6, 15, SANS),
            right(f"{content.serial}{of}", _RIGHT, 18.6, 15, SANS),
            rule(AREA.left, 23.4, AREA.width, BAR),
            *_foot(content.phone_label.text, in_groups(content.phone), content.remove_on),
        ]
        if content.demo:
            marks.append(centred("演示数据", 105, 290.5, 7.5, SANS, gap=0.2))
        return marks

    pages: tuple[Page, ...] = compose(strips, AREA, furniture)
    return Drawing(pages, AREA.size, title, content.issuer.text)


def _foot(label: str, phone: str, remove_on: date) -> list[Mark]:
    """Whom to call, and when the sheet comes down, in a dashed box."""
    day = month_and_day(remove_on)
    wide = max(measure(day, SANS_BOLD) * 33 / MM, 30) + 10
    middle, room = _RIGHT - wide / 2, AREA.width - wide - 6
    size = 44 * min(1, room / width_of(phone, 44, SANS_BOLD, -0.01))
    return [
        rule(AREA.left, _FOOT, AREA.width, BAR),
        left(label, AREA.left, _FOOT + 10, 15, SANS),
        left(phone, AREA.left, _FOOT + 26.5, size, SANS_BOLD, gap=-0.01),
        Box(_RIGHT - wide, _FOOT + 4.5, wide, 25, stroke=1.2, dash=1.2),
        centred("撕除日期", middle, _FOOT + 12, 15, SANS),
        centred(day, middle, _FOOT + 25, 33, SANS_BOLD),
    ]
