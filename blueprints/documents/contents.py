"""What a draft says in plain words, and how it becomes the frozen content of a paper.

The words that are printed are Simplified Chinese in every language of the screens.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, get_args, get_type_hints

from flask_babel import lazy_gettext as _l

from blueprints.documents.kinds import KINDS
from blueprints.documents.models import Document
from core.papers import Fact, PaperContent
from core.privacy import PublicText

Clear = Callable[[str], PublicText]
LABELS = {
    "name": _l("姓名"),
    "honour": _l("称号"),
    "reason": _l("事由"),
    "issuer": _l("落款单位"),
    "signatory": _l("签发人"),
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
    "title": _l("大标题"),
    "salutation": _l("称呼"),
    "post": _l("请做什么"),
    "starts_on": _l("从哪天起"),
    "ends_on": _l("到哪天止"),
    "duty": _l("职责"),
    "terms": _l("另外说明"),
    "addressee": _l("谢谁"),
    "body": _l("正文"),
    "entries": _l("名单或列表"),
    "shown_from": _l("公示从哪天"),
    "shown_until": _l("公示到哪天"),
    "objections": _l("到哪里提意见"),
    "message": _l("一句话"),
    "details": _l("下面再补几个字"),
    "picture": _l("配什么图"),
    "wishes": _l("哪些心愿"),
    "is_large": _l("纸多大"),
    "slogan": _l("墙上的一句话"),
    "contact": _l("经办人"),
    "held": _l("什么时候开的"),
    "chair": _l("谁主持"),
    "present": _l("参加的人"),
    "reports": _l("一、通报各方情况"),
    "opinions": _l("二、反映居民意见"),
    "decisions": _l("三、协议解决事项"),
    "tasks": _l("要跟着办的事"),
    "summary": _l("本月概况"),
    "next_month": _l("下月打算"),
    "photos": _l("放哪些照片"),
    "started": _l("到岗日期"),
    "mentors": _l("成长导师"),
    "reflections": _l("心声"),
    "comments": _l("双导师寄语"),
}
# The rows of a notice's table, as printed.
FACTS = {"time": "时间", "place": "地点", "scope": "范围", "prepare": "请准备"}
# 《志愿服务记录与证明出具办法(试行)》: a company gives honours and statements, no such proof,
# and claims no authority it does not have.
NEVER_ON_HONOURS = ("官方", "国家认证", "志愿服务记录证明")


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


def paper_content(paper: Document, clear: Clear, numbering: Numbering, demo: bool) -> PaperContent:
    """Put a draft's words on a paper of its kind, each in the type that its field has there.

    `clear` makes public text and raises TextNotPublic where it says too much. Raises
    PaperContentError for an empty paper.
    """
    kind, words = paper.of_kind.content, paper.content
    given = {
        "issued_on": paper.dated_on,
        "serial": numbering.serial,
        "check_code": numbering.code,
        "verify_url": numbering.verify_url,
        "demo": demo,
    }
    types, values = _types_of(kind), {}
    for field in fields(kind):
        if field.name in given:
            values[field.name] = given[field.name]
        elif field.name == "facts":
            values["facts"] = _facts(words, clear)
        elif field.name in words:
            values[field.name] = _as(types[field.name], words[field.name], clear)
    return kind(**values)


@cache
def _types_of(kind: type) -> dict[str, Any]:
    """The types of a paper's fields; a batch asks for the same ones hundreds of times."""
    return get_type_hints(kind)


def _as(wanted: Any, word: Any, clear: Clear) -> Any:
    """Turn a word as drafts store it into the type that a paper wants."""
    options = get_args(wanted)
    if type(None) in options:
        return _as(options[0], word, clear) if word else None
    if wanted is PublicText:
        return clear(word)
    if wanted is date:
        return date.fromisoformat(word)
    if is_dataclass(wanted):
        types = _types_of(wanted)
        return wanted(**{name: _as(types[name], part, clear) for name, part in word.items()})
    if options:
        return tuple(_as(options[0], item, clear) for item in word)
    return word


def _facts(words: dict[str, Any], clear: Clear) -> tuple[Fact, ...]:
    said = [(label, words[field]) for field, label in FACTS.items() if words.get(field)]
    return tuple(Fact(clear(label), clear(text)) for label, text in said)


def frozen_content(kind: str, content: dict[str, Any]) -> PaperContent:
    """Rebuild the content of an issued paper from what was stored when it was issued."""
    return KINDS[kind].content.from_json(json.dumps(content))


def printed_removal(notice: Document) -> date:
    """Return the day that an issued notice tells everybody to take it down."""
    return date.fromisoformat(notice.content["remove_on"]["date"])


def claims_in(text: str) -> list[str]:
    """Return the words in a text that a company's paper must not say."""
    close = "".join(text.split())
    return [word for word in NEVER_ON_HONOURS if word in close]


def time_on_paper(minutes: int) -> str:
    """Write service time as papers do, whatever language the screen speaks: 1小时30分钟."""
    hours, rest = divmod(minutes, 60)
    return f"{hours}小时" * bool(hours) + f"{rest}分钟" * bool(rest or not hours)


def service_sentence(year: int, minutes: int, visits: int) -> str:
    """Write the usual reason of a certificate from a year's confirmed minutes and visits."""
    parts = [
        f"{year}年度参加志愿服务",
        f"走访结对邻里{visits}户次" if visits else "",
        f"服务时长{time_on_paper(minutes)}",
        "热心助人，表现突出",
    ]
    return "，".join(part for part in parts if part)
