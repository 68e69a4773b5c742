"""Embed typefaces in a PDF: only the glyphs shown, with the way back to Unicode.

A subset keeps its glyph numbers, so text is drawn by them directly (Identity-H) and a document
costs a few kilobytes for each face.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable
from hashlib import sha256
from typing import NamedTuple

import pydyf

from core.fonts import Face, face_holding, glyph, shaper

# What a subset needs no more once text is drawn by glyph number.
_USELESS_TABLES = ("GSUB", "GPOS", "GDEF", "BASE", "DSIG", "cmap", "name", "post", "vhea", "vmtx")
_IDENTITY = {
    "Registry": pydyf.String("Adobe"),
    "Ordering": pydyf.String("Identity"),
    "Supplement": 0,
}


class DocumentFonts:
    """The typefaces of one document, by the short names its pages call them."""

    def __init__(self) -> None:
        self.by_name: dict[str, _Font] = {}
        self._names: dict[Face, str] = {}

    def name_for(self, character: str, face: Face) -> str:
        """The short name of `face`, or of the rare face that holds the character instead."""
        holder = face_holding(character, face) or face
        if holder not in self._names:
            self._names[holder] = f"F{len(self._names)}"
            self.by_name[self._names[holder]] = _Font(holder)
        return self._names[holder]


class _Font:
    """One typeface, and the glyphs of it that the document shows."""

    def __init__(self, face: Face) -> None:
        self.face = face
        self.upem = shaper(face).face.upem
        self.shown: dict[int, str] = {}

    def show(self, placed: Iterable[tuple[str, float]]) -> str:
        """TJ's array: glyph numbers, with moves where the pen must leave its natural way."""
        parts, pen = [], None
        for character, place in placed:
            number = glyph(character, self.face) or 0
            self.shown.setdefault(number, character)
            move = 0 if pen is None else round((pen - place) * 1000, 1)
            parts.append(f"{move:g}<{number:04x}>" if move else f"<{number:04x}>")
            pen = place + self._width(number) / 1000
        return "".join(parts).replace("><", "")

    def _width(self, number: int) -> float:
        """In thousandths of an em, as PDF wants it."""
        return shaper(self.face).get_glyph_h_advance(number) * 1000 / self.upem

    def embed(self, pdf: pydyf.PDF) -> bytes:
        """Add the subset with its widths and its way back to Unicode; return the reference."""
        glyphs = sorted(self.shown)
        name = f"/{_tag(self.face, glyphs)}+{self.face.family.replace(' ', '-')}"
        outlines = _outlines(self.face, tuple(glyphs))
        drawn = {
            "Type": "/Font",
            **outlines.kind,
            "BaseFont": name,
            "W": self._widths(glyphs),
            "CIDSystemInfo": pydyf.Dictionary(_IDENTITY),
            "FontDescriptor": _described(pdf, name, outlines),
        }
        font = {
            "Type": "/Font",
            "Subtype": "/Type0",
            "BaseFont": name,
            "Encoding": "/Identity-H",
            "DescendantFonts": pydyf.Array([_added(pdf, drawn)]),
            "ToUnicode": add_stream(pdf, _to_unicode(self.shown)),
        }
        return _added(pdf, font)

    def _widths(self, glyphs: list[int]) -> pydyf.Array:
        widths = pydyf.Array()
        for number in glyphs:
            widths += [number, pydyf.Array([round(self._width(number), 2)])]
        return widths


def _described(pdf: pydyf.PDF, name: str, outlines: _Outlines) -> bytes:
    """Add what a reader would need to find a substitute, and the outlines, which spare it that."""
    described = {
        "Type": "/FontDescriptor",
        "FontName": name,
        "Flags": 4,
        "FontBBox": pydyf.Array([-200, -300, 1200, 1100]),
        "ItalicAngle": 0,
        "Ascent": 880,
        "Descent": -120,
        "CapHeight": 733,
        "StemV": 80,
        **outlines.stored(pdf),
    }
    return _added(pdf, described)


def _added(pdf: pydyf.PDF, values: dict[str, object]) -> bytes:
    dictionary = pydyf.Dictionary(values)
    pdf.add_object(dictionary)
    return dictionary.reference


def _tag(face: Face, glyphs: list[int]) -> str:
    """Six capitals that name a subset, the same for the same glyphs."""
    digest = sha256(f"{face.family} {glyphs}".encode()).digest()
    return "".join(chr(65 + byte % 26) for byte in digest[:6])


class _Outlines(NamedTuple):
    """A subset's outlines and the formats that PDF knows: TrueType, or the bare CFF table.

    A CID-keyed CFF subset maps character ids (in Noto CJK equal to the glyph numbers of the whole
    typeface) to outlines by itself, so its empty glyphs can go: 8 kB instead of 150.
    """

    data: bytes
    cff: bool

    @property
    def kind(self) -> dict[str, str]:
        if self.cff:
            return {"Subtype": "/CIDFontType0"}
        return {"Subtype": "/CIDFontType2", "CIDToGIDMap": "/Identity"}

    def stored(self, pdf: pydyf.PDF) -> dict[str, bytes]:
        if self.cff:
            return {"FontFile3": add_stream(pdf, self.data, Subtype="/CIDFontType0C")}
        return {"FontFile2": add_stream(pdf, self.data, Length1=len(self.data))}


def _outlines(face: Face, glyphs: tuple[int, ...]) -> _Outlines:
    """These glyphs' outlines, under their old numbers."""
    import uharfbuzz

    flags, cff = uharfbuzz.SubsetFlags, bool(shaper(face).face.reference_table("CFF "))
    wish = uharfbuzz.SubsetInput()
    wish.glyph_set.update(glyphs)
    wish.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in _USELESS_TABLES)
    wish.flags = flags.NO_HINTING | (flags.DESUBROUTINIZE if cff else flags.RETAIN_GIDS)
    subset = uharfbuzz.subset(shaper(face).face, wish)
    return _Outlines(subset.reference_table("CFF ").data if cff else subset.blob.data, cff)


def _to_unicode(shown: dict[int, str]) -> bytes:
    """The CMap that lets a reader copy and search: glyph number to UTF-16."""
    pairs = [
        f"<{number:04x}> <{text.encode('utf-16-be').hex()}>"
        for number, text in sorted(shown.items())
    ]
    blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    mapped = "\n".join(
        f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{mapped}\nendcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode()


def squash(data: bytes) -> bytes:
    """Compressed as /FlateDecode reads it."""
    return zlib.compress(data, 6)


def add_stream(pdf: pydyf.PDF, data: bytes, **extra: object) -> bytes:
    """Add `data` compressed as one object; return its reference."""
    stream = pydyf.Stream([squash(data)], pydyf.Dictionary({"Filter": "/FlateDecode", **extra}))
    pdf.add_object(stream)
    return stream.reference


def add_jpeg(pdf: pydyf.PDF, data: bytes) -> bytes:
    """Add a JPEG as it is; return its reference. Raise ValueError for anything else."""
    from PIL import Image

    with Image.open(io.BytesIO(data)) as picture:
        if picture.format != "JPEG" or picture.mode not in ("L", "RGB"):
            raise ValueError(f"{picture.format} {picture.mode} is no JPEG in grey or colour")
        size, colours = picture.size, {"L": "/DeviceGray", "RGB": "/DeviceRGB"}[picture.mode]
    stored = pydyf.Stream(
        [data],
        pydyf.Dictionary(
            {
                "Type": "/XObject",
                "Subtype": "/Image",
                "Filter": "/DCTDecode",
                "Width": size[0],
                "Height": size[1],
                "BitsPerComponent": 8,
                "ColorSpace": colours,
            }
        ),
    )
    pdf.add_object(stored)
    return stored.reference
