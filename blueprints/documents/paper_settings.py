"""What a company may change of each kind of paper: numbers, wording, who signs.

Wordings are plain text with names in braces from a fixed list; they are filled in by replacing,
never run as code. Only what differs from the default is stored, in one setting.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from flask_babel import gettext as _

from blueprints.documents.contents import service_sentence, time_on_paper
from blueprints.documents.kinds import KINDS
from core.press import Manner
from core.settings import change_setting, setting

STORED_AS = "paper_settings"
_NAMES = re.compile(r"\{([^{}]*)\}")
# {号} alone has four digits, {号3} three.
_NUMBER = re.compile(r"\{号([3-6]?)\}")
USUAL_DIGITS = 4
REASON_NAMES = ("姓名", "年", "时长", "走访")
LONGEST_SERIAL = 40


@dataclass(frozen=True)
class PaperSettings:
    """One kind's settings; empty means the usual. ``patterns``: from which year on, which."""

    title: str = ""
    salutation: str = ""
    honour: str = ""
    issuer: str = ""
    reason: str = ""
    black: bool = False
    archival: bool = False
    patterns: dict[str, str] = field(default_factory=dict)

    def pattern(self, kind: str, year: int) -> str:
        """Return the serial pattern of a year: the latest that began by then."""
        begun = [since for since in self.patterns if int(since) <= year]
        return self.patterns[max(begun, key=int)] if begun else usual_pattern(kind)


def usual_pattern(kind: str) -> str:
    """荣字〔{年}〕第{号}号; the brackets are those of GB/T 9704."""
    return f"{KINDS[kind].mark}字〔{{年}}〕第{{号}}号"


def settings_of(kind: str) -> PaperSettings:
    return PaperSettings(**setting(STORED_AS).get(kind, {}))


def change_paper_settings(kind: str, changed: PaperSettings) -> None:
    """Store a kind's settings; the caller commits."""
    change_setting(STORED_AS, setting(STORED_AS) | {kind: asdict(changed)})


def serial_of(kind: str, year: int, number: int) -> str:
    """Return a paper's number as it is printed: 荣字〔2026〕第0007号."""
    return serial_by(settings_of(kind).pattern(kind, year), year, number)


def serial_by(pattern: str, year: int, number: int) -> str:
    def digits(match: re.Match[str]) -> str:
        return f"{number:0{int(match[1] or USUAL_DIGITS)}}"

    return _NUMBER.sub(digits, pattern.replace("{年}", str(year)))


def pattern_problem(kind: str, year: int, pattern: str) -> str:
    """Say what is wrong with a serial pattern; nothing when it is good."""
    if pattern.count("{年}") != 1 or len(_NUMBER.findall(pattern)) != 1:
        return _("要有一个{年}和一个{号}，如 荣字〔{年}〕第{号}号。")
    rest = _NUMBER.sub("", pattern.replace("{年}", ""))
    if "{" in rest or "}" in rest:
        return _("花括号里只能是年和号。")
    if len(serial_by(pattern, year, 999_999)) > LONGEST_SERIAL:
        return _("太长了，编号最多 %(n)s 个字。", n=LONGEST_SERIAL)
    for other, known in KINDS.items():
        if other != kind and settings_of(other).pattern(other, year) == pattern:
            return _("和%(kind)s的编号一样，会分不清。", kind=known.name)
    return ""


def unknown_names(text: str) -> list[str]:
    """Return what stands in braces in a wording and is none of the names that are filled in."""
    names = [name for name in _NAMES.findall(text) if name not in REASON_NAMES]
    loose = _NAMES.sub("", text)
    return names + [sign for sign in "{}" if sign in loose]


def usual_reason(kind: str, name: str, year: int, minutes: int, visits: int) -> str:
    """Return the reason that a kind's wording gives for a person's year in the ledger."""
    wording = settings_of(kind).reason
    if not wording:
        return service_sentence(year, minutes, visits)
    values = {"姓名": name, "年": str(year), "时长": time_on_paper(minutes), "走访": str(visits)}
    return filled(wording, values)


def filled(wording: str, values: Mapping[str, str]) -> str:
    """Put the values in their places, each once: a name that looks like a place stays a name."""
    return _NAMES.sub(lambda match: values.get(match[1], match[0]), wording)


def usual_issuer(kind: str) -> str:
    """Return who signs papers of a kind."""
    return settings_of(kind).issuer or setting("issuer_name")


def manner_of(kind: str) -> Manner:
    """Return how papers of a kind are printed."""
    chosen = settings_of(kind)
    return Manner(KINDS[kind].has_colour and chosen.black, chosen.archival)


def own_words(kind: str) -> dict[str, Any]:
    """Return the words that a kind's papers print instead of the usual ones."""
    chosen = settings_of(kind)
    words = {"title": chosen.title, "salutation": chosen.salutation}
    return {name: word for name, word in words.items() if word}
