"""Find what must never hang in a stairwell: phones, ID numbers, doors, names, ages, hardships.

Sought in a text folded to one plain form (core/folding.py), shown at its place in the text as
written. The scan would rather stop an innocent line than pass a guilty one: a person can override.
Known limits: nicknames, places only neighbours know, hints that use none of these words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from core.folding import Folded, fold

KINDS = ("phone", "id", "number", "room", "floor", "name", "age", "care", "code")

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
                r"(?<![\d号-])(?<![\d十楼层][至到])(?<!地下)[\d十]+(?:层(?![楼层次面])|楼(?!栋|道|群))(?!以上|以下|[及至到-]"
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
        ("age", r"[\d十]{1,3}周?岁(?!及?以[上下]|[至到])|[6-9]旬|古稀|耄耋|(?<!长命)百岁"),
        ("code", r"(?:密码|口令|门禁码)\D{0,4}\d{3,}"),
        ("id", r"(?:身份证|证件)号?码?[后末尾]?\d?\D{0,3}\d{3,}(?![\d年])"),
        (
            "care",
            (
                "独居|空巢|孤寡|留守|失独|孤儿|残疾|残障|重残|伤残|致残|智障|聋哑|失明|重病|大病|患病|病重|绝症"
                "|癌|肿瘤|化疗|透析|尿毒症|白血病|糖尿病|高血压|心脏病|中风|偏瘫|瘫痪|失能|卧床|痴呆|失智"
                "|脑梗|脑瘫|脑出血|脑溢血|半身不遂|帕金森|阿尔茨海默|自闭症|孤独症|癫痫|冠心病|血透(?!支)"
                "|手术|骨折|截肢|植物人|(?<!便民)轮椅(?!坡道|通道|出?借|出?租)|精神病"
                "|精神障碍|抑郁|艾滋|乙肝|肺结核|低保|五保|特困|贫困|困难户|困难家庭|困难群众|经济困难|家境|丧偶|无儿无女|欠费|欠缴|拖欠|吸毒|刑满|社区矫正|信访|上访"
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
_BETWEEN = r"(?:[^\w。；;〔〕\n]|_){0,3}"
_RUN = re.compile(rf"\d(?:{_BETWEEN}\d)*")
_NARROW = re.compile(r"[\d\s.()+_-]*")
# A mobile or an ID number broken off at the end of a line or of a table's cell.
_GAP = r"[ -]*+(?:\n[ -]*+)?"
_BROKEN = re.compile(
    rf"(?<!\d)(?:1{_GAP}[3-9](?:{_GAP}\d){{9}}|[1-9](?:{_GAP}\d){{16}}{_GAP}[\dXx])(?!\d)"
)
_USUAL_GROUPS = ([3, 4, 4], [6, 8, 4])
# Hotlines have fewer digits, and are part of many other numbers.
_SHORTEST_PHONE = 7
# Standing alone, a number is a door where it is not a count, a time or a price: 301, 三零一, 3 0 1.
_ALONE = re.compile(
    r"(?<![\d.:-])(?:\d{3,5}|(?<!\d )\d(?: \d){2,4}(?! \d)|\d百0\d)"
    r"(?![\d.:年月日户人元块米分秒点个次名位度吨升斤平页条届期时小多余几%-])"
)
_SHORTEST_PUNCTUATED_NAME = 3


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
        folded = (fold(name).only(str.isalnum).letters for name in names)
        self._names = frozenset(name for name in folded if len(name) > 1)
        self._firsts = frozenset(name[0] for name in self._names)
        self._lengths = sorted({len(name) for name in self._names}, reverse=True)

    def find(self, text: str, shortest: int = 2) -> Iterator[tuple[int, int]]:
        """Start and end of every name in folded text, the longest where several begin."""
        lengths = [length for length in self._lengths if length >= shortest]
        end = 0
        for start, letter in enumerate(text):
            if start >= end and letter in self._firsts:
                found = (n for n in lengths if text[start : start + n] in self._names)
                end = min(start + next(found, 0), len(text))
                if end > start:
                    yield start, end


def digits_only(text: str) -> str:
    """The digits of `text` as 0-9, whatever script or width they are written in."""
    return re.sub(r"\D", "", fold(text).with_digits().letters)


def scan_public_text(
    text: str, known_names: NameIndex | Iterable[str], allowed_phones: Iterable[str] = ()
) -> list[Finding]:
    """Everything in `text` that a stairwell sheet must not say, in order of place.

    `allowed_phones`: the company's own duty numbers. A building (示3栋) is no finding; a unit,
    a floor or a door is (our rule: a public place stops at the building).
    """
    names = known_names if isinstance(known_names, NameIndex) else NameIndex(known_names)
    folded = fold(text)
    dashed = folded.with_dashes()
    dense = dashed.only(_is_sign)
    spotted = {
        *_matches(_DOORS, dashed.only(_is_no_space).with_digits()),
        *_matches(_WORDS, dense.with_digits()),
        *_long_numbers(dashed.with_digits(), _allowed(tuple(allowed_phones))),
        *_known(names, dense, folded.only(str.isalnum)),
    }
    outermost = [spot for spot in spotted if not any(_inside(spot, other) for other in spotted)]
    return [Finding(start, end, kind, text[start:end]) for start, end, kind in sorted(outermost)]


def numbers_alone(text: str) -> list[tuple[str, Finding]]:
    """Every number that may be a door written bare (帮帮301的老人), as 0-9, and its place."""
    folded = fold(text).with_digits()
    places = ((hit[0], *folded.origin(*hit.span())) for hit in _ALONE.finditer(folded.letters))
    return [
        (re.sub(r"\D", "", number), Finding(start, end, "room", text[start:end]))
        for number, start, end in places
    ]


def places_of_door(text: str, door: str) -> list[Finding]:
    """Every place where a door's number stands in `text`, not as a part of a longer one."""
    folded = fold(text).with_digits()
    written = " ?".join(map(re.escape, fold(door).with_digits().letters))
    hits = re.finditer(rf"(?<!\d){written}(?!\d)", folded.letters)
    spans = (folded.origin(*hit.span()) for hit in hits)
    return [Finding(start, end, "room", text[start:end]) for start, end in spans]


def _is_no_space(letter: str) -> bool:
    return not letter.isspace()


def _is_sign(letter: str) -> bool:
    return letter != "-" and not letter.isspace()


def _known(names: NameIndex, dense: Folded, bare: Folded) -> Iterator[tuple[int, int, str]]:
    """Known names. Marks between the signs hide no long one (陈（国华）); of two they part words."""
    for start, end in names.find(dense.letters):
        yield (*dense.origin(start, end), "name")
    for start, end in names.find(bare.letters, _SHORTEST_PUNCTUATED_NAME):
        yield (*bare.origin(start, end), "name")


def _inside(spot: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    return spot[:2] != other[:2] and other[0] <= spot[0] and spot[1] <= other[1]


def _matches(
    rules: list[tuple[str, re.Pattern[str]]], folded: Folded
) -> Iterator[tuple[int, int, str]]:
    for kind, pattern in rules:
        for hit in pattern.finditer(folded.letters):
            yield (*folded.origin(*hit.span()), kind)


@lru_cache(64)
def _allowed(phones: tuple[str, ...]) -> re.Pattern[str]:
    """Where these phones stand whole: a part of a longer number is somebody else's."""
    numbers = [digits for digits in map(digits_only, phones) if len(digits) >= _SHORTEST_PHONE]
    written = "|".join(_BETWEEN.join(digits) for digits in numbers) or "(?!)"
    return re.compile(rf"(?<!\d)(?:{written})(?!\d)")


def _long_numbers(folded: Folded, allowed: re.Pattern[str]) -> Iterator[tuple[int, int, str]]:
    """Phones, ID numbers and other long numbers, with marks and spaces between their digits."""
    text = folded.letters
    for harmless in (allowed, _HARMLESS):
        text = harmless.sub(lambda hit: "时" * len(hit[0]), text)
    for run in _RUN.finditer(text):
        if kind := _kind_of_number(run[0]):
            yield (*folded.origin(*run.span()), kind)
    for broken in _BROKEN.finditer(text):
        groups = [len(re.findall(r"[\dXx]", line)) for line in broken[0].split("\n")]
        if len(groups) == 2 or groups in _USUAL_GROUPS:
            yield (*folded.origin(*broken.span()), "number")


def _kind_of_number(written: str) -> str | None:
    """What a number may be, from its length and the way its digits are grouped."""
    groups = [len(group) for group in re.findall(r"\d+", written)]
    digits = re.sub(r"\D", "", written)
    narrow = bool(_NARROW.fullmatch(written))
    if len(digits) >= 11 and (narrow or len(digits) >= 2 * len(groups)):
        return {11: "phone", 13: "phone", 15: "id", 18: "id", 17: "id"}.get(len(digits), "number")
    local = len(digits) in (7, 8) and (max(groups) >= 3 or max(groups) == 1)
    service = len(digits) == 10 and digits[0] in "048"
    return "phone" if narrow and (local or service) else None
