"""What a draft says in plain words, and how it becomes the frozen content of a paper.

The words that are printed are Simplified Chinese in every language of the screens.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from blueprints.documents.models import CERTIFICATE, NOTICE, SERIAL_MARKS, Document
from core.papers import CertificateContent, Fact, NoticeContent
from core.privacy import PublicText

Content = CertificateContent | NoticeContent

CONTENTS: dict[str, type[CertificateContent] | type[NoticeContent]] = {
    CERTIFICATE: CertificateContent,
    NOTICE: NoticeContent,
}
LABELS = {
    "name": _l("姓名"),
    "honour": _l("称号"),
    "reason": _l("事由"),
    "issuer": _l("落款单位"),
    "subject": _l("标题"),
    "addressees": _l("写给谁"),
    "matter": _l("正文"),
    "time": _l("时间"),
    "place": _l("地点"),
    "scope": _l("范围"),
    "prepare": _l("请准备"),
    "after": _l("后面再说一句"),
    "phone_label": _l("电话前面的字"),
    "phone": _l("电话"),
    "dated_on": _l("落款日期"),
    "remove_on": _l("撕除日期"),
}
# The rows of a notice's table, as printed.
FACTS = {"time": "时间", "place": "地点", "scope": "范围", "prepare": "请准备"}
# 《志愿服务记录与证明出具办法(试行)》: a company gives honours and statements, no such proof,
# and claims no authority it does not have.
NEVER_ON_CERTIFICATES = ("官方", "国家认证", "志愿服务记录证明")


@dataclass(frozen=True)
class Draft:
    """What a form says of a paper: its typed words and what the register lists it under."""

    kind: str
    content: dict[str, Any]
    dated_on: date
    title: str
    recipient: str = ""
    volunteer_id: int | None = None


@dataclass(frozen=True)
class Numbering:
    """What issuing adds to a paper."""

    serial: str = "签发时给号"
    code: str = "草稿"
    verify_url: str = ""


def serial_text(kind: str, year: int, number: int) -> str:
    """荣字〔2026〕第0007号; the brackets are those of GB/T 9704."""
    return f"{SERIAL_MARKS[kind]}字〔{year}〕第{number:04}号"


def certificate_content(paper: Document, numbering: Numbering, demo: bool) -> CertificateContent:
    """Put a draft's words on a certificate. Raise PaperContentError for an empty one."""
    words = paper.content
    return CertificateContent(
        name=words["name"],
        reason=words["reason"],
        honour=words["honour"],
        issuer=words["issuer"],
        issued_on=paper.dated_on,
        serial=numbering.serial,
        check_code=numbering.code,
        verify_url=numbering.verify_url,
        demo=demo,
    )


def notice_content(
    paper: Document, public: Callable[[str], PublicText], numbering: Numbering, demo: bool
) -> NoticeContent:
    """Put a draft's words on a notice; `public` raises TextNotPublic where they say too much."""
    words = paper.content
    facts = [(label, words[field]) for field, label in FACTS.items() if words[field]]
    return NoticeContent(
        issuer=public(words["issuer"]),
        subject=public(words["subject"]),
        addressees=public(words["addressees"]),
        matter=public(words["matter"]),
        facts=tuple(Fact(public(label), public(text)) for label, text in facts),
        after=public(words["after"]) if words["after"] else None,
        phone_label=public(words["phone_label"]),
        phone=words["phone"],
        issued_on=paper.dated_on,
        remove_on=date.fromisoformat(words["remove_on"]),
        serial=numbering.serial,
        demo=demo,
    )


def frozen_content(kind: str, content: dict[str, Any]) -> Content:
    """Rebuild the content of an issued paper from what was stored when it was issued."""
    return CONTENTS[kind].from_json(json.dumps(content))


def printed_removal(notice: Document) -> date:
    """Return the day that an issued notice tells everybody to take it down."""
    return date.fromisoformat(notice.content["remove_on"]["date"])


def claims_in(text: str) -> list[str]:
    """Return the words in a text that a company's certificate must not say."""
    close = "".join(text.split())
    return [word for word in NEVER_ON_CERTIFICATES if word in close]


def service_sentence(year: int, minutes: int, visits: int) -> str:
    """Write the usual reason of a certificate from a year's confirmed minutes and visits."""
    hours, rest = divmod(minutes, 60)
    parts = [
        f"{year}年度参加志愿服务",
        f"走访结对邻里{visits}户次" if visits else "",
        f"服务时长{f'{hours}小时' if hours else ''}{f'{rest}分钟' if rest else ''}",
        "热心助人，表现突出",
    ]
    return "，".join(part for part in parts if part)
