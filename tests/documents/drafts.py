"""Drafts to issue in tests."""

from datetime import date
from typing import Any

from blueprints.accounts.models import User
from blueprints.documents.models import Document
from blueprints.teams.models import Volunteer
from core.clock import today
from tests.factories import saved

REASON = "2026年度参加志愿服务，服务时长46小时，热心助人，表现突出"
NOTICE = {
    "subject": "示3栋清洗水箱，临时停水",
    "addressees": "各位邻居",
    "matter": "为保证饮水卫生，物业将清洗水箱，期间停水。",
    "time": "9月21日（周一）8:30至17:00",
    "place": "",
    "scope": "示3栋全部住户",
    "prepare": "提前储水",
    "after": "",
    "phone_label": "24小时值班电话",
    "phone": "100 8888 0000",
    "remove_on": "2026-12-30",
    "issuer": "安和物业服务中心",
}


def certificate_draft(
    by: User, volunteer: Volunteer | None = None, name: str = "方晓禾", **words: Any
) -> Document:
    """A certificate for a volunteer, or for a name that is on no list."""
    name = volunteer.name if volunteer else name
    content = {"name": name, "honour": "年度优秀志愿者", "reason": REASON, "issuer": "安和物业"}
    return saved(
        Document(
            kind="certificate",
            title="年度优秀志愿者",
            recipient=name,
            volunteer_id=volunteer.id if volunteer else None,
            content=content | words,
            dated_on=today(),
            drafted_by_id=by.id,
        )
    )


def notice_draft(by: User, dated_on: date | None = None, **words: Any) -> Document:
    content = NOTICE | words
    return saved(
        Document(
            kind="notice",
            title=content["subject"],
            content=content,
            dated_on=dated_on or today(),
            drafted_by_id=by.id,
        )
    )


def cards_draft(by: User) -> Document:
    """Claim cards for one wish."""
    wish = {
        "label": "2026-017",
        "wording": "老花镜一副",
        "kind": "thing",
        "where": "桥机嘉园的一位居民",
        "link": "https://linli.example/wishes/17",
        "until": "",
        "is_taken": False,
    }
    words = {name: NOTICE[name] for name in ("phone_label", "phone", "remove_on", "issuer")}
    return saved(
        Document(
            kind="claim_cards",
            title="1个心愿",
            content=words | {"wishes": [wish]},
            dated_on=today(),
            drafted_by_id=by.id,
        )
    )
