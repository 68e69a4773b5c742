"""What each printed paper says, frozen. Issuing stores this as JSON, so that a later change to
a person or a setting never changes an issued paper."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Self

from core.privacy import PublicText

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_PHONE = re.compile(r"[\d -]{3,18}")


def chinese_date(day: date) -> str:
    """2026年12月5日 (GB/T 9704: Arabic numerals, no leading zeros); papers are not translated."""
    return f"{day.year}年{day.month}月{day.day}日"


class PaperContentError(ValueError):
    """A field of a paper is empty, holds a control character or is of the wrong type."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class _Content:
    """Checks and JSON of all papers; fields are str, date, bool, PublicText or tuples."""

    optional: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for field in fields(self):  # type: ignore[arg-type]
            value = getattr(self, field.name)
            text = value.text if isinstance(value, PublicText) else value
            if isinstance(text, str) and (
                _CONTROL.search(text) or not (text.strip() or field.name in self.optional)
            ):
                raise PaperContentError(field.name)

    def to_json(self) -> str:
        """The content as JSON with sorted keys: the same content gives the same text."""
        record = {field.name: _pack(getattr(self, field.name)) for field in fields(self)}
        return json.dumps(record, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Rebuild a frozen content. Public text is scanned again: see PublicText.from_record."""
        return cls(**{key: _unpack(value) for key, value in json.loads(text).items()})


@dataclass(frozen=True)
class CertificateContent(_Content):
    """荣誉证书. `honour` is the title given (年度优秀志愿者) or empty; `reason`: what was done."""

    name: str
    reason: str
    honour: str
    issuer: str
    issued_on: date
    serial: str
    check_code: str
    verify_url: str
    title: str = "荣誉证书"
    salutation: str = "同志"
    demo: bool = False

    optional = frozenset({"honour"})

    @property
    def sentence(self) -> str:
        """The body in one sentence: the reason, then the honour in quotation marks."""
        reason = self.reason.strip().rstrip("，。；,.;")
        return f"{reason}，被评为“{self.honour}”。" if self.honour else f"{reason}。"


@dataclass(frozen=True)
class Fact:
    """One row of a notice's table: 时间, 范围, 请准备."""

    label: PublicText
    value: PublicText


@dataclass(frozen=True)
class NoticeContent(_Content):
    """通知 for a stairwell. Whatever a person typed is PublicText: nothing else is accepted."""

    issuer: PublicText
    subject: PublicText
    addressees: PublicText
    matter: PublicText
    facts: tuple[Fact, ...]
    after: PublicText | None
    phone_label: PublicText
    phone: str
    issued_on: date
    remove_on: date
    serial: str
    demo: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        for name in ("issuer", "subject", "addressees", "matter", "after", "phone_label"):
            value = getattr(self, name)
            if not isinstance(value, PublicText) and not (name == "after" and value is None):
                raise PaperContentError(name)
        if not all(
            isinstance(part, PublicText) for fact in self.facts for part in (fact.label, fact.value)
        ):
            raise PaperContentError("facts")
        if not _PHONE.fullmatch(self.phone):
            raise PaperContentError("phone")


def _pack(value: object) -> Any:
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, PublicText):
        return {"public": value.to_record()}
    if isinstance(value, Fact):
        return {"fact": [_pack(value.label), _pack(value.value)]}
    return [_pack(item) for item in value] if isinstance(value, tuple) else value


def _unpack(value: Any) -> Any:
    match value:
        case {"date": text}:
            return date.fromisoformat(text)
        case {"public": record}:
            return PublicText.from_record(record)
        case {"fact": [label, fact]}:
            return Fact(_unpack(label), _unpack(fact))
        case list():
            return tuple(_unpack(item) for item in value)
    return value
