"""Telephone numbers as they stand in office ledgers."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from core.numerals import half_width

DIGITS = 11
_BETWEEN = re.compile(r"[/、,;|\n\r](?![^(]*\))")
_SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+?\d+", re.IGNORECASE)
_AS_FORMULA = re.compile(r'="([^"]*)"')
_NOTE = re.compile(r"\(([^)]*)\)")
_FILLER = re.compile(r"[\s\-‐‑–—−]")
_NUMBER = re.compile(r"(\D*)(\d+)(\D*)")
_COVERED = re.compile(r"\d{3}\*{4}\d{4}")
_QUOTES = "'’‘`"


@dataclass(frozen=True, slots=True)
class Phone:
    """Eleven digits, and what the ledger says about them (女儿)."""

    number: str
    note: str = ""


def masked_phone(number: str) -> str:
    """The number as internal lists show it: 100****0001."""
    return f"{number[:3]}****{number[-4:]}"


def uncovered(text: str, held: Iterable[str]) -> str:
    """Put whole numbers back where what was sent still has them covered, as the form showed them.

    Whoever changes something else about a person need not see the number to keep it. ``held`` are
    the numbers on file. Raises PhoneError for a covered number that is not among them.
    """
    waiting = list(held)

    def whole(covered: re.Match[str]) -> str:
        found = next((number for number in waiting if masked_phone(number) == covered[0]), None)
        if found is None:
            text = _l("号码盖住了一段，要写就写全：%(value)s")
            raise PhoneError("phone_covered", text, value=covered[0])
        waiting.remove(found)
        return found

    return _COVERED.sub(whole, half_width(text))


def spaced_phone(number: str) -> str:
    """The number as one reads it out: 100 0000 0001."""
    return f"{number[:3]} {number[3:-4]} {number[-4:]}"


class PhoneError(ValueError):
    """A number that cannot be one; `text` and `values` say why in the reader's language."""

    def __init__(self, code: str, text: LazyString, **values: object) -> None:
        super().__init__(code)
        self.code, self.text, self.values = code, text, values

    def __str__(self) -> str:
        return str(self.text) % self.values


def parse_phones(text: str) -> tuple[Phone, ...]:
    """Every number in one cell, in order and without repeats.

    Spaces, hyphens and +86 are dropped; brackets and words beside a number become its note.
    Raises PhoneError for the first number that does not have 11 digits.
    """
    plain = half_width(text).strip().lstrip(_QUOTES)
    formula = _AS_FORMULA.fullmatch(plain)
    plain = formula[1] if formula else plain
    if _SCIENTIFIC.fullmatch(plain):
        raise PhoneError("phone_scientific", _l("电话成了科学计数法：%(value)s"), value=plain)
    pieces = [part for piece in _BETWEEN.split(plain) for part in _side_by_side(piece)]
    return tuple(dict.fromkeys(_parse_one(piece) for piece in pieces if piece.strip()))


def _side_by_side(piece: str) -> list[str]:
    """Two whole numbers with only a space between them are two; one spaced out is one."""
    words = piece.split()
    whole = len(words) > 1 and all(word.isdigit() and len(word) == DIGITS for word in words)
    return words if whole else [piece]


def _parse_one(piece: str) -> Phone:
    notes = _NOTE.findall(piece)
    match = _NUMBER.fullmatch(_FILLER.sub("", _NOTE.sub("", piece)))
    if match is None:
        raise PhoneError("phone_invalid", _l("电话看不懂：%(value)s"), value=piece.strip())
    before, digits, after = match.groups()
    if len(digits) == DIGITS + 2 and digits.startswith("86"):
        digits = digits[2:]
    _check_length(digits)
    words = [word.strip("+:'’ ") for word in (before, after, *notes)]
    return Phone(digits, " ".join(word for word in words if word))


def _check_length(digits: str) -> None:
    count = len(digits)
    if count < DIGITS:
        text = _l("电话只有%(count)s位：%(value)s")
        raise PhoneError("phone_invalid", text, count=count, value=digits)
    if count > DIGITS:
        text = _l("电话多了，有%(count)s位：%(value)s")
        raise PhoneError("phone_invalid", text, count=count, value=digits)
