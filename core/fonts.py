"""The typefaces our papers use, which characters they hold and how wide each one is."""

from __future__ import annotations

import subprocess
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PRINT_ASSETS = Path(__file__).resolve().parent.parent / "static" / "print"
# A space, a line break or an invisible joiner needs no glyph.
_NEEDS_NO_GLYPH = frozenset(" \t\r\n\u3000\u00a0\u200b\u2060\ufeff")


class FontNotInstalled(RuntimeError):
    """A typeface of the table is not on this machine; `flask check` tells which package has it."""


@dataclass(frozen=True)
class Face:
    """One installed typeface: its family, fontconfig style, and the Debian package it is in."""

    family: str
    style: str
    package: str


KAI = Face("LXGW WenKai", "Regular", "fonts-lxgw-wenkai")
SANS = Face("Noto Sans CJK SC", "Medium", "fonts-noto-cjk-extra")
SANS_BOLD = Face("Noto Sans CJK SC", "Bold", "fonts-noto-cjk")
SERIF_BLACK = Face("Noto Serif CJK SC", "Black", "fonts-noto-cjk-extra")
# Rare characters in names: the last resorts of every stack, in this order.
RARE = (
    Face("BabelStone Han", "Regular", "fonts-babelstone-han"),
    Face("HanaMinA", "Regular", "fonts-hanazono"),
    Face("HanaMinB", "Regular", "fonts-hanazono"),
)
# Cut from Noto Serif CJK SC Black and packaged with us: see static/print/fonts/README.md.
TITLE_FAMILY = "Linli Title"
FACES = (KAI, SANS, SANS_BOLD, SERIF_BLACK, *RARE)
FAMILIES = frozenset({TITLE_FAMILY, *(face.family for face in FACES)})


@dataclass(frozen=True)
class _Installed:
    file: str
    index: int
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def holds(self, character: str) -> bool:
        place = bisect_right(self.starts, ord(character)) - 1
        return place >= 0 and ord(character) <= self.ends[place]


@cache
def installed(face: Face) -> _Installed:
    """Ask fontconfig where the face is and what it holds. Raise FontNotInstalled if it is not."""
    pattern = f"{face.family}:style={face.style}"
    listing = subprocess.run(  # noqa: S603 - the pattern comes from the table above
        ["fc-list", pattern, "--format", "%{index}|%{file}|%{charset}\n"],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    if not listing:
        raise FontNotInstalled(f"{face.family} {face.style} ({face.package})")
    index, file, charset = min(listing.splitlines()).split("|")
    ranges = [part.split("-") for part in charset.split()]
    return _Installed(
        file,
        int(index),
        tuple(int(low[0], 16) for low in ranges),
        tuple(int(high[-1], 16) for high in ranges),
    )


def missing_characters(text: str, face: Face = KAI) -> str:
    """The characters of `text` that neither `face` nor the rare fonts hold, each once, in order.

    A private-use character counts as missing: every font draws something else for it.
    """
    wanted = dict.fromkeys(char for char in text if char not in _NEEDS_NO_GLYPH)
    return "".join(char for char in wanted if not _prints(char, face))


@cache
def _prints(character: str, face: Face) -> bool:
    private = unicodedata.category(character) == "Co"
    return not private and any(installed(each).holds(character) for each in (face, *RARE))


@cache
def advance(character: str, face: Face) -> float:
    """How far the pen moves for one character, in em. A rare character is a full em wide."""
    if not installed(face).holds(character):
        return 1.0
    return _ruler(face).getlength(character) / 1000


@cache
def _ruler(face: Face):
    from PIL import ImageFont

    found = installed(face)
    return ImageFont.truetype(found.file, 1000, found.index, layout_engine=ImageFont.Layout.BASIC)
