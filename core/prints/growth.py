"""成长档案: a student's time with the company, compiled from their own work, nobody else named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.flow import Strip, ended_by, gap
from core.fonts import KAI, SANS, SERIF_BLACK
from core.lettering import centred, em, left, right, width_of
from core.marks import Mark, Path
from core.ornament import weave
from core.papers import Part, SignedContent, Table
from core.prints.blocks import (
    SIGNED_AT,
    SIGNED_TYPE,
    Chart,
    Figure,
    chart,
    figure_row,
    listed,
    paragraphs,
    section,
)
from core.prints.filed import AREA, fact_rows, filed_pages
from core.prints.pictograms import ring
from core.prints.signing import signature, signers
from core.sheet import Drawing, Link, Page
from core.tables import HAIR, RULE, rule, upright
from core.tags import Tag
from core.typeset import balance, break_lines

# The cover, and the page after it that begins with the contents.
_COVERS, _CONTENTS = 1, "目录"
_ROW, _HEADING = 8.4, 14.0
# Where the line of the timeline runs; months stand left of it, what happened right.
_LINE, _DOT, _SAID = 31.0, 1.25, 37.0


@dataclass(frozen=True)
class Milestone(Part):
    """What happened on a day; `is_key` for what counts at the year's appraisal."""

    day: date
    what: str
    note: str
    is_key: bool


@dataclass(frozen=True)
class GrowthContent(SignedContent):
    """成长档案 of one student between two days."""

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
    milestones: tuple[Milestone, ...] = ()

    optional = frozenset({"estate", "started", "mentors", "reflections", "comments", "milestones"})


def draw_growth(content: GrowthContent) -> Drawing:
    """Cover, contents, then the student's time section by section."""
    sections = _sections(content)
    told = [strip for title, strips in sections.items() for strip in (*section(title), *strips)]
    lines = signers(content.issuer, content.issued_on, content.signatory)
    told = ended_by(told, signature(lines, content.seal, SIGNED_TYPE, SIGNED_AT))
    room = Strip(_HEADING + len(sections) * _ROW)
    name = f"成长档案　{content.name}"
    title = f"成长档案 {content.name}"
    inner = filed_pages([room, *told], name, title, content.issuer, content.demo, covers=_COVERS)
    first, *rest = inner.pages
    marks, links = _contents(sections, _pages_of_headings(inner.pages))
    first = replace(first, marks=(*marks, *first.marks), links=links)
    return replace(inner, pages=(_cover(content), first, *rest))


def _sections(content: GrowthContent) -> dict[str, list[Strip]]:
    """What each section holds, by its heading."""
    nothing = "这段时间还没有。"
    facts = [*fact_rows(_about(content), 28), gap(4), figure_row(content.figures)]
    told = (
        ("基本情况", facts),
        ("成长历程", _timeline(content.milestones) or paragraphs((), nothing)),
        ("走访结对邻里", [chart(content.visits)]),
        ("参加活动", listed(content.activities, nothing)),
        ("志愿服务时长", listed(content.hours, nothing)),
        ("证书与聘书", listed(content.papers, nothing)),
        ("心声", paragraphs(content.reflections, "（留给本人写）")),
        ("双导师寄语", paragraphs(content.comments, "（留给导师写）")),
    )
    return {
        f"{number}、{name}": strips
        for number, (name, strips) in zip("一二三四五六七八", told, strict=True)
    }


def _about(content: GrowthContent) -> list[tuple[str, str]]:
    told = (
        ("姓名", content.name),
        ("服务小区", content.estate),
        ("到岗日期", content.started),
        ("成长导师", content.mentors),
        ("记录时间", content.period),
    )
    return [(label, words) for label, words in told if words]


def _pages_of_headings(pages: Sequence[Page]) -> dict[str, int]:
    """On which page, counted with the cover, each section begins."""
    return {
        mark.tag.title: number
        for number, page in enumerate(pages, 1 + _COVERS)
        for mark in page.marks
        if mark.tag and mark.tag.title
    }


def _contents(titles: Sequence[str], pages: dict[str, int]) -> tuple[list[Mark], tuple[Link, ...]]:
    """目录 at the top of the text: each section with dots that lead to its page, and a press on
    its line too."""
    entries, links = Tag("TOC"), []
    marks: list[Mark] = [left(_CONTENTS, 0, 6.5, 14, SANS, tag=Tag("H2", title=_CONTENTS))]
    for row, title in enumerate(titles):
        entry = Tag("Link", within=Tag("TOCI", within=entries))
        y, number = _HEADING + row * _ROW, str(pages[title])
        begin, end = width_of(title, 12) + 2, AREA.width - width_of(number, 12) - 2
        marks += [
            left(title, 0, y, 12, tag=entry),
            right(number, AREA.width, y, 12, tag=entry),
            Path(begin, y - 1, f"M0 0L{end - begin:.2f} 0", stroke=0.5, dash=0.7),
        ]
        top = AREA.top + y - 0.7 * _ROW
        links.append(Link(AREA.left, top, AREA.width, _ROW, title, entry))
    return [mark.moved(AREA.left, AREA.top) for mark in marks], tuple(links)


def _timeline(milestones: Sequence[Milestone]) -> list[Strip]:
    """A line from top to bottom with a dot for each; a month is named where it begins."""
    months = [f"{each.day.year}年{each.day.month}月" for each in milestones]
    return [
        _milestone(each, month if month != before else "")
        for each, month, before in zip(milestones, months, ["", *months], strict=False)
    ]


def _milestone(told: Milestone, month: str) -> Strip:
    wide, tag, y = AREA.width - _SAID, Tag("P"), 5.2
    marks: list[Mark] = [right(month, _LINE - 4, y, 11, tag=tag)] if month else []
    marks += _dot(told.is_key, y - 1.4)
    for text, size, pitch in ((told.what, 12, 6), (told.note, 10, 5.2)):
        for line in break_lines(text, em(wide, size)):
            marks.append(left(line, _SAID, y, size, tag=tag))
            y += pitch
    height = max(y - 0.6, 10)
    return Strip(
        height, (*marks, upright(_LINE, 0, 2.4, RULE), upright(_LINE, 5.2, height - 5.2, RULE))
    )


def _dot(is_key: bool, y: float) -> list[Mark]:
    """Full for what counts, a ring for the rest; a photocopier keeps both."""
    circle = Path(_LINE, y, ring(0, 0, _DOT), stroke=RULE)
    return [circle, replace(circle, stroke=0)] if is_key else [circle]


def _woven(x: float, y: float, length: float, swellings: int = 5) -> list[Path]:
    """The certificates' weave in black, across a page."""
    step = length / swellings
    return [
        Path(x + place * step, y, stroke.path, stroke=HAIR)
        for place in range(swellings)
        for stroke in weave(step)
    ]


def _cover(content: GrowthContent) -> Page:
    """The cover: title, a woven rule, the name in 楷; nothing on it that the inside does not say."""
    x = 34
    issuer = balance(content.issuer, em(142, 12), KAI)
    facts = (
        ("记录时间", content.period),
        ("服务小区", content.estate),
        ("到岗日期", content.started),
        ("成长导师", content.mentors),
        ("编　　号", content.serial),
    )
    titled = Tag("H1", title=f"成长档案　{content.name}")
    marks: list[Mark] = [
        *(left(line, x, 46 + 6 * row, 12, KAI) for row, line in enumerate(issuer)),
        left("成长档案", x, 108, 50, SERIF_BLACK, gap=0.14, tag=titled),
        *_woven(x, 121, 142),
        left(content.name, x, 144, 28, KAI),
        rule(0, 148.5, 4, HAIR),
    ]
    told = [(label, words) for label, words in facts if words]
    for number, (label, words) in enumerate(told):
        fact, y = Tag("P"), 190 + number * 10
        marks += [left(label, x, y, 13, KAI, tag=fact), left(words, x + 30, y, 13, KAI, tag=fact)]
    marks.append(left("痕迹只记自己做的事，不写邻居的姓名、门牌和家事。", x, 268, 10, KAI))
    demo = (centred("演示数据", 105, 285, 7, KAI, gap=0.2),) if content.demo else ()
    return Page(tuple(marks), demo)
