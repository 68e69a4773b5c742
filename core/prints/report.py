"""月报: a month in figures, charts, lists and photos.

A place in it stops at the building; counts of people under five read 不足5 where they come in.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from core.flow import Strip, ended_by
from core.fonts import KAI
from core.lettering import centred, left
from core.marks import Box, Mark, Picture
from core.papers import Part, SignedContent, Table
from core.photos import photo_folder, thumbnail_name
from core.pictures import LONG_EDGE
from core.prints.blocks import (
    SIGNED_AT,
    SIGNED_TYPE,
    Chart,
    Figure,
    chart,
    figure_row,
    listed,
    paragraphs,
    section,
)
from core.prints.filed import AREA, filed_pages, heading
from core.prints.signing import signature, signers
from core.sheet import Drawing
from core.tags import Tag


@dataclass(frozen=True)
class ReportPhoto(Part):
    """A stored photo by its file's name, and what stands under it."""

    name: str
    caption: str


@dataclass(frozen=True)
class ReportContent(SignedContent):
    """月报 of one month."""

    title: str
    scope: str
    figures: tuple[Figure, ...]
    summary: tuple[str, ...]
    hours: Chart
    visits: Chart
    activities: Table
    wishes: Table
    photos: tuple[ReportPhoto, ...]
    next_month: tuple[str, ...]

    optional = frozenset({"photos", "next_month", "summary"})


def draw_report(content: ReportContent) -> Drawing:
    """The report. Raise TextTooLong for a title of more than three lines."""
    strips = [
        *heading(content.title),
        Strip(7, (centred(content.scope, AREA.width / 2, 4.5, 12, KAI),), kept=True),
        Strip(2, kept=True),
        figure_row(content.figures),
        *section("一、本月概况"),
        *paragraphs(content.summary, "本月没有另外要说的。"),
        *section("二、志愿服务时长"),
        chart(content.hours),
        *section("三、走访"),
        chart(content.visits),
        *section("四、活动"),
        *listed(content.activities, "本月没有办活动。"),
        *section("五、微心愿"),
        *listed(content.wishes, "本月没有实现的心愿。"),
        *(section("六、照片") if content.photos else []),
        *photo_rows(content.photos),
        *section("七、下月打算" if content.photos else "六、下月打算"),
        *paragraphs(content.next_month, "按计划走访、办活动。"),
    ]
    lines = signers(content.issuer, content.issued_on, content.signatory)
    strips = ended_by(strips, signature(lines, content.seal, SIGNED_TYPE, SIGNED_AT))
    name = f"{content.title}　{content.serial}"
    return filed_pages(strips, name[:44], content.title, content.issuer, content.demo)


def photo_rows(photos: Sequence[ReportPhoto]) -> list[Strip]:
    """Photos two to a row, each with its caption; a photo that was deleted leaves its frame."""
    between, height = 6.0, 58.0
    side = (AREA.width - between) / 2
    rows = []
    for start in range(0, len(photos), 2):
        marks: list[Mark] = []
        for place, photo in enumerate(photos[start : start + 2]):
            x = place * (side + between)
            marks += _photo(photo, x, side, height)
            marks.append(left(photo.caption, x, height + 6, 10, KAI))
        rows.append(Strip(height + 10, tuple(marks)))
    return rows


def _photo(photo: ReportPhoto, x: float, side: float, height: float) -> list[Mark]:
    path = photo_folder() / thumbnail_name(Path(photo.name).name)
    try:
        data, size = _small_jpeg(path)
    except PhotoUnfit:
        told = "照片打不开" if path.exists() else "照片已删"
        frame = Box(x, 0, side, height, stroke=0.4)
        return [frame, centred(told, x + side / 2, height / 2, 10, KAI)]
    scale = min(side / size[0], height / size[1])
    wide, high = size[0] * scale, size[1] * scale
    place = (x + (side - wide) / 2, (height - high) / 2)
    shown = Tag("Figure", alt=photo.caption or "照片")
    return [Picture(*place, data, wide, high, tag=shown)]


class PhotoUnfit(ValueError):
    """A file in the place of a photo is not there, no JPEG as we store them, or too large."""


def _small_jpeg(path: Path) -> tuple[bytes, tuple[int, int]]:
    """Return a stored thumbnail and its size in pixels.

    Uploads are checked and drawn anew before they are stored; whatever else lies in the folder,
    after a disk went bad or a copy was put back by hand, must not make a paper fail or swell.
    """
    from PIL import Image

    try:
        data = path.read_bytes()
        with Image.open(io.BytesIO(data)) as picture:
            kind, size = (picture.format, picture.mode), picture.size
    except (OSError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PhotoUnfit(path.name) from error
    if kind not in (("JPEG", "RGB"), ("JPEG", "L")) or max(size) > LONG_EDGE:
        raise PhotoUnfit(path.name)
    return data, size
