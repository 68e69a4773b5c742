"""Every kind of paper: one entry here, and it is drafted, numbered, printed, kept and verified.

Whatever differs between kinds stands in the entry; nothing else asks which kind a paper is.
What a company may set per kind (serial pattern, colour or black, wording) hangs on ``code``.
To add a kind: a content class and a drawing function in ``core/prints``, an entry here, a form
of the same ``kind`` in ``all_forms``. A kind is public, and scanned, because its content class
is a ``PublicContent``; nobody has to remember.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from core.certificate import draw_certificate
from core.papers import CertificateContent, NoticeContent, PaperContent, PublicContent
from core.press import USUAL, Manner, print_certificates, print_drawn
from core.prints.appointment import AppointmentContent, draw_appointment
from core.prints.claim_cards import ClaimCardsContent, draw_claim_cards
from core.prints.formal import MinutesContent, TextContent, draw_minutes, draw_text
from core.prints.growth import GrowthContent, draw_growth
from core.prints.posted import (
    PublicNoticeContent,
    ReminderContent,
    draw_notice,
    draw_public_notice,
    draw_reminder,
)
from core.prints.report import ReportContent, draw_report
from core.prints.statement import StatementContent, draw_statement
from core.prints.wishes import WishWallContent, draw_wish_wall
from core.settings import setting
from core.sheet import Drawing

CERTIFICATE, APPOINTMENT, THANKS, STATEMENT, PROOF = (
    "certificate", "appointment", "thanks", "statement", "proof",
)  # fmt: skip
NOTICE, PUBLIC_NOTICE, REMINDER, WISH_WALL, CLAIM_CARDS = (
    "notice", "public_notice", "reminder", "wish_wall", "claim_cards",
)  # fmt: skip
PLAN, SUMMARY, MINUTES = "plan", "summary", "minutes"
REPORT, GROWTH = "report", "growth"
# 《志愿服务记录与证明出具办法(试行)》, 民政部令第67号: a 居委会 or a registered volunteer
# organisation proves service; a company tells of it, and claims no authority it does not have.
PROVING_ISSUERS = ("committee", "volunteers")


@dataclass(frozen=True)
class Kind:
    """One kind of paper. ``mark`` is the character before 字 in its serials."""

    code: str
    name: LazyString
    # When one writes such a paper, in a few words.
    about: LazyString
    mark: str
    content: type[PaperContent]
    draw: Callable[[Any], Drawing]
    # Looks at more than the characters before it prints.
    press: Callable[..., bytes] | None = None
    icon: str = "file"
    is_landscape: bool = False
    # Can be printed in colour or in black; all others are black anyhow.
    has_colour: bool = False
    # Waterworks and lifts are the manager's business too; honours and posts are the branch's.
    managers_write: bool = False
    # Carries a code that outsiders look up: papers that people keep and show around.
    is_verified: bool = False
    needs_proving_issuer: bool = False
    # For the person it is about and the secretary; the manager does not read it.
    is_personal: bool = False
    # The word of its content that says whom a paper is made out to; empty: to everybody.
    made_out_to: str = ""
    # The rule of ``eligible`` by which people are first looked for; empty: never issued in batches.
    found_by: str = ""
    # Nobody gets a second one in the same year.
    is_yearly: bool = False

    def has(self, word: str) -> bool:
        """Answer whether papers of this kind print such a word."""
        return any(field.name == word for field in fields(self.content))  # type: ignore[arg-type]

    def printed(self, contents: Sequence[Any], manner: Manner = USUAL) -> bytes:
        """Print contents of this kind, in order, as one PDF."""
        if self.press:
            return self.press(contents, manner)
        return print_drawn(contents, self.draw, manner)

    @property
    def is_offered(self) -> bool:
        """Answer whether the company, as it is set up, gives such papers at all."""
        return not self.needs_proving_issuer or setting("issuer_type") in PROVING_ISSUERS

    @property
    def is_public(self) -> bool:
        """Answer whether everybody reads it: it is scanned, can hang, and must come down."""
        return issubclass(self.content, PublicContent)


_KINDS = (
    Kind(
        CERTIFICATE,
        _l("荣誉证书"),
        _l("按今年的服务时长发给志愿者"),
        "荣",
        CertificateContent,
        draw_certificate,
        print_certificates,
        icon="award",
        is_landscape=True,
        has_colour=True,
        is_verified=True,
        made_out_to="name",
        found_by="hours",
        is_yearly=True,
    ),
    Kind(
        APPOINTMENT,
        _l("聘书"),
        _l("请谁做什么，从哪天到哪天"),
        "聘",
        AppointmentContent,
        draw_appointment,
        icon="award",
        is_landscape=True,
        has_colour=True,
        is_verified=True,
        made_out_to="name",
        found_by="team",
    ),
    Kind(
        THANKS,
        _l("感谢信"),
        _l("谢谢一个人、一支队伍、一家单位"),
        "谢",
        TextContent,
        draw_text,
        icon="send",
        made_out_to="addressee",
        found_by="wishes",
    ),
    Kind(
        STATEMENT,
        _l("服务情况说明"),
        _l("一个人一段时间的志愿服务，逐条列出"),
        "说",
        StatementContent,
        draw_statement,
        icon="list",
        is_verified=True,
        made_out_to="name",
        found_by="team",
    ),
    Kind(
        PROOF,
        _l("志愿服务记录证明"),
        _l("只有居委会和登记过的志愿服务组织能出"),
        "证",
        StatementContent,
        draw_statement,
        icon="list",
        is_verified=True,
        needs_proving_issuer=True,
        made_out_to="name",
        found_by="team",
    ),
    Kind(
        NOTICE,
        _l("通知"),
        _l("停水停电、清扫、活动，贴在楼道里"),
        "知",
        NoticeContent,
        draw_notice,
        managers_write=True,
    ),
    Kind(
        PUBLIC_NOTICE,
        _l("公示"),
        _l("定了什么、给谁表彰，听听邻居的意见"),
        "示",
        PublicNoticeContent,
        draw_public_notice,
        icon="list",
        managers_write=True,
    ),
    Kind(
        REMINDER,
        _l("温馨提示"),
        _l("一张图、一句话，字很大"),
        "提",
        ReminderContent,
        draw_reminder,
        icon="bell",
        managers_write=True,
    ),
    Kind(
        WISH_WALL,
        _l("心愿墙"),
        _l("等人认领的心愿，A4 或 A3"),
        "墙",
        WishWallContent,
        draw_wish_wall,
        icon="wish",
        managers_write=True,
    ),
    Kind(
        CLAIM_CARDS,
        _l("认领卡"),
        _l("一张纸四张卡，剪开放在前台"),
        "卡",
        ClaimCardsContent,
        draw_claim_cards,
        icon="wish",
        managers_write=True,
    ),
    Kind(
        PLAN,
        _l("活动方案"),
        _l("从一场活动写起"),
        "案",
        TextContent,
        draw_text,
        icon="cal",
        managers_write=True,
    ),
    Kind(
        SUMMARY,
        _l("活动小结"),
        _l("办过的活动，写给存档"),
        "结",
        TextContent,
        draw_text,
        icon="cal",
        managers_write=True,
    ),
    Kind(
        MINUTES,
        _l("会议纪要"),
        _l("三方联动会议：通报、意见、定了什么"),
        "纪",
        MinutesContent,
        draw_minutes,
        icon="users",
        managers_write=True,
    ),
    Kind(
        REPORT,
        _l("月报"),
        _l("一个月的数字、活动、心愿和照片"),
        "月",
        ReportContent,
        draw_report,
        icon="list",
    ),
    Kind(
        GROWTH,
        _l("成长档案"),
        _l("一位大学生自己的走访、时长、活动和证书"),
        "档",
        GrowthContent,
        draw_growth,
        icon="user",
        is_personal=True,
        made_out_to="name",
    ),
)
KINDS = {kind.code: kind for kind in _KINDS}
DOCUMENT_KINDS = {kind.code: kind.name for kind in _KINDS}
