"""From what somebody wrote down to what may hang on the wall: masking and marking text."""

import re
from collections.abc import Iterable, Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from core.privacy import Finding, scan_public_text

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
# What is left at the seam where something was cut out.
LOOSE_ENDS = re.compile(r"^[\s，。、；：,;:的]+|[\s，、；：,;:]+$|(?<=[，。、；])[，。、；\s]+")


def proposed_text(what: str, names: Iterable[str]) -> str:
    """Return ``what`` without anything that must not be public; empty when nothing is left.

    A name becomes “一位居民”, everything else is cut out: surname and estate together would
    say who it is, so even the mask of a name would tell too much.
    """
    text = what
    for found in reversed(scan_public_text(what, list(names))):
        text = text[: found.start] + stand_in(found) + text[found.end :]
    return LOOSE_ENDS.sub("", text)


def stand_in(found: Finding) -> str:
    return _("一位居民") if found.kind == "name" else ""


def told(findings: Sequence[Finding]) -> str:
    """Return in words what a text must not say: “写了姓名、门牌，不能公开”."""
    kinds = dict.fromkeys(str(FINDING_NAMES[found.kind]) for found in findings)
    return _("写了%(kinds)s，不能公开。改一下再点公开。", kinds="、".join(kinds))


def in_parts(text: str, findings: Sequence[Finding]) -> list[tuple[str, bool]]:
    """Return the text in pieces, each with whether it is one that must not be public."""
    parts, place = [], 0
    for found in findings:
        parts += [(text[place : found.start], False), (text[found.start : found.end], True)]
        place = found.end
    return [(part, marked) for part, marked in [*parts, (text[place:], False)] if part]
