"""Papers as drawn: their pages and what they are called, before any file is made of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from core.marks import BLACK, Mark
from core.ornament import RED, Motif
from core.tags import Tag


@dataclass(frozen=True)
class Link:
    """A place to press, `width` by `height` from its top left corner, that leads to a heading.

    `to` is the heading's title; `tag`, of the kind Link, is what the marks there belong to.
    """

    x: float
    y: float
    width: float
    height: float
    to: str
    tag: Tag


@dataclass(frozen=True)
class Page:
    """What is drawn on one page, above the border.

    `furniture` stands on every page (page numbers, a table's head once more): it is not read
    aloud.
    """

    marks: tuple[Mark, ...]
    furniture: tuple[Mark, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def drawn(self) -> tuple[Mark, ...]:
        return (*self.marks, *self.furniture)


@dataclass(frozen=True)
class Drawing:
    """A paper as drawn: its pages, all of one size in mm, each over the same border.

    `bookmark` leads to it among many in one file: whose paper it is.
    """

    pages: tuple[Page, ...]
    size: tuple[float, float]
    title: str
    author: str
    border: tuple[Motif, ...] = ()
    bookmark: str = ""


def in_black(drawing: Drawing) -> Drawing:
    """The same drawing without colour: red becomes black, gold a grey that a laser printer holds."""
    pages = tuple(
        Page(tuple(map(_blackened, page.marks)), tuple(map(_blackened, page.furniture)), page.links)
        for page in drawing.pages
    )
    border = tuple(
        replace(motif, strokes=tuple(_blackened(stroke) for stroke in motif.strokes))
        for motif in drawing.border
    )
    return replace(drawing, pages=pages, border=border)


def _blackened(drawn: Any) -> Any:
    if getattr(drawn, "colour", BLACK) == BLACK:
        return drawn
    shade = 0.0 if drawn.colour == RED else 0.45
    return replace(drawn, colour=(shade, shade, shade))
