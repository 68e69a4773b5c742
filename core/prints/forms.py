"""Papers to write on: 签到表 at an activity, 走访登记单 in a stairwell."""

from __future__ import annotations

from dataclasses import dataclass

from core.flow import Strip, Type, gap, paragraph
from core.fonts import KAI, SANS, SERIF_BLACK
from core.lettering import centred, em, left, qr_code, right, width_of
from core.marks import Mark
from core.papers import PaperContent
from core.prints.filed import AREA, fact_rows, filed_pages, framed, heading
from core.sheet import Drawing
from core.tables import Column, Look, rule, table
from core.tags import Tag
from core.typeset import break_lines


@dataclass(frozen=True)
class SignInContent(PaperContent):
    """签到表 of one activity: who signed up, then blank rows; hours stay blank for those on duty.

    `people` are (name, team, is on duty). There is no column for telephones.
    """

    activity: str
    held: str
    place: str
    leader: str
    people: tuple[tuple[str, str, bool], ...]
    issuer: str
    demo: bool = False

    optional = frozenset({"people", "place", "leader", "issuer"})


_SIGN_IN = (12.0, 30.0, 36.0, 20.0, 20.0, 16.0, 28.0)
# Neighbours come along who did not sign up.
_ROWS_ON_A_PAGE, _BLANK_ROWS = 17, 6
_SIGN_IN_HEADS = ("序号", "姓名", "队伍", "到", "离", "时长", "签名")


def draw_sign_in(content: SignInContent) -> Drawing:
    """Rows high enough to write in; at least one page full."""
    look = Look(Type(KAI, 12, 6), Type(SANS, 11, 6), 9.6, ruled=True)
    blank = max(_ROWS_ON_A_PAGE - len(content.people), _BLANK_ROWS)
    people = [*content.people, *[("", "", False)] * blank]
    rows = [
        (str(number), name, team, "", "", "勤" if on_duty else "", "")
        for number, (name, team, on_duty) in enumerate(people, start=1)
    ]
    columns = [Column(width, "middle") for width in _SIGN_IN]
    facts = (("活动", content.activity), ("时间", content.held), ("地点", content.place),
             ("负责人", content.leader))  # fmt: skip
    strips = [
        *heading("活动签到表"),
        *fact_rows([(label, value) for label, value in facts if value]),
        gap(4),
        *table(_SIGN_IN_HEADS, rows, columns, look),
        gap(2),
        *paragraph(
            "到、离写几点几分。“勤”：上班值勤，不计志愿服务时长。负责人核对后签名：",
            AREA.width, Type(KAI, 10, 6), indent=0,
        ),
    ]  # fmt: skip
    return filed_pages(strips, f"签到表　{content.activity}"[:40], f"签到表 {content.activity}",
                       content.issuer, content.demo)  # fmt: skip


@dataclass(frozen=True)
class VisitFormContent(PaperContent):
    """走访登记单: blank, for one household, known on paper by a code that tells no door."""

    code: str
    url: str
    duty_phone: str
    issuer: str
    demo: bool = False

    optional = frozenset({"duty_phone", "issuer"})


_ASKED = ("同意上门走访", "同意记录今天谈的事", "同意拍照", "都不用，聊聊就好")
_DONE = (
    "聊天问候",
    "打扫卫生",
    "代买代办",
    "小修小补",
    "陪同外出",
    "政策宣讲",
    "节日慰问",
    "电话问候",
)
_WRITTEN = (
    ("今天谈了什么", 48.0),
    ("有什么困难、心愿", 29.0),
    ("想提的意见和建议", 20.0),
    ("后面要做的", 20.0),
)


def draw_visit_form(content: VisitFormContent) -> Drawing:
    """One page to write on; consent comes first."""
    strips = [
        _form_head(content),
        *_choice_row("走访日期", "　　　　年　　月　　日　　时　　分至　　时　　分", True),
        *_choice_row("走访人", "", False),
        *_choice_row("见到谁", "□ 见到本人　□ 见到家人　□ 没见到（敲门、留条、约下次）", False),
        *_choice_row("先问同意", "　".join(f"□ {each}" for each in _ASKED), False),
        *_choice_row("做了什么", "　".join(f"□ {each}" for each in _DONE), False),
        *(_writing_row(label, height) for label, height in _WRITTEN),
        *_choice_row("下次走访", "　　　　年　　月　　日前", False),
        *_choice_row("走访人签名", "", False),
        gap(3),
        *paragraph(
            "不写身份证号、病情、收入、宗教、政见。对方不愿意说的，不问、不记。"
            + (f"有急事打值班电话 {content.duty_phone}。" if content.duty_phone else ""),
            AREA.width, Type(KAI, 10, 5.5), indent=0,
        ),
    ]  # fmt: skip
    title = f"走访登记单 {content.code}"
    return filed_pages(strips, title, title, content.issuer, content.demo)


def _form_head(content: VisitFormContent) -> Strip:
    """Title left; code and QR, which lead whoever may see it to the household's page, right."""
    side = 24.0
    code_width = width_of(content.code, 22, SANS)
    return Strip(
        31,
        (
            left("走访登记单", 0, 13, 24, SERIF_BLACK, tag=Tag("H1", title="走访登记单")),
            left("写好后照着记进系统，纸面交回存档。", 0, 22, 11, KAI),
            left(content.code, AREA.width - side - code_width - 6, 13, 22, SANS),
            right("户码", AREA.width - side - 6, 20, 10, KAI),
            qr_code(content.url, AREA.width - side, 1, side),
        ),
    )


def _choice_row(label: str, text: str, is_first: bool) -> list[Strip]:
    label_width, type_ = 28.0, Type(KAI, 11.5, 7)
    lines = _whole_choices(text, em(AREA.width - label_width - 5, 11.5))
    height = max(10.4, len(lines) * type_.pitch + 3.4)
    tag = Tag("P")
    marks: list[Mark] = [centred(label, label_width / 2, height / 2 + 1.5, 11, SANS, tag=tag)]
    for row, line in enumerate(lines):
        y = (height - len(lines) * type_.pitch) / 2 + row * type_.pitch + type_.base
        marks.append(left(line, label_width + 2.5, y, 11.5, KAI, tag=tag))
    marks += framed(height, [0, label_width, AREA.width], is_first)
    return [Strip(height, tuple(marks))]


def _whole_choices(text: str, width: float) -> list[str]:
    """Break between choices only, so that a box stays with its words."""
    lines: list[str] = [""]
    for choice in text.split("　□") if "□" in text else [text]:
        piece = choice if choice.startswith("□") or "□" not in text else f"□{choice}"
        joined = f"{lines[-1]}　{piece}" if lines[-1] else piece
        if lines[-1] and len(joined) > width:
            lines.append(piece)
        else:
            lines[-1] = joined
    return lines


def _writing_row(label: str, height: float) -> Strip:
    """A row to write in, with hairlines a line of handwriting apart."""
    label_width, line = 28.0, 9.6
    marks: list[Mark] = []
    tag, parts = Tag("P"), break_lines(label, 6, SANS)
    for row, part in enumerate(parts):
        y = height / 2 + 1.5 + (row - (len(parts) - 1) / 2) * 5.4
        marks.append(centred(part, label_width / 2, y, 11, SANS, tag=tag))
    count = int(height // line)
    for number in range(1, count):
        marks.append(
            rule(label_width + 3, number * height / count, AREA.width - label_width - 6, 0.25)
        )
    marks += framed(height, [0, label_width, AREA.width], False)
    return Strip(height, tuple(marks))
