"""One plain form of a text, whatever width, script or marks it is written in, and where from.

People write around a search without meaning to: full-width digits, 一三八, traditional characters,
zero-width marks. Everything here is folded sign by sign, so what is found in the plain form can be
shown at its place in the text as written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from pathlib import Path

# Chinese digits: plain, formal, as read on the telephone (幺), and a letter typed for a zero.
_DIGITS = str.maketrans(
    "〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖两幺○Oo",
    "0012345678912345678921000",
)
# 參 is folded to 参, which is a digit only beside others as solemn: never in 参加.
_SOLEMN_THREE = re.compile("(?<=[零壹贰叁肆伍陆柒捌玖参])参|参(?=[零壹贰叁肆伍陆柒捌玖参])")
_AS_DASH = str.maketrans(dict.fromkeys("‐‑‒–—―−~～_·・•|\\", "-"))
_INVISIBLE = frozenset({"Cf", "Cc", "Mn", "Me"})
# Far more than a company writes with.
_MOST_SIGNS = 20_000


def _forms() -> dict[str, str]:
    """The other forms of each standard character: 国 has 國."""
    lines = Path(__file__).with_name("traditional.txt").read_text("utf-8").splitlines()
    return {line[0]: line[1:] for line in lines if not line.startswith("#")}


_FORMS = _forms()
_STANDARD = str.maketrans({form: sign for sign, forms in _FORMS.items() for form in forms})


@dataclass(frozen=True)
class Folded:
    """Letters in a plain form, and for each its place in the original text."""

    letters: str
    places: Sequence[int]

    def only(self, wanted: Callable[[str], bool]) -> Folded:
        """What is left when unwanted letters are dropped."""
        kept = list(map(wanted, self.letters))
        return Folded("".join(compress(self.letters, kept)), list(compress(self.places, kept)))

    def with_digits(self) -> Folded:
        """Numbers in Chinese digits as 0-9, digit by digit: 十 and 百 stay."""
        return Folded(_SOLEMN_THREE.sub("3", self.letters).translate(_DIGITS), self.places)

    def with_dashes(self) -> Folded:
        """Every kind of dash and dot that joins words as "-"."""
        return Folded(self.letters.translate(_AS_DASH), self.places)

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Where letters start:end stand in the original text."""
        return self.places[start], self.places[end - 1] + 1


def fold(text: str) -> Folded:
    """Full-width, circled and foreign digits as 0-9, traditional characters as standard ones,
    invisible marks gone."""
    folded = [_plain(sign) for sign in text]
    return Folded(
        "".join(folded), [place for place, letters in enumerate(folded) for _letter in letters]
    )


@lru_cache(_MOST_SIGNS)
def _plain(sign: str) -> str:
    if sign not in "\n\t" and unicodedata.category(sign) in _INVISIBLE:
        return ""
    if sign.isdecimal():
        return str(unicodedata.digit(sign))
    return unicodedata.normalize("NFKC", sign).translate(_STANDARD)


def written_forms(text: str) -> set[str]:
    """Return every sign that may stand for a letter of `text` where it is written otherwise.

    For asking a database, which compares as it is: 国 is sought as 國 too, and 國 as 国.
    """
    plain = set(fold(text).letters)
    return {*text, *plain, *(form for letter in plain for form in _FORMS.get(letter, ""))}
