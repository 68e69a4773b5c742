"""月报 and 成长档案: figures in a row, charts, lists, photos; filed papers of many pages.

Charts have no greys: outlines, and black for what is told about now. A place in them stops at
the building; counts of people under five read 不足5 where they come in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from core.flow import Strip, Type, ended_by, gap, paragraph
from core.fonts import KAI, SANS, SERIF, SERIF_BLACK
from core.lettering import centred, em, left, width_of
from core.marks import Box, Mark, Picture
from core.papers import USUAL_SEAL, PaperContent, Part, Seal, Table
from core.photos import photo_folder, thumbnail_name
from core.prints.filed import AREA, LOOK, filed_pages, heading
from core.prints.formal import fair_columns
from core.prints.signing import Place, signature, signers
from core.sheet import Drawing, Page
from core.tables import BAR, HAIR, RULE, rule, table, upright
from core.tags import Tag
from core.typeset import balance

BODY = Type(SERIF, 12, 7)
_LEVEL = Type(SANS, 14, 10)
_SIGNED = Place(120, 23.4, 46, AREA.width)


@dataclass(frozen=True)
class Figure(Part):
    """One number of a month, with its unit and what to compare it with."""

    label: str
    value: str
    unit: str
    note: str


@dataclass(frozen=True)
class Chart(Part):
    """Bars over months, the last of them black: its caption, then labels with their values."""

    caption: str
    labels: tuple[str, ...]
    values: tuple[int, ...]


@dataclass(frozen=True)
class ReportPhoto(Part):
    """A stored photo by its file's name, and what stands under it."""

    name: str
    caption: str


@dataclass(frozen=True)
class ReportContent(PaperContent):
    """月报 of one month."""

    title: str
    scope: str
    figures: tuple[Figure, ...]
    summary: tuple[str, ...]
    hours: Chart
    visits: Chart
    activities: Table
    wishes: Table
    photos: tuple[ReportPhoto, ...]
    next_month: tuple[str, ...]
    issuer: str
    issued_on: date
    serial: str
    signatory: str = ""
    seal: Seal = USUAL_SEAL
    demo: bool = False

    optional = frozenset({"photos", "next_month", "summary"})


def draw_report(content: ReportContent) -> Drawing:
    """The report. Raise TextTooLong for a title of more than three lines."""
    strips = [
        *heading(content.title),
        Strip(7, (centred(content.scope, AREA.width / 2, 4.5, 12, KAI),), kept=True),
        figure_row(content.figures),
        *section("一、本月概况"),
        *_paragraphs(content.summary, "本月没有另外要说的。"),
        *section("二、志愿服务时长"),
        chart(content.hours),
        *section("三、走访"),
        chart(content.visits),
        *section("四、活动"),
        *listed(content.activities, "本月没有办活动。"),
        *section("五、微心愿"),
        *listed(content.wishes, "本月没有实现的心愿。"),
        *(section("六、照片") if content.photos else []),
        *photo_rows(content.photos),
        *section("七、下月打算" if content.photos else "六、下月打算"),
        *_paragraphs(content.next_month, "按计划走访、办活动。"),
    ]
    lines = signers(content.issuer, content.issued_on, content.signatory)
    strips = ended_by(strips, signature(lines, content.seal, Type(SERIF, 12, 8), _SIGNED))
    name = f"{content.title}　{content.serial}"
    return filed_pages(strips, name[:44], content.title, content.issuer, content.demo)


@dataclass(frozen=True)
class GrowthContent(PaperContent):
    """成长档案 of one student: compiled from their own work; no resident is named in it."""

    name: str
    period: str
    estate: str
    started: str
    mentors: str
    figures: tuple[Figure, ...]
    visits: Chart
    activities: Table
    hours: Table
    papers: Table
    reflections: tuple[str, ...]
    comments: tuple[str, ...]
    issuer: str
    issued_on: date
    serial: str
    signatory: str = ""
    seal: Seal = USUAL_SEAL
    demo: bool = False

    optional = frozenset({"estate", "started", "mentors", "reflections", "comments"})


def draw_growth(content: GrowthContent) -> Drawing:
    """Cover, figures, then the student's year section by section."""
    nothing = "这段时间还没有。"
    strips = [
        *section("一、基本情况"),
        *_paragraphs(_about(content), ""),
        gap(2),
        figure_row(content.figures),
        *section("二、走访结对邻里"),
        chart(content.visits),
        *section("三、参加活动"),
        *listed(content.activities, nothing),
        *section("四、志愿服务时长"),
        *listed(content.hours, nothing),
        *section("五、证书与聘书"),
        *listed(content.papers, nothing),
        *section("六、心声"),
        *_paragraphs(content.reflections, "（留给本人写）"),
        *section("七、双导师寄语"),
        *_paragraphs(content.comments, "（留给导师写）"),
    ]
    lines = signers(content.issuer, content.issued_on, content.signatory)
    strips = ended_by(strips, signature(lines, content.seal, Type(SERIF, 12, 8), _SIGNED))
    name = f"成长档案　{content.name}"
    inner = filed_pages(strips, name, f"成长档案 {content.name}", content.issuer, content.demo)
    return replace(inner, pages=(_cover(content), *inner.pages))


def _about(content: GrowthContent) -> list[str]:
    told = (
        ("姓名", content.name),
        ("服务小区", content.estate),
        ("到岗日期", content.started),
        ("成长导师", content.mentors),
        ("记录时间", content.period),
    )
    return [f"{label}：{words}" for label, words in told if words]


def _cover(content: GrowthContent) -> Page:
    """The cover: title, a rule, the name in 楷; nothing on it that the inside does not say."""
    x = 34
    issuer = balance(content.issuer, em(142, 12), KAI)
    facts = (
        ("记录时间", content.period),
        ("服务小区", content.estate),
        ("编　　号", content.serial),
    )
    titled = Tag("H1", title=f"成长档案　{content.name}")
    marks: list[Mark] = [
        *(left(line, x, 46 + 6 * row, 12, KAI) for row, line in enumerate(issuer)),
        left("成长档案", x, 110, 48, SERIF_BLACK, gap=0.06, tag=titled),
        rule(x, 120, 142, BAR),
        rule(x, 122, 142, HAIR),
        left(content.name, x, 142, 28, KAI),
        rule(0, 148.5, 4, HAIR),
    ]
    told = [(label, words) for label, words in facts if words]
    for number, (label, words) in enumerate(told):
        fact, y = Tag("P"), 196 + number * 9
        marks += [left(label, x, y, 12, KAI, tag=fact), left(words, x + 28, y, 12, KAI, tag=fact)]
    marks.append(left("痕迹只记自己做的事，不写邻居的姓名、门牌和家事。", x, 268, 10, KAI))
    if content.demo:
        marks.append(centred("演示数据", 105, 285, 7, KAI, gap=0.2))
    return Page(tuple(marks))


def section(title: str) -> list[Strip]:
    """A heading that stays with what follows it."""
    line = left(title, 0, _LEVEL.base, _LEVEL.size, SANS, tag=Tag("H2", title=title))
    return [gap(5), Strip(_LEVEL.pitch, (line,), kept=True), Strip(1, kept=True)]


def _paragraphs(lines: Sequence[str], otherwise: str) -> list[Strip]:
    said = lines or ([otherwise] if otherwise else [])
    return [strip for line in said for strip in paragraph(line, AREA.width, BODY)]


def figure_row(figures: Sequence[Figure]) -> Strip:
    """Up to six numbers side by side between a bar and a rule."""
    height, side = 29.0, AREA.width / max(len(figures), 1)
    marks: list[Mark] = [rule(0, 0, AREA.width, BAR), rule(0, height, AREA.width, RULE)]
    for number, figure in enumerate(figures):
        x = number * side + (3 if number else 0)
        size = 28 if width_of(figure.value, 28, SERIF_BLACK) < side - 15 else 20
        after, tag = x + width_of(figure.value, size, SERIF_BLACK) + 1.5, Tag("P")
        marks += [
            left(figure.label, x, 7, 11, KAI, tag=tag),
            left(figure.value, x, 18.5, size, SERIF_BLACK, tag=tag),
            left(figure.unit, after, 18.5, 10.5, KAI, tag=tag),
            left(figure.note, x, 25.5, 9.5, KAI, tag=tag),
        ]
        if number:
            marks.append(upright(number * side, 1.5, height - 2.5, HAIR))
    return Strip(height, tuple(marks))


def chart(drawn: Chart) -> Strip:
    """The bars, each with its number over it; the last is black."""
    top, room = 14.0, 32.0
    foot = top + room
    most, side = max((*drawn.values, 1)), AREA.width / max(len(drawn.values), 1)
    bar = min(side * 0.54, 14)
    marks: list[Mark] = [left(drawn.caption, 0, 5, 10.5, KAI), rule(0, foot, AREA.width, RULE)]
    for number, (label, value) in enumerate(zip(drawn.labels, drawn.values, strict=True)):
        middle, height = (number + 0.5) * side, room * value / most
        is_last = number == len(drawn.values) - 1
        if value:
            shape = Box(middle - bar / 2, foot - height, bar, height)
            marks.append(shape if is_last else replace(shape, stroke=0.6))
        marks += [
            centred(str(value), middle, foot - height - 1.6, 10, KAI),
            centred(label, middle, foot + 5, 10, KAI),
        ]
    told = "，".join(
        f"{label} {value}" for label, value in zip(drawn.labels, drawn.values, strict=True)
    )
    figure = Tag("Figure", alt=f"{drawn.caption}：{told}")
    return Strip(foot + 8, tuple(replace(mark, tag=figure) for mark in marks))


def listed(entries: Table, otherwise: str) -> list[Strip]:
    """A list under its heads, or one sentence where there is nothing to list."""
    if not entries.rows:
        return paragraph(otherwise, AREA.width, BODY)
    look = replace(LOOK, ruled=False)
    columns = fair_columns(entries.heads, entries.rows, AREA.width, look)
    return table(entries.heads, entries.rows, columns, look)


def photo_rows(photos: Sequence[ReportPhoto]) -> list[Strip]:
    """Photos two to a row, each with its caption; a photo that was deleted leaves its frame."""
    between, height = 6.0, 58.0
    side = (AREA.width - between) / 2
    rows = []
    for start in range(0, len(photos), 2):
        marks: list[Mark] = []
        for place, photo in enumerate(photos[start : start + 2]):
            x = place * (side + between)
            marks += _photo(photo, x, side, height)
            marks.append(left(photo.caption, x, height + 6, 10, KAI))
        rows.append(Strip(height + 10, tuple(marks)))
    return rows


def _photo(photo: ReportPhoto, x: float, side: float, height: float) -> list[Mark]:
    from PIL import Image

    path = photo_folder() / thumbnail_name(Path(photo.name).name)
    if not path.exists():
        return [
            Box(x, 0, side, height, stroke=0.4),
            centred("照片已删", x + side / 2, height / 2, 10, KAI),
        ]
    with Image.open(path) as picture:
        scale = min(side / picture.width, height / picture.height)
        wide, high = picture.width * scale, picture.height * scale
    place = (x + (side - wide) / 2, (height - high) / 2)
    shown = Tag("Figure", alt=photo.caption or "照片")
    return [Picture(*place, path.read_bytes(), wide, high, tag=shown)]
