"""Photos as a phone takes them."""

from pathlib import Path

from PIL import Image


def picture(folder: Path, number: int = 0, size: tuple[int, int] = (2400, 1800)) -> Path:
    """A photo as a phone takes it: large, with a place in it."""
    path = folder / f"photo{number}.jpg"
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (30.5, 0.0, 0.0)
    Image.effect_noise(size, 30 + number).convert("RGB").save(path, "JPEG", exif=exif)
    return path
