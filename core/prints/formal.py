"""Papers of running text: 感谢信, 会议纪要, 活动方案, 活动小结.

The page of GB/T 9704-2012 without a red head: A4, 37 mm above, 28 mm on the left, 22 lines of 28
characters; headings 一、in 黑体, （一）in 楷体; unit and date with 45 mm for the seal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.flow import Area, Strip, Type, bundled, compose, ended_by, gap, paragraph
from core.fonts import KAI, SANS, SERIF, SERIF_BLACK
from core.lettering import centred, em, left, right
from core.marks import MM, Mark
from core.papers import SignedContent, Table
from core.prints.signing import Place, signature, signers
from core.sheet import Drawing
from core.tables import Column, Look, table
from core.tags import Tag
from core.typeset import TextTooLong, balance, measure

AREA = Area(28, 37, 156, 225)
PITCH = 28.95 / MM
BODY = Type(SERIF, 15.75, PITCH)
_LEVELS = (
    (re.compile(r"[一二三四五六七八九十]+、"), Type(SANS, 15.75, PITCH)),
    (re.compile(r"（[一二三四五六七八九十]+）"), Type(KAI, 15.75, PITCH)),
)
# The date ends four characters from the right, two lines stay free above the unit.
SIGNED = Place(156 - 4 * 15.75 / MM - 26, 3 * PITCH, 5 * PITCH, AREA.width)
_LONGEST_HEADING = 28


@dataclass(frozen=True)
class TextContent(SignedContent):
    """A title and paragraphs; those that begin with 一、or（一）are headings.

    `addressee` stands flush left before the text; `salute` adds 此致、敬礼 after it.
    """

    title: str
    addressee: str
    body: tuple[str, ...]
    salute: bool = False

    optional = frozenset({"addressee"})


def draw_text(content: TextContent) -> Drawing:
    """The pages. Raise TextTooLong for a title of more than three lines."""
    greeting = paragraph(f"{content.addressee}：", AREA.width, BODY, indent=0, kept=True)
    strips = [
        *titled(content.title),
        *(greeting if content.addressee else []),
        *running_text(content.body),
        *(_salute() if content.salute else []),
    ]
    lines = signers(content.issuer, content.issued_on, content.signatory)
    strips = ended_by(strips, signature(lines, content.seal, BODY, SIGNED))
    return formal_pages(strips, content.title, content.issuer, content.serial, content.demo)


@dataclass(frozen=True)
class MinutesContent(SignedContent):
    """会议纪要 of a three-party meeting: what each side reported, what residents said, what was
    decided; `tasks` are the decisions to follow up."""

    title: str
    held: str
    place: str
    chair: str
    present: str
    reports: tuple[str, ...]
    opinions: tuple[str, ...]
    decisions: tuple[str, ...]
    tasks: Table | None

    optional = frozenset({"opinions"})


def draw_minutes(content: MinutesContent) -> Drawing:
    """The minutes. Raise TextTooLong for a title of more than three lines."""
    opinions = content.opinions or ("会上没有居民提出意见。",)
    told = (
        f"时间：{content.held}",
        f"地点：{content.place}",
        f"主持：{content.chair}",
        f"参加：{content.present}",
        "一、通报各方情况",
        *content.reports,
        "二、反映居民意见",
        *opinions,
        "三、协议解决事项",
        *content.decisions,
    )
    strips = [
        *titled(content.title),
        *running_text(told),
        *_tasks(content.tasks),
    ]
    lines = signers(content.issuer, content.issued_on, content.signatory)
    strips = ended_by(strips, signature(lines, content.seal, BODY, SIGNED))
    return formal_pages(strips, content.title, content.issuer, content.serial, content.demo)


def titled(title: str) -> list[Strip]:
    """The title in even lines of 22 pt, on the grid of the lines below it."""
    type_ = Type(SERIF_BLACK, 22, PITCH)
    lines = balance(title, em(AREA.width, 22), SERIF_BLACK)
    if len(lines) > 3:
        raise TextTooLong("title")
    middle, tag = AREA.width / 2, Tag("H1", title=title.replace("｜", ""))
    set_lines = [
        Strip(PITCH, (centred(line, middle, type_.base, 22, SERIF_BLACK, tag=tag),))
        for line in lines
    ]
    return [bundled(set_lines), Strip(PITCH, kept=True)]


def running_text(lines: Iterable[str]) -> list[Strip]:
    """Paragraphs and headings; a heading stays with the line that follows it."""
    strips: list[Strip] = []
    for line in lines:
        level, type_ = next(
            ((n, type_) for n, (mark, type_) in enumerate(_LEVELS, 2) if mark.match(line)),
            (0, BODY),
        )
        if level and len(line) <= _LONGEST_HEADING:
            tag = Tag(f"H{level}", title=line)
            strips += paragraph(line, AREA.width, type_, kept=True, tag=tag)
        else:
            strips += paragraph(line, AREA.width, BODY)
    return strips


def _salute() -> list[Strip]:
    close = paragraph("此致", AREA.width, BODY, kept=True)
    return [*close, *paragraph("敬礼", AREA.width, BODY, indent=0, kept=True)]


def _tasks(tasks: Table | None) -> list[Strip]:
    if tasks is None:
        return []
    look = Look(Type(SERIF, 12, 6.2), Type(SANS, 12, 6.2), 9, ruled=True)
    columns = fair_columns(tasks.heads, tasks.rows, AREA.width, look)
    return [gap(4), *table(tasks.heads, tasks.rows, columns, look)]


def fair_columns(
    heads: Sequence[str], rows: Sequence[Sequence[str]], width: float, look: Look
) -> list[Column]:
    """Columns as wide as their text asks for; those that ask for too much share what is left."""
    inset = 2 * look.padding + 1.5
    asked = [
        max(
            measure(heads[n], look.head.face) * look.head.em,
            *(measure(row[n], look.body.face) * look.body.em for row in rows),
            0,
        )
        + inset
        for n in range(len(heads))
    ]
    fair = width / len(asked)
    over = sum(max(each - fair, 0) for each in asked)
    spare = width - sum(asked)
    if spare >= 0 or not over:
        return [Column(each + spare / len(asked)) for each in asked]
    return [Column(each + spare * max(each - fair, 0) / over) for each in asked]


def formal_pages(
    strips: Sequence[Strip], title: str, issuer: str, serial: str, demo: bool
) -> Drawing:
    """Number the pages below the text, odd ones on the right; the paper's own number above."""

    def furniture(number: int, _total: int) -> list[Mark]:
        shown = f"—　{number}　—"
        y = AREA.top + AREA.height + 11
        marks: list[Mark] = [
            right(shown, AREA.left + AREA.width - 5, y, 14, SERIF)
            if number % 2
            else left(shown, AREA.left + 5, y, 14, SERIF)
        ]
        if number == 1:
            marks.append(right(serial, AREA.left + AREA.width, 28, 11, KAI))
        if demo:
            marks.append(centred("演示数据", 105, y, 7, KAI, gap=0.2))
        return marks

    return Drawing(compose(strips, AREA, furniture), AREA.size, title, issuer)
