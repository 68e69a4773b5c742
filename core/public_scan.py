"""Find what must never hang in a stairwell: phones, ID numbers, doors, names, ages, hardships.

People write around a scan without meaning to: full-width digits, 一三八, spaces, dashes,
zero-width marks. So the text is folded first, each folded character remembering where it came
from. The scan would rather stop an innocent line than pass a guilty one: a person can override.
Known limits: nicknames, places only neighbours know, hints that use none of these words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

KINDS = ("phone", "id", "number", "room", "floor", "name", "age", "care", "code")

# Chinese digits: plain, formal, traditional, as read on the telephone (幺), and a letter typed
# for a zero.
_DIGITS = str.maketrans(
    "〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖貳參陸兩两幺○Oo",
    "0012345678912345678923622" + "1000",
)
_DASHES = frozenset("-‐‑‒–—―−~～_·・•|\\")
_INVISIBLE = frozenset({"Cf", "Cc", "Mn", "Me"})

# After a number these make it a count, a time or money, not a door.
_COUNT = r"(?![\d年月日号户人元块米分秒点个次名位岁度吨升斤平页条届期时小多余几%]|:\d)"
_HOUSE = r"[\dA-Za-z]+(?:栋|座|幢|号楼|号院|号|门|#)"
# Sought with spaces dropped and every dash as "-".
_DOORS = [
    (kind, re.compile(pattern))
    for kind, pattern in (
        (
            "room",
            r"(?:[\dA-Za-z]+(?:栋|座|幢|号楼|#))?-?[\d十百]+单元(?:-?[\d十百]{3,5}(?:室|号|房)?)?",
        ),
        ("room", rf"(?:{_HOUSE}\W?)?(?:\d{{2,4}}|\d?百[\d十]+)(?:室(?!\d*厅)|号?房(?!屋|间)|号门)"),
        ("room", rf"{_HOUSE}[^\d\w]?\d{{3,4}}{_COUNT}"),
        ("room", rf"(?:住在?|家在)[^\d\w]?\d{{3,4}}{_COUNT}"),
        ("room", rf"(?<![\d年-])\d{{1,3}}[-/.#]\d{{1,2}}[-/.#]\d{{3,4}}{_COUNT}"),
        ("room", rf"(?<![\d年月:.-])\d{{1,2}}[-#]\d{{3,4}}{_COUNT}(?!-)"),
        (
            "floor",
            (
                r"(?<![\d号至到-])(?<!地下)[\d十]+(?:层(?![楼层次面])|楼(?!栋|道|群))(?!以上|以下|[及至到-]"
                r"|大厅|门厅|大堂|会议室|活动室|办公室|党群|物业|平台|架空)"
            ),
        ),
        ("phone", r"\d{2,}[*×xX●]{2,}\d{2,}"),
    )
]
# Sought with spaces and dashes dropped.
_WORDS = [
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("age", r"[\d十]{1,3}周?岁(?!及?以[上下]|[至到])"),
        ("code", r"(?:密码|口令|门禁码)\D{0,4}\d{3,}"),
        ("id", r"(?:身份证|证件)号?码?[后末尾]?\d?\D{0,3}\d{3,}(?![\d年])"),
        (
            "care",
            (
                "独居|空巢|孤寡|留守|失独|孤儿|残疾|残障|重残|伤残|致残|智障|聋哑|失明|重病|大病|患病|病重|绝症"
                "|癌|肿瘤|化疗|透析|尿毒症|白血病|糖尿病|高血压|心脏病|中风|偏瘫|瘫痪|失能|卧床|痴呆|失智"
                "|精神病|精神障碍|抑郁|艾滋|乙肝|肺结核|低保|五保|特困|贫困|困难户|困难家庭|困难群众|经济困难"
                "|家境|欠费|欠缴|拖欠|吸毒|刑满|社区矫正|信访|上访"
            ),
        ),
    )
]
# Times and dates are long numbers too, but harmless ones.
_HARMLESS = re.compile(
    r"(?<!\d)(?:[01]?\d|2[0-4])[:：][0-5]\d(?!\d)"
    r"|(?<!\d)(?:19|20)\d\d([-./])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])(?!\d)"
    r"|(?<!\d)20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)"
    r"|(?<!\d)20\d\d-(?:20\d\d|\d{3})(?!\d)"  # a span of years, a wish's number
)
_RUN = re.compile(r"\d(?:(?:[^\w。；;〔〕\n]|_){0,3}\d)*")
_NARROW = re.compile(r"[\d\s.()+_-]*")


@dataclass(frozen=True)
class Finding:
    """Characters start:end of the text say something private; `kind` is one of KINDS."""

    start: int
    end: int
    kind: str
    excerpt: str


class NameIndex:
    """Names known to the database, ready for many scans: 50,000 cost a scan nothing."""

    def __init__(self, names: Iterable[str]) -> None:
        folded = (_fold(name).without(_DASHES).letters for name in names)
        self._names = frozenset(name for name in folded if len(name) > 1)
        self._lengths = sorted({len(name) for name in self._names}, reverse=True)

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Start and end of every name in folded text, the longest where several begin."""
        start = 0
        while start < len(text):
            length = next((n for n in self._lengths if text[start : start + n] in self._names), 0)
            length = min(length, len(text) - start)
            if length:
                yield start, start + length
            start += length or 1


@dataclass(frozen=True)
class _Folded:
    """Letters in a plain form, and for each its place in the original text."""

    letters: str
    places: tuple[int, ...]

    def without(self, dropped: frozenset[str]) -> _Folded:
        kept = [
            (letter, place)
            for letter, place in zip(self.letters, self.places, strict=True)
            if letter not in dropped and not letter.isspace()
        ]
        return _Folded("".join(letter for letter, _ in kept), tuple(place for _, place in kept))

    def with_digits(self) -> _Folded:
        return _Folded(self.letters.translate(_DIGITS), self.places)

    def origin(self, start: int, end: int) -> tuple[int, int]:
        return self.places[start], self.places[end - 1] + 1


def _fold(text: str) -> _Folded:
    pairs = [
        ("-" if letter in _DASHES else letter, place)
        for place, character in enumerate(text)
        for letter in _plain(character)
    ]
    return _Folded("".join(letter for letter, _ in pairs), tuple(place for _, place in pairs))


def _plain(character: str) -> str:
    """Full-width, circled and foreign digits to 0-9, invisible characters to nothing."""
    if character not in "\n\t" and unicodedata.category(character) in _INVISIBLE:
        return ""
    if character.isdecimal():
        return str(unicodedata.digit(character))
    return unicodedata.normalize("NFKC", character)


def digits_only(text: str) -> str:
    """The digits of `text` as 0-9, whatever script or width they are written in."""
    return re.sub(r"\D", "", _fold(text).with_digits().letters)


def scan_public_text(
    text: str, known_names: NameIndex | Iterable[str], allowed_phones: Iterable[str] = ()
) -> list[Finding]:
    """Everything in `text` that a stairwell sheet must not say, in order of place.

    `allowed_phones`: the company's own duty numbers. A building (示3栋) is no finding; a unit,
    a floor or a door is (our rule: a public place stops at the building).
    """
    names = known_names if isinstance(known_names, NameIndex) else NameIndex(known_names)
    folded = _fold(text)
    dense = folded.without(_DASHES)
    spotted = {
        *_matches(_DOORS, folded.without(frozenset()).with_digits()),
        *_matches(_WORDS, dense.with_digits()),
        *_long_numbers(folded.with_digits(), [digits_only(phone) for phone in allowed_phones]),
        *((*dense.origin(start, end), "name") for start, end in names.find(dense.letters)),
    }
    outermost = [spot for spot in spotted if not any(_inside(spot, other) for other in spotted)]
    return [Finding(start, end, kind, text[start:end]) for start, end, kind in sorted(outermost)]


def _inside(spot: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    return spot[:2] != other[:2] and other[0] <= spot[0] and spot[1] <= other[1]


def _matches(
    rules: list[tuple[str, re.Pattern[str]]], folded: _Folded
) -> Iterator[tuple[int, int, str]]:
    for kind, pattern in rules:
        for hit in pattern.finditer(folded.letters):
            yield (*folded.origin(*hit.span()), kind)


def _long_numbers(folded: _Folded, allowed: list[str]) -> Iterator[tuple[int, int, str]]:
    """Phones, ID numbers and other long numbers, with marks and spaces between their digits."""
    text = _HARMLESS.sub(lambda hit: "时" * len(hit[0]), folded.letters)
    for run in _RUN.finditer(text):
        places = [place for place in range(*run.span()) if text[place].isdigit()]
        digits = "".join(text[place] for place in places)
        for phone in allowed:
            digits = digits.replace(phone, " " * len(phone)) if phone else digits
        for part in re.finditer(r"\d+", digits):
            first, last = places[part.start()], places[part.end() - 1]
            if kind := _kind_of_number(part[0], text[first : last + 1]):
                yield (*folded.origin(first, last + 1), kind)


def _kind_of_number(digits: str, written: str) -> str | None:
    """What a number may be, from its length and the way its digits are grouped."""
    groups = [len(group) for group in re.findall(r"\d+", written)]
    narrow = bool(_NARROW.fullmatch(written))
    if len(digits) >= 11 and (narrow or len(digits) >= 2 * len(groups)):
        return {11: "phone", 13: "phone", 15: "id", 18: "id", 17: "id"}.get(len(digits), "number")
    local = len(digits) in (7, 8) and (max(groups) >= 3 or max(groups) == 1)
    service = len(digits) == 10 and digits[0] in "048"
    return "phone" if narrow and (local or service) else None
