"""What a company may change of each kind of paper: numbers, wording, who signs, the seal's room.

Wordings are plain text with names in braces from a fixed list; they are filled in by replacing,
never run as code. They are stored in one setting, by kind.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from flask_babel import gettext as _

from blueprints.documents.kinds import KINDS
from core.papers import USUAL_SEAL, Seal
from core.press import Manner
from core.settings import change_setting, setting

STORED_AS = "paper_settings"
_NAMES = re.compile(r"\{([^{}]*)\}")
# {号} alone has four digits, {号3} three.
_NUMBER = re.compile(r"\{号([3-6]?)\}")
USUAL_DIGITS = 4
# What wordings may name: of every paper, and of one that is made out to somebody.
COMMON_NAMES = ("年", "月", "单位", "值班电话")
PERSONAL_NAMES = ("姓名", "时长", "走访", "心愿")
# What the seal may ask for, in mm.
SEAL_ROOMS, SEAL_SHIFTS = (38, 60), (0, 30)
# Words that are printed on every paper of a kind and in no paper's form.
_PRINTED = ("title", "salutation", "signatory")
LONGEST_SERIAL = 40


@dataclass(frozen=True)
class PaperSettings:
    """One kind's settings. ``words``: what the company says instead of the usual, by the names
    of a paper's fields; ``patterns``: from which year on, which."""

    words: dict[str, str] = field(default_factory=dict)
    black: bool = False
    archival: bool = False
    seal: int = USUAL_SEAL.room
    seal_left: int = USUAL_SEAL.left
    patterns: dict[str, str] = field(default_factory=dict)

    def word(self, name: str) -> str:
        """Return the company's own wording; nothing where it has none."""
        return self.words.get(name, "")

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


def names_for(kind: str) -> tuple[str, ...]:
    """Return the names that wordings of a kind may have in braces."""
    return COMMON_NAMES + (PERSONAL_NAMES if KINDS[kind].found_by else ())


def unknown_names(text: str, known: Sequence[str]) -> list[str]:
    """Return what stands in braces in a wording and is none of the names that are filled in."""
    names = [name for name in _NAMES.findall(text) if name not in known]
    loose = _NAMES.sub("", text)
    return names + [sign for sign in "{}" if sign in loose]


def open_names(text: str) -> list[str]:
    """Return the known names that are still in braces, and would be printed so."""
    return [name for name in _NAMES.findall(text) if name in COMMON_NAMES + PERSONAL_NAMES]


def common_values(day: date) -> dict[str, str]:
    """Return what the names that every wording may have stand for on this day."""
    return {
        "年": str(day.year),
        "月": str(day.month),
        "单位": setting("issuer_name") or setting("company_name"),
        "值班电话": setting("duty_phone"),
    }


def filled(wording: str, values: Mapping[str, str]) -> str:
    """Put the values in their places, each once: a name that looks like a place stays a name."""
    return _NAMES.sub(lambda match: values.get(match[1], match[0]), wording)


def usual_issuer(kind: str) -> str:
    """Return who signs papers of a kind."""
    return settings_of(kind).word("issuer") or setting("issuer_name")


def manner_of(kind: str) -> Manner:
    """Return how papers of a kind are printed."""
    chosen = settings_of(kind)
    return Manner(KINDS[kind].has_colour and chosen.black, chosen.archival)


def own_words(kind: str, chosen: PaperSettings | None = None) -> dict[str, Any]:
    """Return what a kind's papers print by its settings, beside what is written on each."""
    chosen = chosen or settings_of(kind)
    words: dict[str, Any] = {name: chosen.word(name) for name in _PRINTED if chosen.word(name)}
    seal = Seal(chosen.seal, chosen.seal_left)
    if seal != USUAL_SEAL and KINDS[kind].has("seal"):
        words["seal"] = asdict(seal)
    return words
