"""Drawn pictures in place of photos: still lifes, nobody's face and nobody's home."""

import io
from collections.abc import Callable

from PIL import Image, ImageDraw, ImageFilter
from werkzeug.datastructures import FileStorage

from blueprints.accounts.models import User
from core.db import db
from core.photos import Photo, take_in

SIZE = (1200, 900)
WALL, FLOOR, WOOD, INK = "#efe6d8", "#cbb79b", "#a9825a", "#4a4038"
Pen = ImageDraw.ImageDraw


def photo(scene: str, by: User) -> Photo:
    """Return a stored picture of a scene, taken in as one from a phone is."""
    file = FileStorage(io.BytesIO(jpeg_of(scene)), filename=f"{scene}.jpg")
    taken = take_in(file, by.id)
    db.session.add(taken)
    return taken


def jpeg_of(scene: str) -> bytes:
    """Draw a room and what stands in it."""
    image = Image.new("RGB", SIZE, WALL)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 620, *SIZE), fill=FLOOR)
    SCENES[scene](pen)
    out = io.BytesIO()
    image.filter(ImageFilter.GaussianBlur(1.2)).save(out, "JPEG", quality=88)
    return out.getvalue()


def table(pen: Pen) -> None:
    pen.rectangle((180, 560, 1020, 610), fill=WOOD)
    pen.rectangle((230, 610, 270, 860), fill=WOOD)
    pen.rectangle((930, 610, 970, 860), fill=WOOD)


def massager(pen: Pen) -> None:
    """A massage cushion on a chair."""
    pen.rounded_rectangle((380, 250, 820, 700), 60, fill="#7d8b96")
    pen.rounded_rectangle((440, 330, 760, 610), 50, fill="#3f4a54")
    for left in (490, 620):
        pen.ellipse((left, 400, left + 100, 500), fill="#c46a4a", outline=INK, width=4)


def lamp(pen: Pen) -> None:
    """A reading lamp that is on."""
    table(pen)
    pen.polygon([(520, 330), (300, 560), (900, 560), (680, 330)], fill="#fff3c4")
    pen.polygon([(540, 180), (460, 330), (740, 330), (660, 180)], fill="#2f6f73")
    pen.rectangle((590, 330, 610, 545), fill=INK)
    pen.ellipse((510, 530, 690, 570), fill=INK)


def clock(pen: Pen) -> None:
    """A wall clock with large strokes for hours."""
    pen.ellipse((380, 90, 820, 530), fill="white", outline=INK, width=18)
    for box in ((592, 120, 608, 170), (592, 450, 608, 500), (410, 302, 460, 318)):
        pen.rectangle(box, fill=INK)
    pen.line((600, 310, 600, 190), fill=INK, width=14)
    pen.line((600, 310, 710, 360), fill="#a33b2c", width=14)


def screen(pen: Pen) -> None:
    """A window with a new insect screen."""
    pen.rectangle((320, 110, 880, 560), fill="#bcd9e6", outline="white", width=26)
    for x in range(350, 860, 22):
        pen.line((x, 130, x, 540), fill="#8fa9b5", width=2)
    for y in range(140, 540, 22):
        pen.line((340, y, 860, y), fill="#8fa9b5", width=2)


def plants(pen: Pen) -> None:
    """Pots on a window sill."""
    table(pen)
    for left, green in ((280, "#5c8a4c"), (520, "#3f7350"), (760, "#79a05a")):
        pen.polygon(
            [(left, 430), (left + 160, 430), (left + 130, 560), (left + 30, 560)], fill="#b8643c"
        )
        for shift in (0, 45, 90):
            pen.ellipse((left + shift, 270, left + shift + 70, 440), fill=green)


def moon(pen: Pen) -> None:
    """A yard at full moon, with lanterns."""
    pen.rectangle((0, 0, *SIZE), fill="#22304a")
    pen.ellipse((820, 80, 1060, 320), fill="#f6e7b4")
    for left in (120, 360, 600):
        pen.line((left + 60, 0, left + 60, 300), fill="#888", width=4)
        pen.ellipse((left, 300, left + 120, 420), fill="#b3392b")
    pen.rectangle((0, 700, *SIZE), fill="#3b4658")


def broom(pen: Pen) -> None:
    """Brooms leaning in a stairwell."""
    for step in range(6):
        pen.rectangle((520 + step * 110, 760 - step * 90, 1200, 900), fill="#b9b2a6", outline=INK)
    for foot in (180, 320):
        pen.line((foot + 120, 200, foot, 720), fill=WOOD, width=16)
        pen.polygon([(foot - 10, 700), (foot + 30, 705), (foot + 40, 860), (foot - 90, 850)],
                    fill="#d3b15f")  # fmt: skip


SCENES: dict[str, Callable[[Pen], None]] = {
    drawn.__name__: drawn for drawn in (massager, lamp, clock, screen, plants, moon, broom)
}
