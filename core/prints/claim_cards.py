"""认领卡: a card for each wish to take along, and the slip that is kept inside.

The slip is a sheet of its own, never the back of a card, and names nobody either: whose number it
is stays in the system.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.flow import A4
from core.fonts import KAI, SANS, SANS_BOLD, SERIF_BLACK
from core.lettering import centred, em, in_groups, left, qr_code, right
from core.marks import Mark
from core.papers import HungContent, month_and_day
from core.prints.pictograms import HEART, pictogram
from core.prints.wishes import ICONS, PublicWish, numbered, set_wording, wording_of
from core.sheet import Drawing, Page
from core.tables import HAIR, rule, upright
from core.tags import Tag
from core.typeset import balance

KIND_WORDS = {"thing": "物品", "help": "帮忙", "company": "陪伴"}


@dataclass(frozen=True)
class ClaimCardsContent(HungContent):
    """认领卡: A6 cards, four to a sheet, and on request the slips that are kept inside."""

    wishes: tuple[PublicWish, ...]


_CARD_WIDTH, _CARD_HEIGHT = 105.0, 148.5


def draw_claim_cards(content: ClaimCardsContent) -> Drawing:
    """The cards, which hang or lie where neighbours take them. Raises TextTooLong."""
    cards = [_claim_card(wish, content) for wish in content.wishes]
    return _four_to_a_sheet(cards, f"认领卡 {content.serial}", content)


def draw_claim_slips(content: ClaimCardsContent) -> Drawing:
    """The slips: blank lines for who took the wish, what was agreed, how it ended."""
    slips = [_claim_slip(wish, content) for wish in content.wishes]
    return _four_to_a_sheet(slips, f"认领登记条 {content.serial}", content)


def _claim_card(wish: PublicWish, content: ClaimCardsContent) -> list[Mark]:
    inset, wide = 10.0, _CARD_WIDTH - 20
    icon = ICONS.get(wish.kind.text, HEART)
    marks: list[Mark] = [
        left("微心愿认领卡", inset, 16, 13, SANS_BOLD, tag=Tag("H1")),
        right(content.issuer.text, _CARD_WIDTH - inset, 16, 9.5, KAI),
        rule(inset, 19.5, wide, 1.2),
        left(wish.label.text, inset, 33, 30, SERIF_BLACK, tag=numbered(wish)),
        *(mark.moved(_CARD_WIDTH - inset - 13, 22.5) for mark in pictogram(icon, 6.5, 13)),
    ]
    marks += set_wording(wording_of(wish, wide, 28), inset, 52, 13, 28)
    marks += _facts(wish, inset)
    code = 22.0
    marks += [
        left("带上这张卡联系我们，", inset, 124, 10.5, KAI),
        left("心愿由工作人员陪您送到。", inset, 129.6, 10.5, KAI),
        left(in_groups(content.phone), inset, 138, 15, SANS_BOLD),
        qr_code(wish.link.text, _CARD_WIDTH - inset - code, 116.5, code),
    ]
    if content.demo:
        marks.append(centred("演示数据", _CARD_WIDTH / 2, 143, 6.5, KAI, gap=0.2))
    return marks


def _facts(wish: PublicWish, x: float) -> list[Mark]:
    """What kind of wish it is, whose in public words, until when."""
    facts = [("类别", KIND_WORDS.get(wish.kind.text, wish.kind.text)), ("心愿人", wish.where.text)]
    if wish.until:
        facts.append(("盼在", f"{month_and_day(wish.until)}前"))
    marks: list[Mark] = []
    for number, (label, value) in enumerate(facts):
        y, tag = 97 + number * 7.4, Tag("P")
        marks += [left(label, x, y, 12, SANS, tag=tag), left(value, x + 17, y, 12, KAI, tag=tag)]
    return marks


_SLIP_ROWS = ("认领人", "约在哪天", "要准备", "交给谁转达", "办好日期", "回访人", "心愿人说")


def _claim_slip(wish: PublicWish, content: ClaimCardsContent) -> list[Mark]:
    inset, wide, row, label = 10.0, _CARD_WIDTH - 20, 11.6, 24.0
    marks: list[Mark] = [
        left("认领登记条", inset, 16, 13, SANS_BOLD, tag=Tag("H1")),
        right("内部留存，不外贴", _CARD_WIDTH - inset, 16, 9.5, KAI),
        rule(inset, 19.5, wide, 1.2),
        left(wish.label.text, inset, 31, 20, SERIF_BLACK, tag=numbered(wish)),
        *set_wording(_slip_words(wish), inset, 41, 7, 14),
        qr_code(wish.link.text, _CARD_WIDTH - inset - 17, 23, 17),
    ]
    for number, asked in enumerate(_SLIP_ROWS):
        y = 56 + number * row
        marks += [
            rule(inset, y, wide, HAIR),
            left(asked, inset + 1, y + row / 2 + 1.6, 11, SANS),
        ]
    foot = 56 + len(_SLIP_ROWS) * row
    marks += [
        rule(inset, foot, wide, HAIR),
        *(upright(x, 56, foot - 56, HAIR) for x in (inset, inset + label, inset + wide)),
        left("住址、电话看系统里的心愿页，不写在纸上。", inset, foot + 6, 9, KAI),
    ]
    return marks


def _slip_words(wish: PublicWish) -> list[str]:
    return balance(wish.wording.text, em(_CARD_WIDTH - 40, 14), KAI)[:2]


def _four_to_a_sheet(
    cards: Sequence[list[Mark]], title: str, content: ClaimCardsContent
) -> Drawing:
    """Cards in the quarters of A4, with marks where to cut."""
    pages = []
    for start in range(0, len(cards), 4):
        marks = _cut_marks()
        for place, card in enumerate(cards[start : start + 4]):
            x, y = (place % 2) * _CARD_WIDTH, (place // 2) * _CARD_HEIGHT
            marks += [mark.moved(x, y) for mark in card]
        pages.append(Page(tuple(marks)))
    return Drawing(tuple(pages), A4, title, content.issuer.text)


def _cut_marks() -> list[Mark]:
    x, y = _CARD_WIDTH, _CARD_HEIGHT
    return [
        *(rule(at, y, 6, HAIR) for at in (0, x - 3, 2 * x - 6)),
        *(upright(x, at, 6, HAIR) for at in (0, y - 3, 2 * y - 6)),
    ]
