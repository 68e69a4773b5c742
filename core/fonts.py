"""The typefaces our papers use, which characters they hold and how wide each one is."""

from __future__ import annotations

import subprocess
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from flask_babel import gettext as _

from core.errors import RuleBroken

if TYPE_CHECKING:
    import uharfbuzz

PRINT_ASSETS = Path(__file__).resolve().parent.parent / "static" / "print"
TITLE_FILE = PRINT_ASSETS / "fonts" / "linli-title.ttf"
# A space, a line break or an invisible joiner needs no glyph.
_NEEDS_NO_GLYPH = frozenset(" \t\r\n\u3000\u00a0\u200b\u2060\ufeff")


class FontNotInstalled(RuleBroken):
    """A typeface of the table is not on this machine; `flask check` tells which package has it."""

    def __init__(self, font: str) -> None:
        super().__init__(font)
        self.font = font

    def __str__(self) -> str:
        return _("服务器上缺字体：%(font)s。装好以前这份文书印不出来，请管理员运行 flask check。",
                 font=self.font)  # fmt: skip


@dataclass(frozen=True, eq=False)  # each is named once below and looked up very often
class Face:
    """One typeface: its family, fontconfig style, and the Debian package it is in ("" for ours)."""

    family: str
    style: str
    package: str


# Cut from Noto Serif CJK SC Black and packaged with us: see static/print/fonts/README.md.
TITLE = Face("Linli Title", "Regular", "")
KAI = Face("LXGW WenKai", "Regular", "fonts-lxgw-wenkai")
SERIF = Face("Noto Serif CJK SC", "Regular", "fonts-noto-cjk")
SERIF_BLACK = Face("Noto Serif CJK SC", "Black", "fonts-noto-cjk-extra")
SANS = Face("Noto Sans CJK SC", "Medium", "fonts-noto-cjk-extra")
SANS_BOLD = Face("Noto Sans CJK SC", "Bold", "fonts-noto-cjk")
# Rare characters in names: the last resorts of every stack, in this order.
RARE = (
    Face("BabelStone Han", "Regular", "fonts-babelstone-han"),
    Face("HanaMinA", "Regular", "fonts-hanazono"),
    Face("HanaMinB", "Regular", "fonts-hanazono"),
)
FACES = (TITLE, KAI, SERIF, SERIF_BLACK, SANS, SANS_BOLD, *RARE)
FAMILIES = frozenset(face.family for face in FACES)


class Installed(NamedTuple):
    """Where a face is on this machine: its file and its number within a collection."""

    file: str
    index: int


@cache
def installed(face: Face) -> Installed:
    """Ask fontconfig where the face is. Raise FontNotInstalled if it does not know it."""
    if face == TITLE:
        return Installed(str(TITLE_FILE), 0)
    pattern = f"{face.family}:style={face.style}"
    listing = subprocess.run(  # noqa: S603 - the pattern comes from the table above
        ["fc-list", pattern, "--format", "%{file}|%{index}|%{style[0]}\n"],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    # A Black calls itself "Black, Regular" too: its first style is what it is.
    exact = [line for line in listing.splitlines() if line.endswith(f"|{face.style}")]
    if not exact:
        raise FontNotInstalled(f"{face.family} {face.style} ({face.package})")
    file, index, _style = min(exact).rsplit("|", 2)
    return Installed(file, int(index))


@cache
def shaper(face: Face) -> uharfbuzz.Font:
    """The face opened by HarfBuzz, to ask for glyphs and widths."""
    import uharfbuzz

    file, index = installed(face)
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(file), index))


@cache
def glyph(character: str, face: Face) -> int | None:
    """The face's glyph number for a character, None where it has none."""
    return shaper(face).get_nominal_glyph(ord(character))


def title_face(title: str) -> Face:
    """Our own title face where it has every character, else the black one it was cut from."""
    return TITLE if all(glyph(character, TITLE) is not None for character in title) else SERIF_BLACK


@cache
def face_holding(character: str, face: Face) -> Face | None:
    """`face` itself, else the first rare face with this character, else None.

    No face holds a private-use character: every font draws something else for it.
    """
    if unicodedata.category(character) == "Co":
        return None
    return next((each for each in (face, *RARE) if glyph(character, each) is not None), None)


def missing_characters(text: str, face: Face = KAI) -> str:
    """The characters of `text` that neither `face` nor the rare fonts hold, each once, in order."""
    wanted = dict.fromkeys(char for char in text if char not in _NEEDS_NO_GLYPH)
    return "".join(char for char in wanted if face_holding(char, face) is None)


@cache
def advance(character: str, face: Face) -> float:
    """How far the pen moves for one character, in em; a full em for one that no face holds."""
    holder = face_holding(character, face)
    if holder is None:
        return 1.0
    font = shaper(holder)
    return font.get_glyph_h_advance(glyph(character, holder)) / font.face.upem
