"""What happens to a photo between the phone and the folder."""

import io
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from core import pictures
from core.photos import StoredPhoto, discard_photo, store_picture, sweep, thumbnail_name
from core.pictures import PhotoIncomplete, PhotoRefused, picture_from

SAMPLES = Path(__file__).parents[2].parent / "shared" / "samples" / "示例照片"
GPS, ORIENTATION, SERIAL_NUMBER = 0x8825, 0x0112, 0xA431


def encoded(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def picture(width: int = 200, height: int = 100) -> Image.Image:
    return Image.effect_noise((width, height), 60).convert("RGB")


def phone_photo(image: Image.Image, orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[SERIAL_NUMBER] = "DEMO-12345"
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (30.5, 0.0, 0.0)
    return encoded(image, exif=exif, comment=b"taken at home")


def store(content: bytes, folder: Path, name: str = "照片.jpg") -> StoredPhoto:
    return store_picture(picture_from(io.BytesIO(content), name), folder)


def stored_image(stored: StoredPhoto, folder: Path) -> Image.Image:
    return Image.open(folder / stored.name)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_the_usual_kinds_of_pictures_become_a_jpeg(kind: str, tmp_path: Path) -> None:
    stored = store(encoded(picture(), kind), tmp_path)
    assert stored_image(stored, tmp_path).format == "JPEG"
    assert (stored.width, stored.height) == (200, 100)
    assert stored.size == (tmp_path / stored.name).stat().st_size


def test_an_iphone_picture_is_converted(tmp_path: Path) -> None:
    pictures._learn_heif()
    stored = store(encoded(picture(), "HEIF"), tmp_path, "手机照片.heic")
    assert stored_image(stored, tmp_path).format == "JPEG"


def test_place_camera_and_comment_never_reach_the_disk(tmp_path: Path) -> None:
    content = phone_photo(picture())
    assert b"DEMO-12345" in content
    stored = store(content, tmp_path)
    for name in (stored.name, thumbnail_name(stored.name)):
        with Image.open(tmp_path / name) as image:
            assert not image.getexif()
            assert "comment" not in image.info
        assert b"DEMO-12345" not in (tmp_path / name).read_bytes()


def test_a_picture_taken_upright_stands_upright(tmp_path: Path) -> None:
    stored = store(phone_photo(picture(200, 100), orientation=6), tmp_path)
    assert (stored.width, stored.height) == (100, 200)


def test_a_transparent_logo_is_put_on_white_not_on_black(tmp_path: Path) -> None:
    logo = Image.new("RGBA", (60, 40), (0, 0, 0, 0))
    stored = store(encoded(logo, "PNG"), tmp_path, "标志.png")
    assert min(stored_image(stored, tmp_path).getpixel((30, 20))) > 250


def profile_calling_green_red() -> bytes:
    """An sRGB profile whose red and green primaries trade places: heeding it is visible."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile.replace(b"rXYZ", b"tmp?").replace(b"gXYZ", b"rXYZ").replace(b"tmp?", b"gXYZ")


def test_a_photo_in_another_colour_space_keeps_its_look(tmp_path: Path) -> None:
    red = Image.new("RGB", (40, 40), (200, 30, 30))
    content = encoded(red, icc_profile=profile_calling_green_red(), quality=95)
    image = stored_image(store(content, tmp_path), tmp_path)
    assert "icc_profile" not in image.info
    assert image.getpixel((20, 20))[1] > 150


def test_a_damaged_colour_profile_does_not_cost_the_photo(tmp_path: Path) -> None:
    assert store(encoded(picture(), icc_profile=b"not a profile"), tmp_path).width == 200


def test_a_large_photo_is_made_smaller_and_gets_a_thumbnail(tmp_path: Path) -> None:
    stored = store(encoded(picture(2000, 3000)), tmp_path)
    assert (stored.width, stored.height) == (1067, 1600)
    with Image.open(tmp_path / thumbnail_name(stored.name)) as small:
        assert max(small.size) == 400


def test_names_on_disk_are_random_and_private(tmp_path: Path) -> None:
    first, second = (store(encoded(picture()), tmp_path, "../../祝婆婆.jpg") for _ in range(2))
    assert first.name != second.name
    assert len(first.name) == 36
    assert all(
        stat.S_IMODE(path.stat().st_mode) == 0o600 and path.parent == tmp_path
        for path in tmp_path.iterdir()
    )


def truncated() -> bytes:
    content = encoded(picture(400, 300))
    return content[: len(content) // 2]


REFUSED = [
    ("空.jpg", b"", "空.jpg：文件是空的"),
    ("残缺.jpg", truncated(), "残缺.jpg：照片不完整"),
    ("只有头.jpg", b"\xff\xd8\xff\xe0", "只有头.jpg：照片不完整"),
    ("网页.jpg", b"<!DOCTYPE html><p>404</p>", "网页.jpg：不是照片（内容是网页）"),
    ("带BOM.jpg", b"\xef\xbb\xbf\n<html>", "带BOM.jpg：不是照片（内容是网页）"),
    ("纸.jpg", b"%PDF-1.7", "纸.jpg：不是照片（内容是 PDF）"),
    ("表.jpg", b"PK\x03\x04....", "表.jpg：不是照片（内容是压缩包或 Office 文件）"),
    ("字.jpg", "祝婆婆".encode("gbk"), "字.jpg：不是照片（认不出的格式）"),
    ("点.jpg", encoded(picture(1, 1)), "点.jpg：照片太小（1×1）"),
    ("条.png", encoded(picture(400, 15), "PNG"), "条.png：照片太小（400×15）"),
    ("../a\\b/点.jpg", encoded(picture(1, 1)), "点.jpg：照片太小（1×1）"),
    ("图.bmp", encoded(picture(), "BMP"), "图.bmp：不是照片（认不出的格式）"),
]


@pytest.mark.parametrize(("name", "content", "words"), REFUSED, ids=[row[0] for row in REFUSED])
def test_what_is_no_usable_photo_is_refused_by_name_and_reason(
    name: str, content: bytes, words: str, tmp_path: Path
) -> None:
    with pytest.raises(PhotoRefused) as refusal:
        store(content, tmp_path, name)
    assert str(refusal.value) == words
    assert list(tmp_path.iterdir()) == []


def test_a_file_over_the_limit_is_not_read_to_its_end(tmp_path: Path) -> None:
    endless = io.BytesIO(b"\xff\xd8\xff" + bytes(pictures.MAX_BYTES + 500_000))
    with pytest.raises(pictures.PhotoTooLarge, match="文件太大（超过 15 MB）"):
        picture_from(endless, "大.jpg")
    assert endless.tell() == pictures.MAX_BYTES + 1


@pytest.mark.parametrize("edge", [6_100, 10_000, 20_000])
def test_a_pixel_bomb_is_refused_with_its_size_before_it_is_decoded(
    edge: int, tmp_path: Path
) -> None:
    bomb = encoded(Image.new("1", (edge, edge)), "PNG")
    with pytest.raises(PhotoRefused, match=f"像素过大（{edge}×{edge}）"):
        store(bomb, tmp_path, "炸弹.png")


def test_neither_a_pixel_bomb_nor_the_largest_photo_costs_two_hundred_megabytes(
    tmp_path: Path,
) -> None:
    (tmp_path / "bomb.png").write_bytes(encoded(Image.new("L", (20_000, 20_000)), "PNG"))
    (tmp_path / "large.jpg").write_bytes(encoded(Image.new("RGB", (8_000, 6_400), "red")))
    (tmp_path / "large.png").write_bytes(encoded(Image.new("RGBA", (6_000, 5_900)), "PNG"))
    script = f"""
import resource
from pathlib import Path
from core.photos import store_picture
from core.pictures import PhotoRefused, picture_from
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for path in sorted(Path({str(tmp_path)!r}).iterdir()):
    try:
        picture = picture_from(path.open("rb"), path.name)
        store_picture(picture, Path({str(tmp_path)!r}) / "out")
    except PhotoRefused:
        pass
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) < 200 * 1024
    assert len(list((tmp_path / "out").iterdir())) == 4


def test_a_full_disk_leaves_no_orphan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def full_on_the_second_file(handle: int) -> None:
        calls.append(handle)
        if len(calls) > 2:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_on_the_second_file)
    with pytest.raises(OSError, match="No space"):
        store(encoded(picture()), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_photo_is_on_disk_before_it_is_called_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    real_fsync, real_replace = os.fsync, os.replace

    def fsync(handle: int) -> None:
        steps.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        real_fsync(handle)

    def replace(source: str, target: Path) -> None:
        steps.append("rename")
        real_replace(source, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "replace", replace)
    store(encoded(picture()), tmp_path)
    assert steps == ["file", "rename", "folder"] * 2


def test_discarding_takes_the_thumbnail_along(tmp_path: Path) -> None:
    discard_photo(store(encoded(picture()), tmp_path).name, tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample photos are not on this machine")
@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("IMG_20261012_083015.jpg", (1280, 960)),
        ("中秋晚会 (1).JPG", (1200, 800)),
        ("义剪_竖拍.jpg", (900, 1200)),
        ("DSC_0042.JPG", (1280, 853)),
        ("透明标志.png", (600, 400)),
        ("手机照片.heic", (640, 480)),
        ("残缺.jpg", "照片不完整"),
        ("网页改名.jpg", "不是照片（内容是网页）"),
        ("一像素.jpg", "照片太小（1×1）"),
        ("超大像素.png", "像素过大（20000×20000）"),
    ],
)
def test_the_sample_photos_fare_as_listed(
    name: str, outcome: tuple[int, int] | str, tmp_path: Path
) -> None:
    content = (SAMPLES / name).read_bytes()
    if isinstance(outcome, str):
        with pytest.raises(PhotoRefused) as refusal:
            store(content, tmp_path, name)
        assert str(refusal.value) == f"{name}：{outcome}"
    else:
        stored = store(content, tmp_path, name)
        assert (stored.width, stored.height) == outcome
        assert not stored_image(stored, tmp_path).getexif()


def test_a_cut_off_photo_is_refused_also_after_something_was_printed(tmp_path: Path) -> None:
    import weasyprint  # noqa: F401 - its import lets Pillow fill cut-off pictures with grey

    cut_off = encoded(picture(800, 600))[:2000]
    with pytest.raises(PhotoIncomplete):
        store(cut_off, tmp_path)


def test_a_picture_that_no_row_names_is_swept_after_a_day(tmp_path: Path) -> None:
    named, orphan, young = (store(encoded(picture()), tmp_path) for _each in range(3))
    for stored in (named, orphan):
        for name in (stored.name, thumbnail_name(stored.name)):
            os.utime(tmp_path / name, (0, 0))
    assert sweep(tmp_path, [named.name]) == 2
    left = {path.name for path in tmp_path.iterdir()}
    assert orphan.name not in left
    assert {named.name, thumbnail_name(named.name), young.name} <= left
