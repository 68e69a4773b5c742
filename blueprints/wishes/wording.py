"""From what somebody wrote down to what may hang on the wall: masking and marking text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from core.privacy import Finding, NameIndex, scan_public_text
from core.public_scan import places_of_door

FINDING_NAMES = {
    "phone": _l("电话"),
    "id": _l("证件号"),
    "number": _l("一串号码"),
    "room": _l("门牌"),
    "floor": _l("楼层"),
    "name": _l("姓名"),
    "age": _l("年龄"),
    "care": _l("病情或家境"),
    "code": _l("密码"),
}
# “请送到301室” says nothing without the door.
WAY_THERE = re.compile(
    r"(?:(?:请|麻烦|帮忙)?(?:送到|送去|送至|送上|搬到|放到|寄到|来到|就在)|家住|住在|住|在)$"
)
# Words that only led to what was cut out, by its kind.
LEADING_WORDS = {
    "room": WAY_THERE,
    "floor": WAY_THERE,
    "phone": re.compile(r"(?:电话是|电话|打|联系)[：:]?$"),
}
# Punctuation left over at either end, or twice in a row.
LOOSE_ENDS = re.compile(r"^[\s，。、；：,;:]+|[\s，、；：,;:]+$|(?<=[，。、；])[，。、；\s]+")

PASSES = 4
# Shorter numbers are counts far more often than doors.
SHORTEST_DOOR = 3


def private_places(text: str, names: NameIndex | Iterable[str], door: str = "") -> list[Finding]:
    """Return every place of a text that must not be public, in order.

    The household's own door number is one even where it stands alone: “修收音机，502”.
    """
    found = scan_public_text(text, names)
    if len(door) >= SHORTEST_DOOR:
        hits = places_of_door(text, door)
        found += [hit for hit in hits if not any(covers(other, hit) for other in found)]
    return sorted(found, key=lambda finding: finding.start)


def covers(one: Finding, other: Finding) -> bool:
    return one.start <= other.start and other.end <= one.end


def proposed_text(what: str, names: Iterable[str], door: str = "") -> str:
    """Return ``what`` without anything that must not be public; empty when nothing is left.

    What is left can read as a name or a number where two ends meet, so it is scanned again;
    a text that does not come clean is left to a person.
    """
    known, text = NameIndex(names), what
    for _pass in range(PASSES):
        findings = private_places(text, known, door)
        if not findings:
            return text
        text = LOOSE_ENDS.sub("", without(text, apart(findings)))
    return ""


def without(text: str, findings: Sequence[Finding]) -> str:
    """Return the text with these places cut out, and the words that only led to them.

    Who has the wish is left out, for the wall says “××小区的一位居民” anyway; a person who
    is named later becomes “一位居民”. Even the mask of a name would tell too much: surname
    and estate together say who it is.
    """
    for found in reversed(findings):
        before, after = text[: found.start], text[found.end :]
        if found.kind in LEADING_WORDS:
            before = LEADING_WORDS[found.kind].sub("", before)
        someone = _("一位居民") if found.kind == "name" and before else ""
        text = before + (someone + after if someone else after.removeprefix("的"))
    return text


def apart(findings: Sequence[Finding]) -> list[Finding]:
    """Return findings that do not overlap: those that do are one longer place."""
    places: list[Finding] = []
    for found in findings:
        if places and found.start < places[-1].end:
            places[-1] = replace(places[-1], end=max(places[-1].end, found.end))
        else:
            places.append(found)
    return places


def told(findings: Sequence[Finding]) -> str:
    """Return in words what a text must not say: “写了姓名、门牌，不能公开”."""
    kinds = dict.fromkeys(str(FINDING_NAMES[found.kind]) for found in findings)
    return _("写了%(kinds)s，不能公开。改一下再点公开。", kinds="、".join(kinds))


def in_parts(text: str, findings: Sequence[Finding]) -> list[tuple[str, bool]]:
    """Return the text in pieces, each with whether it is one that must not be public."""
    parts, place = [], 0
    for found in apart(findings):
        parts += [(text[place : found.start], False), (text[found.start : found.end], True)]
        place = found.end
    return [(part, marked) for part, marked in [*parts, (text[place:], False)] if part]


def left_out(what: str, public: str) -> list[tuple[str, bool]]:
    """Return what was said in pieces, each with whether the public text leaves it out."""
    places = SequenceMatcher(None, what, public, autojunk=False).get_opcodes()
    parts = [(what[start:end], kind != "equal") for kind, start, end, _from, _to in places]
    return [(part, marked) for part, marked in parts if part]
