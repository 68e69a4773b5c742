"""What a company may change: each setting with its default, in one place."""

import hashlib
import json
from typing import Any

from flask import g
from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import db
from core.holidays import HOLIDAYS, WORKDAYS

DEFAULTS: dict[str, Any] = {
    "company_name": "",
    "branch_name": "",
    # 落款: who signs certificates and notices.
    "issuer_name": "",
    # company, committee (居委会) or volunteers (a registered organisation): who may prove service.
    "issuer_type": "company",
    "duty_phone": "",
    # Default cadence (domain rule: high need weekly, key monthly, general quarterly).
    "visit_interval_days": 30,
    "visit_interval_choices": [7, 14, 21, 30, 90],
    # The building map: met within so many days counts as recent, beyond the other as long ago.
    "map_recent_days": 30,
    "map_old_days": 90,
    "wish_claim_days": 14,
    # So many days after it was due, a claim lapses and the wish hangs on the wall again.
    "wish_grace_days": 3,
    # Above this a wish is no longer "small"; told, not enforced.
    "wish_cost_ceiling_yuan": 200,
    # 《志愿服务记录与证明出具办法(试行)》: a record is entered within 10 working days.
    "activity_record_working_days": 10,
    # Longer service than this is confirmed one by one, not together with others'.
    "hours_to_look_at_minutes": 240,
    # Each year's official calendar, as ISO dates: days off, and the Saturdays and Sundays that
    # are worked instead (调休). What we know of it is to be checked, year by year.
    "holidays": HOLIDAYS,
    "workdays": WORKDAYS,
    "calendar_checked_years": [],
    "visit_note_chips": ["精神不错", "想有人陪着说话", "家里东西要修", "下次带点东西"],
    # 服务类别: what volunteers say they would do.
    "service_categories": [
        "陪伴老人",
        "打扫卫生",
        "便民维修",
        "理发",
        "代办跑腿",
        "陪诊",
        "文艺",
        "宣传",
        "应急",
    ],
    # Confirmed hours for each star.
    "star_hours": [100, 300, 600, 1000, 1500],
    "certificate_honour": "年度优秀志愿者",
    # Each kind's own wording and numbers, as blueprints/documents/paper_settings.py has them.
    "paper_settings": {},
    # Where outsiders reach this site (https://…); empty: the address the secretary works at.
    "public_address": "",
    "coming_days_ahead": 14,
    "reveal_closes_after_minutes": 10,
    # Visit notes and care tags go so many months after a household's last pairing ended
    # (个人信息保护法, article 19: no longer than needed).
    "retention_months": 12,
}


class Setting(db.Model):
    """One value that the company has set itself."""

    __tablename__ = "setting"
    __audited__ = True

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)


def setting(name: str) -> Any:
    """Return a setting, the company's own or the default. An unknown name is a KeyError."""
    default = DEFAULTS[name]
    if "settings" not in g:
        g.settings = {row.name: row.value for row in db.session.query(Setting)}
    return g.settings.get(name, default)


def change_setting(name: str, value: Any) -> None:
    """Set a value; the caller commits."""
    if name not in DEFAULTS:
        raise KeyError(name)
    row = db.session.get(Setting, name) or Setting(name=name)
    row.value = value
    db.session.add(row)
    g.pop("settings", None)


def fingerprint(values: dict[str, Any]) -> str:
    """Return a short digest that changes when any of these values does."""
    body = json.dumps(values, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(body.encode()).hexdigest()[:16]
