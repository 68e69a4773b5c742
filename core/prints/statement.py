"""服务情况说明 and 志愿服务记录证明: what service of a person is confirmed, entry by entry."""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.flow import Strip, Type, gap, paragraph
from core.fonts import KAI, SANS, SERIF
from core.lettering import centred, in_groups, left, qr_code, right
from core.papers import Table, VerifiedContent
from core.prints.filed import AREA, LOOK, filed_pages, heading
from core.prints.formal import fair_columns
from core.prints.signing import Place, signature, signers
from core.sheet import Drawing
from core.tables import RULE, Column, Look, rule, table

_SIGNED = Place(118, 26.8, 58, AREA.width, start=26)


@dataclass(frozen=True)
class StatementContent(VerifiedContent):
    """服务情况说明 or 志愿服务记录证明: a person's confirmed service, entry by entry.

    `declaration` says what the paper is and is not: a company's statement replaces no record
    (《志愿服务记录与证明出具办法(试行)》).
    """

    title: str
    name: str
    opening: str
    entries: Table
    total: str
    declaration: str
    contact: str
    phone: str


def draw_statement(content: StatementContent) -> Drawing:
    """The statement; many entries go on with their head repeated."""
    look = replace(LOOK, ruled=False)
    columns = _entry_columns(content.entries, look)
    wide = Type(SERIF, 14, 9)
    strips = [
        *heading(content.title),
        Strip(9, (right(f"编号：{content.serial}", AREA.width, 5, 10, SERIF),), kept=True),
        *paragraph(content.opening, AREA.width, wide),
        gap(3),
        *table(content.entries.heads, content.entries.rows, columns, look),
        Strip(9, (left("合计", 0, 6, 11, SANS), right(content.total, AREA.width, 6, 11, SANS))),
        Strip(0.1, (rule(0, 0, AREA.width, RULE),)),
        gap(4),
        *(replace(strip, kept=True) for strip in _contacts(content)),
        _signed(content),
        *paragraph(content.declaration, AREA.width, Type(KAI, 10, 5.5), indent=0),
    ]
    name = f"{content.title}　{content.serial}"
    return filed_pages(
        strips, name, f"{content.title} {content.serial}", content.issuer, content.demo
    )


def _entry_columns(entries: Table, look: Look) -> list[Column]:
    columns = fair_columns(entries.heads, entries.rows, AREA.width, look)
    return [*columns[:-1], Column(columns[-1].width, "right")]


def _contacts(content: StatementContent) -> tuple[Strip, ...]:
    """Who keeps the record, and who answers for it (民政部令第67号: 记录单位)."""
    half = AREA.width / 2
    return (
        *paragraph(f"记录单位：{content.issuer}", AREA.width, Type(SERIF, 11, 7), indent=0),
        Strip(
            7,
            (
                left(f"经办人：{content.contact}", 0, 5, 11, SERIF),
                left(f"联系电话：{in_groups(content.phone)}", half, 5, 11, SERIF),
            ),
        ),
    )


def _signed(content: StatementContent) -> Strip:
    """Unit and date where the seal goes; the code to check the paper by lower left."""
    lines = signers(content.issuer, content.issued_on, content.signatory)
    signed = signature(lines, content.seal, Type(SERIF, 13, 9), _SIGNED)
    return replace(
        signed,
        marks=(
            *signed.marks,
            qr_code(content.verify_url, 1, 20, 20),
            centred("扫码核验", 11, 44.5, 8, KAI),
            centred(content.check_code, 11, 48.5, 8, KAI),
        ),
    )
