"""Pictures as they come from phones: checked, upright, in sRGB, and nothing in them but pixels.

What the phone wrote beside the pixels (GPS, serial numbers, thumbnails of the uncropped picture)
is gone because only the pixels are encoded anew.
"""

import io
import warnings
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from PIL import Image, ImageCms, ImageFile, ImageOps

from core.errors import RuleBroken

MAX_BYTES = 15 * 1024 * 1024
MIN_EDGE = 16
LONG_EDGE = 1600
THUMBNAIL_EDGE = 400
# A JPEG is shrunk while it is decoded, so a 50-megapixel phone picture stays cheap; every other
# format is decoded whole, four bytes a pixel.
MAX_PIXELS_JPEG = 52_000_000
MAX_PIXELS = 36_000_000

ALLOWED_FORMATS = ("JPEG", "MPO", "PNG", "WEBP", "GIF", "HEIF")
_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1")
_PHOTO_SIGNATURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")
_WEB_PAGE_STARTS = (b"<!doctype", b"<html", b"<head", b"<body", b"<?xml", b"<script")

# Pillow only warns between 89 and 179 megapixels.
warnings.simplefilter("error", Image.DecompressionBombWarning)


@dataclass(frozen=True)
class Picture:
    """A picture that may be kept: JPEG and thumbnail, and the size in pixels of the first."""

    data: bytes
    thumbnail: bytes
    width: int
    height: int


class PhotoRefused(RuleBroken):
    """A file that is not taken in as a photo; str() tells its name and why, in plain words."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, filename: str, reason: LazyString) -> None:
        self.filename = Path(filename.replace("\\", "/")).name[-80:]
        self.reason = reason
        self.message = _l("%(file)s：%(reason)s", file=self.filename, reason=reason)
        super().__init__(self.filename)

    def __str__(self) -> str:
        return str(self.message)


class PhotoEmpty(PhotoRefused):
    """The file has no bytes."""

    def __init__(self, filename: str) -> None:
        super().__init__(filename, _l("文件是空的"))


class PhotoTooLarge(PhotoRefused):
    """The file has more than MAX_BYTES bytes."""

    def __init__(self, filename: str) -> None:
        limit = MAX_BYTES // (1024 * 1024)
        super().__init__(filename, _l("文件太大（超过 %(limit)s MB）", limit=limit))


class PhotoIncomplete(PhotoRefused):
    """A photo's beginning is there, the rest is missing or damaged."""

    def __init__(self, filename: str) -> None:
        super().__init__(filename, _l("照片不完整"))


class NotAPhoto(PhotoRefused):
    """The content is something else, whatever the name says."""

    def __init__(self, filename: str, head: bytes) -> None:
        super().__init__(filename, _what_it_is(head))


class PhotoTooSmall(PhotoRefused):
    """An edge is shorter than MIN_EDGE pixels."""

    def __init__(self, filename: str, width: int, height: int) -> None:
        reason = _l("照片太小（%(width)s×%(height)s）", width=width, height=height)
        super().__init__(filename, reason)


class PhotoTooManyPixels(PhotoRefused):
    """Decoding it would take more memory than the server can spare."""

    def __init__(self, filename: str, width: int, height: int) -> None:
        reason = _l("像素过大（%(width)s×%(height)s）", width=width, height=height)
        super().__init__(filename, reason)


def picture_from(stream: BinaryIO, filename: str) -> Picture:
    """Check one uploaded file and encode it anew, at most LONG_EDGE long. Raises PhotoRefused."""
    image = _decoded(_content(stream, filename), filename)
    return Picture(_jpeg(image), _jpeg(_shrunk(image, THUMBNAIL_EDGE)), *image.size)


def _content(stream: BinaryIO, filename: str) -> bytes:
    content = stream.read(MAX_BYTES + 1)
    if not content:
        raise PhotoEmpty(filename)
    if len(content) > MAX_BYTES:
        raise PhotoTooLarge(filename)
    return content


def _decoded(content: bytes, filename: str) -> Image.Image:
    """The picture upright, in sRGB, on white, at most LONG_EDGE long; without any metadata."""
    with _opened(content, filename) as image:
        _check_size(image, filename)
        # WeasyPrint turns this on for the whole process when it is first imported.
        ImageFile.LOAD_TRUNCATED_IMAGES = False
        try:
            image.draft(None, (LONG_EDGE, LONG_EDGE))
            # Shrink before anything else copies the pixels: memory stays near one decoded picture.
            image.thumbnail((LONG_EDGE, LONG_EDGE))
            profile = image.info.get("icc_profile")
            return _flattened(_in_srgb(ImageOps.exif_transpose(image), profile))
        except (OSError, SyntaxError, ValueError, EOFError) as error:
            raise PhotoIncomplete(filename) from error


def _opened(content: bytes, filename: str) -> Image.Image:
    head = content[:512]
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS:
        _learn_heif()
    try:
        return Image.open(io.BytesIO(content), formats=_known_formats())
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PhotoTooManyPixels(filename, *_declared_size(content)) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        if head.startswith(_PHOTO_SIGNATURES) or head[8:12] in (b"WEBP", *_HEIF_BRANDS):
            raise PhotoIncomplete(filename) from error
        raise NotAPhoto(filename, head) from error


def _learn_heif() -> None:
    # Imported for the first such photo only: libheif costs memory few servers ever need.
    import pillow_heif

    pillow_heif.register_heif_opener()


def _known_formats() -> list[str]:
    Image.init()
    return [name for name in ALLOWED_FORMATS if name in Image.OPEN]


def _declared_size(content: bytes) -> tuple[int, int]:
    """What the header says, read without Pillow's limit, which tells no width and height."""
    for name in _known_formats():
        factory, accepts = Image.OPEN[name]
        if accepts is None or accepts(content[:16]) is True:
            return factory(io.BytesIO(content), "").size
    return (0, 0)


def _check_size(image: Image.Image, filename: str) -> None:
    width, height = image.size
    if min(width, height) < MIN_EDGE:
        raise PhotoTooSmall(filename, width, height)
    limit = MAX_PIXELS_JPEG if image.format in ("JPEG", "MPO") else MAX_PIXELS
    if width * height > limit:
        raise PhotoTooManyPixels(filename, width, height)


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Phones record in a wide gamut; without its profile such a picture would look faded."""
    if not profile or image.mode != "RGB":
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"))
    except (ImageCms.PyCMSError, OSError):
        return image


def _flattened(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    rgba = image.convert("RGBA")
    paper = Image.new("RGB", rgba.size, "white")
    paper.paste(rgba, mask=rgba.getchannel("A"))
    return paper


def _shrunk(image: Image.Image, edge: int) -> Image.Image:
    smaller = image.copy()
    smaller.thumbnail((edge, edge))
    return smaller


def _jpeg(image: Image.Image) -> bytes:
    """Pixels only: a fresh image has no EXIF, no comment and no profile to carry over."""
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=82, optimize=True, progressive=True)
    return out.getvalue()


def _what_it_is(head: bytes) -> LazyString:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(_WEB_PAGE_STARTS):
        return _l("不是照片（内容是网页）")
    if start.startswith(b"%pdf"):
        return _l("不是照片（内容是 PDF）")
    if start.startswith(b"pk\x03\x04"):
        return _l("不是照片（内容是压缩包或 Office 文件）")
    return _l("不是照片（认不出的格式）")
