"""Chinese names: surname and given name, masking for public paper, pinyin for searching."""

import re
from functools import cache, lru_cache
from itertools import islice, product

from core.numerals import half_width

_COMPOUND_RUN = (
    "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶"
    "太叔申屠公孙慕容仲孙钟离长孙宇文司徒鲜于司空闾丘子车亓官司寇巫马公西颛孙壤驷公良"
    "漆雕乐正宰父谷梁拓跋夹谷轩辕令狐段干百里呼延东郭南门羊舌微生梁丘左丘东门西门南荣"
    "第五贺兰纳兰"
)
_COMPOUND = frozenset(_COMPOUND_RUN[i : i + 2] for i in range(0, len(_COMPOUND_RUN), 2))
# How these are read as surnames; the dictionary's other readings are indexed after them.
_SURNAME_READINGS: dict[str, tuple[str, ...]] = {
    "曾": ("zeng",), "翟": ("zhai",), "仇": ("qiu",), "单": ("shan",), "解": ("xie",),
    "区": ("ou",), "查": ("zha",), "覃": ("qin", "tan"), "朴": ("piao",), "盖": ("ge", "gai"),
    "任": ("ren",), "华": ("hua",), "缪": ("miao",), "乐": ("yue", "le"), "员": ("yun",),
    "冼": ("xian",), "种": ("chong",), "繁": ("po",), "秘": ("bi",), "召": ("shao",),
    "折": ("she",), "郗": ("xi", "chi"), "洗": ("xian",), "句": ("gou",), "牟": ("mou", "mu"),
    "隗": ("wei", "kui"), "祭": ("zhai",), "黑": ("he",), "逄": ("pang",), "尹": ("yin",),
    "宁": ("ning",), "那": ("na",), "葛": ("ge",), "褚": ("chu",), "阚": ("kan",),
    "尉迟": ("yu chi",), "万俟": ("mo qi",), "长孙": ("zhang sun",), "澹台": ("tan tai",),
}  # fmt: skip
_SPACE = re.compile(r"\s+")
# Enough for three characters of four readings; a longer index would only slow the search.
_MOST_VARIANTS = 64


def bare_name(name: str) -> str:
    """The name without the spaces ledgers put in to line names up: 贺　长和 → 贺长和."""
    return _SPACE.sub("", half_width(name))


def split_surname(name: str) -> tuple[str, str]:
    """Surname and given name; compound surnames are known, 欧阳 alone counts as 欧 and 阳."""
    bare = bare_name(name)
    length = 2 if len(bare) > 2 and bare[:2] in _COMPOUND else 1
    return bare[:length], bare[length:]


def mask_name(name: str) -> str:
    """The name for public eyes: the surname and one star per hidden character (张*, 欧阳**).

    Honorific names are masked the same way (祝婆婆 → 祝**), a lone surname gets one star.
    """
    surname, given = split_surname(name)
    return surname + "*" * max(len(given), 1) if surname else ""


def display_with_honorific(name: str, honorific: str) -> str:
    """How neighbours say it, for internal pages only: 祝秀英 and 婆婆 give 祝婆婆."""
    surname = split_surname(name)[0]
    if not honorific or honorific.startswith(surname):
        return honorific or bare_name(name)
    return surname + honorific


@lru_cache(maxsize=10_000)
def initials_index(name: str) -> str:
    """Lower-case search words for a name: every reading's initials, then the full pinyin.

    单国梁 gives "sgl dgl cgl shanguoliang danguoliang changuoliang".
    """
    surname, given = split_surname(name)
    if not surname:
        return ""
    firsts = _surname_readings(surname)
    rest = [_readings(char) for char in given]
    initials = product(
        dict.fromkeys(_initials_of(reading, len(surname)) for reading in firsts),
        *(dict.fromkeys(reading[0] for reading in readings) for readings in rest),
    )
    spellings = product((reading.replace(" ", "") for reading in firsts), *rest)
    words = [*islice(initials, _MOST_VARIANTS), *islice(spellings, _MOST_VARIANTS)]
    return " ".join(dict.fromkeys("".join(word).lower() for word in words))


def _initials_of(reading: str, characters: int) -> str:
    return "".join(syllable[0] for syllable in reading.split(" ")[:characters])


@cache
def _readings(char: str) -> tuple[str, ...]:
    """Every reading of one character without tones, most usual first; itself if it has none."""
    from pypinyin import Style, pinyin  # its dictionaries take a while to load

    return tuple(dict.fromkeys(pinyin(char, style=Style.NORMAL, heteronym=True)[0])) or (char,)


def _surname_readings(surname: str) -> tuple[str, ...]:
    """Readings of a surname, syllables apart by a space; the proper one first."""
    known = _SURNAME_READINGS.get(surname, ())
    if len(surname) > 1:
        return known or (" ".join(_readings(char)[0] for char in surname),)
    return tuple(dict.fromkeys([*known, *_readings(surname)]))
