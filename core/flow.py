"""Set running text and tables onto pages: the compositor of papers that are longer than their form.

A paper is a list of strips, each as wide as the text area and as high as it says: a line of a
paragraph, a heading, a row of a table. Strips fill pages from the top; one that is `kept` never
ends a page, so a heading stays with its text and a table keeps two rows at either end of a page.
A row knows its table's head, which is set again on every page that the table reaches. Lengths
are millimetres, sizes points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile

from core.fonts import Face
from core.lettering import em, left
from core.marks import MM, Mark
from core.sheet import Page
from core.tags import Tag
from core.typeset import break_lines, measure

A4, A3 = (210.0, 297.0), (297.0, 420.0)


@dataclass(frozen=True)
class Strip:
    """Marks set from the text area's left edge and the strip's own top."""

    height: float
    marks: tuple[Mark, ...] = ()
    kept: bool = False
    head: tuple[Strip, ...] = ()
    # White above a heading, which a page does not begin with.
    is_gap: bool = False


@dataclass(frozen=True)
class Area:
    """A paper's size, and where on it text stands."""

    left: float
    top: float
    width: float
    height: float
    size: tuple[float, float] = A4


@dataclass(frozen=True)
class Type:
    """A typeface at a size (pt) on a line pitch (mm)."""

    face: Face
    size: float
    pitch: float

    @property
    def em(self) -> float:
        """One em in mm."""
        return self.size / MM

    @property
    def base(self) -> float:
        """Where the baseline stands below a line's top, so that characters stand in its middle."""
        return self.pitch / 2 + 0.37 * self.em


def gap(height: float) -> Strip:
    """White space, dropped at the top of a page."""
    return Strip(height, is_gap=True)


def paragraph(
    text: str,
    width: float,
    type_: Type,
    *,
    indent: float = 2,
    hang: float = 0,
    kept: bool = False,
    tag: Tag | None = None,
) -> list[Strip]:
    """A paragraph's lines, spread to `width` but the last; never one line alone on a page.

    The first line starts `indent` em further in, the others `hang`.
    """
    tag = tag or Tag("P")
    room = em(width, type_.size) - hang
    lines = break_lines(text, room, type_.face, indent - hang)
    strips = []
    for number, line in enumerate(lines):
        start = indent if number == 0 else hang
        last = number == len(lines) - 1
        spread = 0 if last else em(width, type_.size) - start - measure(line, type_.face)
        mark = left(
            line, start * type_.em, type_.base, type_.size, type_.face, room=spread, tag=tag
        )
        alone = len(lines) > 1 and number in (0, len(lines) - 2)
        strips.append(Strip(type_.pitch, (mark,), kept=kept or alone))
    return strips


def compose(
    strips: Iterable[Strip], area: Area, furniture: Callable[[int, int], Iterable[Mark]]
) -> tuple[Page, ...]:
    """Fill pages with strips; `furniture` draws what page n of m has beside its text."""
    pages: list[list[Mark]] = [[]]
    again: list[list[Mark]] = [[]]
    y = 0.0
    for group in _groups(strips):
        if y and y + heights(group) > area.height + 1e-6:
            pages.append([])
            again.append([])
            y = 0.0
            group = _without_gaps(group)
            for strip in group[0].head if group else ():
                again[-1] += _placed(strip, area, y)
                y += strip.height
        elif not y:
            group = _without_gaps(group)
        for strip in group:
            pages[-1] += _placed(strip, area, y)
            y += strip.height
    total = len(pages)
    return tuple(
        Page(tuple(marks), (*heads, *furniture(number, total)))
        for number, (marks, heads) in enumerate(zip(pages, again, strict=True), start=1)
    )


def _without_gaps(group: list[Strip]) -> list[Strip]:
    """These strips without the white that a page does not begin with."""
    return list(dropwhile(lambda strip: strip.is_gap, group))


def _groups(strips: Iterable[Strip]) -> Iterable[list[Strip]]:
    """Strips with those that they must not be parted from."""
    group: list[Strip] = []
    for strip in strips:
        group.append(strip)
        if not (strip.kept or strip.is_gap):
            yield group
            group = []
    if group:
        yield group


def _placed(strip: Strip, area: Area, y: float) -> list[Mark]:
    return [mark.moved(area.left, area.top + y) for mark in strip.marks]


def heights(strips: Sequence[Strip]) -> float:
    """How high these strips are together."""
    return sum(strip.height for strip in strips)


def bundled(strips: Sequence[Strip]) -> Strip:
    """One strip of several, which no page end parts."""
    marks, y = [], 0.0
    for strip in strips:
        marks += [mark.moved(0, y) for mark in strip.marks]
        y += strip.height
    return Strip(y, tuple(marks))


def ended_by(strips: Sequence[Strip], ending: Strip) -> list[Strip]:
    """Strips and their ending, which never stands alone on a page: two lines go with it."""
    held = [replace(strip, kept=True) for strip in strips[-2:]]
    return [*strips[:-2], *held, ending]
