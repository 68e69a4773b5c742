"""What 月报 and 成长档案 are put together from: sections, figures in a row, charts, lists.

Charts have no greys: outlines, and black for what is told about now.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.flow import Strip, Type, gap, paragraph
from core.fonts import KAI, SANS, SERIF, SERIF_BLACK
from core.lettering import centred, left, width_of
from core.marks import Box, Mark
from core.papers import Part, Table
from core.prints.filed import AREA, LOOK
from core.prints.formal import fair_columns
from core.prints.signing import Place
from core.tables import BAR, HAIR, RULE, rule, table, upright
from core.tags import Tag

BODY = Type(SERIF, 12, 7)
SIGNED_TYPE, SIGNED_AT = Type(SERIF, 12, 8), Place(120, 23.4, 46, AREA.width)
_LEVEL = Type(SANS, 14, 10)


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


def section(title: str) -> list[Strip]:
    """A heading that stays with what follows it."""
    line = left(title, 0, _LEVEL.base, _LEVEL.size, SANS, tag=Tag("H2", title=title))
    return [gap(5), Strip(_LEVEL.pitch, (line,), kept=True), Strip(1, kept=True)]


def paragraphs(lines: Sequence[str], otherwise: str) -> list[Strip]:
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
