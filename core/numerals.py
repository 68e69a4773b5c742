"""Numbers as people write them in Chinese: full-width digits and characters up to 99."""

import re
import unicodedata

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UP_TO_99 = re.compile(r"(?:([一二两三四五六七八九])?(十))?([零〇一二两三四五六七八九])?")


def half_width(text: str) -> str:
    """The text with full-width digits, letters and punctuation made plain (NFKC)."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def chinese_number(text: str) -> int | None:
    """What 三, 十二 or 二十一 counts (0 to 99), or plain digits; None when it is no number."""
    if text.isascii() and text.isdigit():
        return int(text)
    match = _UP_TO_99.fullmatch(text)
    if not text or match is None:
        return None
    tens, ten, ones = match.groups()
    return (_DIGITS[tens] if tens else bool(ten)) * 10 + (_DIGITS[ones] if ones else 0)


def digit_by_digit(text: str) -> str:
    """Characters read one by one, as years are: 一九四八 → 1948."""
    return "".join(str(_DIGITS.get(char, char)) for char in text)
