"""Tables: columns of given widths, cells that break into lines, heads that repeat on every page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.flow import Strip, Type
from core.lettering import centred, left, right
from core.marks import MM, Box, Mark
from core.tags import Tag
from core.typeset import break_lines

HAIR, RULE, BAR = 0.4, 0.8, 2.4  # pt


@dataclass(frozen=True)
class Column:
    """A column's width in mm, and where its text stands: left, middle or right."""

    width: float
    align: str = "left"


@dataclass(frozen=True)
class Look:
    """How a table is set. `ruled`: lines between columns too, for tables that are filled in."""

    body: Type
    head: Type
    row: float  # the height of a row of one line, mm
    ruled: bool = False
    padding: float = 1.2


def table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], columns: Sequence[Column], look: Look
) -> list[Strip]:
    """A table's strips; every row carries the head for the next page. No rows: just the head."""
    whole = Tag("Table")
    head = row_strip(heads, columns, look, whole, is_head=True)
    strips = [row_strip(row, columns, look, whole) for row in rows]
    last = len(strips) - 1
    return [
        head,
        *(
            Strip(
                strip.height, strip.marks, kept=number in (0, last - 1) and last > 0, head=(head,)
            )
            for number, strip in enumerate(strips)
        ),
    ]


def row_strip(
    cells: Sequence[str],
    columns: Sequence[Column],
    look: Look,
    whole: Tag,
    *,
    is_head: bool = False,
) -> Strip:
    """One row of the table `whole`, as high as its fullest cell, over a hairline (a head between
    rules)."""
    type_ = look.head if is_head else look.body
    inset = look.padding if look.ruled else 0
    broken = [
        break_lines(cell, (column.width - max(2 * inset, look.padding)) / type_.em, type_.face)
        for cell, column in zip(cells, columns, strict=True)
    ]
    most = max(map(len, broken), default=1)
    height = look.row + (max(most, 1) - 1) * type_.pitch
    marks: list[Mark] = []
    x, row = 0.0, Tag("TR", within=whole)
    for lines, column in zip(broken, columns, strict=True):
        top, tag = (height - len(lines) * type_.pitch) / 2, Tag("TH" if is_head else "TD", row)
        # An empty cell is drawn as an empty line, so that every row tells as many cells.
        for number, line in enumerate(lines or [""]):
            base = top + number * type_.pitch + type_.base
            marks.append(_cell(line, x, column, base, type_, inset, tag))
        x += column.width
    marks += _rules(columns, height, look, is_head)
    return Strip(height, tuple(marks), kept=is_head)


def _cell(
    line: str, x: float, column: Column, base: float, type_: Type, inset: float, tag: Tag
) -> Mark:
    size, face = type_.size, type_.face
    if column.align == "middle":
        return centred(line, x + column.width / 2, base, size, face, tag=tag)
    if column.align == "right":
        return right(line, x + column.width - inset, base, size, face, tag=tag)
    return left(line, x + inset, base, size, face, tag=tag)


def _rules(columns: Sequence[Column], height: float, look: Look, is_head: bool) -> list[Mark]:
    width = sum(column.width for column in columns)
    rules = [rule(0, height, width, RULE if is_head else HAIR)]
    if is_head:
        rules.append(rule(0, 0, width, RULE))
    if look.ruled:
        x = 0.0
        for number in range(len(columns) + 1):
            rules.append(upright(x, 0, height, RULE if number in (0, len(columns)) else HAIR))
            x += columns[number].width if number < len(columns) else 0
    return rules


def rule(x: float, y: float, length: float, weight: float) -> Box:
    """A horizontal line of `weight` pt around y."""
    thick = weight / MM
    return Box(x, y - thick / 2, length, thick)


def upright(x: float, y: float, length: float, weight: float) -> Box:
    """A vertical line of `weight` pt around x."""
    thick = weight / MM
    return Box(x - thick / 2, y, thick, length)
