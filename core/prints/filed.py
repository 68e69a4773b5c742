"""What papers for the file have in common: A4 with 28 mm on the left for holes, pages counted at
the foot, rows of labelled facts in a box."""

from __future__ import annotations

from collections.abc import Sequence

from core.flow import Area, Strip, Type, bundled, compose
from core.fonts import KAI, SANS, SERIF, SERIF_BLACK
from core.lettering import centred, em, left, right
from core.marks import Box, Mark
from core.sheet import Drawing
from core.tables import HAIR, RULE, Look, rule, upright
from core.tags import Tag
from core.typeset import TextTooLong, balance, break_lines

AREA = Area(28, 22, 162, 253)
LOOK = Look(Type(SERIF, 10, 5), Type(SANS, 10, 5), 7.8, ruled=True)
# Right of the code to check the paper by.


def heading(title: str, size: float = 22) -> list[Strip]:
    """The title in even lines, at most three."""
    lines = balance(title, em(AREA.width, size), SERIF_BLACK)
    if len(lines) > 3:
        raise TextTooLong("title")
    type_ = Type(SERIF_BLACK, size, size * 0.5)
    middle, tag = AREA.width / 2, Tag("H1", title=title.replace("｜", ""))
    set_lines = [
        Strip(type_.pitch, (centred(each, middle, type_.base, size, SERIF_BLACK, tag=tag),))
        for each in lines
    ]
    return [bundled(set_lines), Strip(3, kept=True)]


def filed_pages(
    strips: Sequence[Strip], name: str, title: str, author: str, demo: bool, *, covers: int = 0
) -> Drawing:
    """Pages with the paper's name, their count, and a tick for the hole punch at mid-height.

    `covers` pages come before them and are counted.
    """

    def furniture(number: int, total: int) -> list[Mark]:
        y = AREA.top + AREA.height + 10
        end = AREA.left + AREA.width
        marks: list[Mark] = [
            left(name, AREA.left, y, 9, KAI),
            right(f"第 {number + covers} 页　共 {total + covers} 页", end, y, 9, KAI),
            rule(0, AREA.size[1] / 2, 4, HAIR),
        ]
        if demo:
            marks.append(centred("演示数据", AREA.size[0] / 2, y, 7, KAI, gap=0.2))
        return marks

    return Drawing(compose(strips, AREA, furniture), AREA.size, title, author)


def fact_rows(facts: Sequence[tuple[str, str]], label_width: float = 24) -> list[Strip]:
    """A box of labelled rows above a list."""
    type_, strips = Type(KAI, 12, 6.4), []
    for number, (label, value) in enumerate(facts):
        lines = break_lines(value, em(AREA.width - label_width - 5, 12), KAI)
        height = 9.4 + (len(lines) - 1) * type_.pitch
        tag = Tag("P")
        marks: list[Mark] = [centred(label, label_width / 2, height / 2 + 1.55, 11, SANS, tag=tag)]
        for row, line in enumerate(lines):
            y = (height - len(lines) * type_.pitch) / 2 + row * type_.pitch + type_.base
            marks.append(left(line, label_width + 2.5, y, 12, KAI, tag=tag))
        marks += framed(height, [0, label_width, AREA.width], number == 0)
        strips.append(Strip(height, tuple(marks)))
    return strips


def framed(height: float, edges: Sequence[float], is_first: bool) -> list[Box]:
    """The lines around a row with upright lines at `edges`."""
    width = edges[-1]
    lines = [rule(0, height, width, HAIR)]
    if is_first:
        lines.append(rule(0, 0, width, RULE))
    lines += [upright(x, 0, height, RULE if x in (edges[0], width) else HAIR) for x in edges]
    return lines
