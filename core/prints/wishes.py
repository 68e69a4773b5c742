"""心愿墙: wishes by their number, in the words that were approved, and of nobody.

A wish that is taken keeps its place with a stamp and loses its QR code.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.flow import A3, A4
from core.fonts import KAI, SANS_BOLD, SERIF_BLACK
from core.lettering import centred, em, in_groups, left, qr_code, right, width_of
from core.marks import MM, Box, Mark
from core.papers import HungContent, PublicPart, month_and_day
from core.prints.pictograms import GIFT, HEART, PEOPLE, TOOL, pictogram
from core.privacy import PublicText
from core.sheet import Drawing, Page
from core.tables import BAR, HAIR, rule
from core.tags import Tag
from core.typeset import TextTooLong, balance

# A thing, a help, company; anything else gets a heart.
ICONS = {"thing": GIFT, "help": TOOL, "company": PEOPLE}
_RULES = ("一、记下编号，联系物业服务中心，志愿认领。", "二、量力而行，不收现金，不留联系方式。",
          "三、心愿人信息不公开，由工作人员转达。")  # fmt: skip


@dataclass(frozen=True)
class PublicWish(PublicPart):
    """One wish as everybody may see it; `link` leads those with an account to its page."""

    label: PublicText
    wording: PublicText
    kind: PublicText
    where: PublicText
    link: PublicText
    until: date | None
    is_taken: bool


@dataclass(frozen=True)
class WishWallContent(HungContent):
    """心愿墙 on A4 (6 to a page) or A3 (12)."""

    slogan: PublicText
    wishes: tuple[PublicWish, ...]
    is_large: bool


@dataclass(frozen=True)
class _Wall:
    """The measures of a wall, in mm and pt."""

    size: tuple[float, float]
    margin: float
    columns: int
    rows: int
    title: float
    card: float
    wording: float
    number: float
    small: float


_WALLS = {
    False: _Wall(A4, 12, 2, 3, 58, 66, 24, 25, 12),
    True: _Wall(A3, 17, 3, 4, 88, 72, 25, 30, 13.5),
}


def draw_wish_wall(content: WishWallContent) -> Drawing:
    """The wall, as many pages as it takes. Raise TextTooLong for a wording beyond three lines."""
    wall = _WALLS[content.is_large]
    held = wall.columns * wall.rows
    pages = [
        _wall_page(content, content.wishes[start : start + held], wall)
        for start in range(0, len(content.wishes), held)
    ]
    return Drawing(tuple(pages), wall.size, f"心愿墙 {content.serial}", content.issuer.text)


def _wall_page(content: WishWallContent, wishes: Sequence[PublicWish], wall: _Wall) -> Page:
    width = wall.size[0] - 2 * wall.margin
    gap = 5.0
    side = (width - gap * (wall.columns - 1)) / wall.columns
    top, titled = wall.margin + wall.title / MM * 0.95, Tag("H1", title="心愿墙")
    marks: list[Mark] = [
        left("心愿墙", wall.margin, top, wall.title, SERIF_BLACK, gap=0.08, tag=titled),
        *_slogan(content, wall, top),
        rule(wall.margin, top + 8, width, BAR),
    ]
    for number, wish in enumerate(wishes):
        x = wall.margin + (number % wall.columns) * (side + gap)
        y = top + 14 + (number // wall.columns) * (wall.card + gap)
        marks += [mark.moved(x, y) for mark in _wall_card(wish, side, wall)]
    return Page((*marks, *_wall_foot(content, wall, width)))


def _slogan(content: WishWallContent, wall: _Wall, y: float) -> list[Mark]:
    """Right of the title: the slogan, below it who hangs the wall, since when, its number."""
    end, small, tag = wall.size[0] - wall.margin, wall.small * 0.9, Tag("P")
    day = f"{content.issued_on.year}年{month_and_day(content.issued_on)}"
    issued = [f"{content.issuer.text}　{day}　{content.serial}"]
    size = wall.small * 1.6
    beside = end - wall.margin - width_of("心愿墙", wall.title, SERIF_BLACK, 0.08) - 8
    if width_of(issued[0], small) > beside:
        issued, size = [content.issuer.text, f"{day}　{content.serial}"], wall.small * 1.4
    first = y + 1 - (len(issued) - 1) * small * 0.47
    lines = balance(content.slogan.text, em(wall.size[0] * 0.42, size), KAI)
    return [
        *(
            right(line, end, first - (len(lines) - n) * size * 0.44, size, KAI, tag=tag)
            for n, line in enumerate(lines)
        ),
        *(right(line, end, first + n * small * 0.47, small, KAI) for n, line in enumerate(issued)),
    ]


def _wall_card(wish: PublicWish, side: float, wall: _Wall) -> list[Mark]:
    """A framed card: number and picture, what is wished for, where, until when."""
    inset, size = 4.5, wall.wording
    lines = wording_of(wish, side - 2 * inset, size)
    year, _, number = wish.label.text.partition("-")
    icon, label, after = (
        ICONS.get(wish.kind.text, HEART),
        numbered(wish),
        inset + width_of(f"{year}-", wall.small),
    )
    marks: list[Mark] = [
        Box(0, 0, side, wall.card, stroke=0.9),
        left(f"{year}-", inset, 11.5, wall.small, KAI, tag=label),
        left(number, after, 11.5, wall.number, SERIF_BLACK, tag=label),
        *(mark.moved(side - inset - 10, 3.4) for mark in pictogram(icon, 5, 10)),
        rule(inset, 15.4, side - 2 * inset, HAIR),
        *set_wording(lines, inset, 26, size * 0.46, size),
        left(wish.where.text, inset, wall.card - 11.5, wall.small, KAI),
    ]
    if wish.is_taken:
        marks += _stamp("已认领", side - 15, wall.card - 13)
    else:
        code = 17.0
        until = f"盼在{month_and_day(wish.until)}前" if wish.until else "什么时候都好"
        marks += [
            left(until, inset, wall.card - 5, wall.small, KAI),
            qr_code(wish.link.text, side - inset - code + 1, wall.card - inset - code + 1, code),
        ]
    return marks


def set_wording(lines: Sequence[str], x: float, y: float, pitch: float, size: float) -> list[Mark]:
    """The lines of one wish, flush left."""
    tag = Tag("P")
    return [left(line, x, y + n * pitch, size, KAI, tag=tag) for n, line in enumerate(lines)]


def _stamp(word: str, middle: float, y: float) -> list[Mark]:
    return [
        Box(middle - 11, y - 1, 22, 10, stroke=1.2),
        centred(word, middle, y + 6, 13, SANS_BOLD),
    ]


def wording_of(wish: PublicWish, width: float, size: float) -> list[str]:
    lines = balance(wish.wording.text, em(width, size), KAI)
    if len(lines) > 3:
        raise TextTooLong("wishes")
    return lines


def _wall_foot(content: WishWallContent, wall: _Wall, width: float) -> list[Mark]:
    small, bottom, end = wall.small * 0.92, wall.size[1] - wall.margin, wall.size[0] - wall.margin
    pitch = small * 0.52
    marks: list[Mark] = [rule(wall.margin, bottom - 26, width, 0.8)]
    for number, text in enumerate(_RULES):
        marks.append(left(text, wall.margin, bottom - 17 + number * pitch, small, KAI))
    phone_size = 30 if content.is_large else 21
    down = f"撕除日期　{month_and_day(content.remove_on)}"
    marks += [
        right(content.phone_label.text, end, bottom - 20, small, KAI),
        right(in_groups(content.phone), end, bottom - 9.5, phone_size, SANS_BOLD),
        right(down, end, bottom - 1.5, 14, SANS_BOLD),
    ]
    if content.demo:
        marks.append(centred("演示数据", wall.size[0] / 2, bottom + 4.5, 7.5, KAI, gap=0.2))
    return marks


def numbered(wish: PublicWish) -> Tag:
    """A wish's number as the heading of what is said of it."""
    return Tag("H2", title=wish.label.text)
