"""What each printed paper says, frozen. Issuing stores this as JSON, so that a later change to
a person or a setting never changes an issued paper."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Self

from core.privacy import PublicText

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
# The two plain texts of a public paper: a number that is no phone, a phone that is no name.
_SERIAL = re.compile(r"(?!.*\d{7})[^\x00-\x1f\x7f]{1,40}")
_PHONE = re.compile(r"[\d -]{3,18}")


def chinese_date(day: date) -> str:
    """2026年12月5日 (GB/T 9704: Arabic numerals, no leading zeros); papers are not translated."""
    return f"{day.year}年{day.month}月{day.day}日"


def month_and_day(day: date) -> str:
    """12月5日, for the take-down date that is read from afar."""
    return f"{day.month}月{day.day}日"


class PaperContentError(ValueError):
    """A field of a paper is empty, holds a control character or is of the wrong type."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class PaperContent:
    """Checks and JSON of all papers. Fields are str, date, bool, int, PublicText, one of the
    parts below, or tuples of these; those named in `optional`, or empty unless said, may be empty."""

    optional: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for field in fields(self):  # type: ignore[arg-type]
            value = getattr(self, field.name)
            text = value.text if isinstance(value, PublicText) else value
            optional = field.name in self.optional or value == field.default
            blank = text in ("", ()) and not optional
            if blank or any(_is_unfit(text) for text in _texts([value])):
                raise PaperContentError(field.name)

    @property
    def texts(self) -> Iterator[str]:
        """Every text on the paper, to ask the typefaces for."""
        return _texts(getattr(self, field.name) for field in fields(self))  # type: ignore[arg-type]

    def to_json(self) -> str:
        """The content as JSON with sorted keys: the same content gives the same text."""
        record = {field.name: _pack(getattr(self, field.name)) for field in fields(self)}
        return json.dumps(record, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Rebuild a frozen content. Public text is scanned again: see PublicText.from_record."""
        return cls(**{key: _unpack(value) for key, value in json.loads(text).items()})


class Part:
    """A row, a list or an entry of a paper; in JSON it goes by its class's name in small letters."""

    known: dict[str, type[Part]] = {}

    def __init_subclass__(cls) -> None:
        Part.known[cls.__name__.lower()] = cls


class PublicPart(Part):
    """A part of a public paper: like its paper, it holds nothing unscanned."""


@dataclass(frozen=True)
class Seal(PublicPart):
    """What a paper keeps free for the seal: a circle of `room` mm over unit and date, which stand
    `left` mm further to the left than is usual."""

    room: int = 45
    left: int = 0

    @property
    def spare(self) -> float:
        """How many mm more than usual stay free above and below."""
        return (self.room - Seal.room) / 2


USUAL_SEAL = Seal()


@dataclass(frozen=True, kw_only=True)
class SignedContent(PaperContent):
    """A paper that a unit gives out: who, when, under which number, with how much room to seal."""

    issuer: str
    issued_on: date
    serial: str
    signatory: str = ""
    seal: Seal = USUAL_SEAL
    demo: bool = False


@dataclass(frozen=True, kw_only=True)
class VerifiedContent(SignedContent):
    """A paper that people keep and show around: whoever sees it can ask whether it is ours."""

    check_code: str
    verify_url: str


class PublicContent(PaperContent):
    """A paper for everybody's eyes, such as a sheet in a stairwell.

    It cannot carry what was not scanned: a field of another type is refused when the class is
    written, a value of another type when a paper is made. Only the serial and the phone are
    plain texts, each of its own form. What draws it gets nothing else.
    """

    plain = {"serial": _SERIAL, "phone": _PHONE}

    def __init_subclass__(cls) -> None:
        for name, kind in cls.__annotations__.items():
            if name not in cls.plain and "str" in re.findall(r"\w+", str(kind)):
                raise TypeError(f"{cls.__name__}.{name}: a public paper takes PublicText, not str")

    def __post_init__(self) -> None:
        for field in fields(self):  # type: ignore[arg-type]
            value, form = getattr(self, field.name), self.plain.get(field.name)
            if not (form.fullmatch(value) if form else is_public(value)):
                raise PaperContentError(field.name)
        super().__post_init__()


@dataclass(frozen=True, kw_only=True)
class HungContent(PublicContent):
    """A sheet that hangs or lies where everybody passes: whom to call, when it comes down."""

    issuer: PublicText
    phone_label: PublicText
    phone: str
    issued_on: date
    remove_on: date
    serial: str
    demo: bool = False


def is_public(value: object) -> bool:
    """Answer whether a value was scanned, or cannot name anybody: a day, a count, a yes."""
    if isinstance(value, tuple):
        return all(is_public(item) for item in value)
    if isinstance(value, PublicPart):
        return all(is_public(getattr(value, part.name)) for part in fields(value))
    return value is None or isinstance(value, PublicText | date | int)


@dataclass(frozen=True)
class CertificateContent(VerifiedContent):
    """荣誉证书. `honour` is the title given (年度优秀志愿者) or empty; `reason`: what was done."""

    name: str
    reason: str
    honour: str
    title: str = "荣誉证书"
    salutation: str = "同志"

    optional = frozenset({"honour"})

    @property
    def sentence(self) -> str:
        """The body in one sentence: the reason, then the honour in quotation marks."""
        reason = self.reason.strip().rstrip("，。；,.;")
        return f"{reason}，被评为“{self.honour}”。" if self.honour else f"{reason}。"


@dataclass(frozen=True)
class Fact(PublicPart):
    """One row of a notice's table: 时间, 范围, 请准备."""

    label: PublicText
    value: PublicText


@dataclass(frozen=True)
class NoticeContent(HungContent):
    """通知 for a stairwell."""

    subject: PublicText
    addressees: PublicText
    matter: PublicText
    facts: tuple[Fact, ...]
    after: PublicText | None
    seal: Seal = USUAL_SEAL

    optional = frozenset({"facts"})


@dataclass(frozen=True)
class Table(Part):
    """A list on a paper: its column heads, then its rows, each as many cells as there are heads."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class PublicTable(PublicPart):
    """A list on a public paper."""

    heads: tuple[PublicText, ...]
    rows: tuple[tuple[PublicText, ...], ...]


def _texts(values: Iterable[object]) -> Iterator[str]:
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, PublicText):
            yield value.text
        elif isinstance(value, tuple):
            yield from _texts(value)
        elif isinstance(value, Part):
            yield from _texts(getattr(value, part.name) for part in fields(value))


def _is_unfit(text: str) -> bool:
    return bool(_CONTROL.search(text)) or (bool(text) and not text.strip())


def _pack(value: object) -> Any:
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, PublicText):
        return {"public": value.to_record()}
    if isinstance(value, Part):
        parts = [_pack(getattr(value, field.name)) for field in fields(value)]
        return {type(value).__name__.lower(): parts}
    return [_pack(item) for item in value] if isinstance(value, tuple) else value


def _unpack(value: Any) -> Any:
    match value:
        case {"date": text}:
            return date.fromisoformat(text)
        case {"public": record}:
            return PublicText.from_record(record)
        case dict():
            ((name, parts),) = value.items()
            return Part.known[name](*map(_unpack, parts))
        case list():
            return tuple(_unpack(item) for item in value)
    return value
