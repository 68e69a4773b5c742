"""Approved pictures of papers as grids of ink: small enough to keep, fine enough to compare.

``LINLI_APPROVE=1 pytest tests/demo/test_pictures.py`` draws them anew; look at the papers first.
"""

import io
from pathlib import Path

import pypdfium2
from PIL import Image

from core.pdf import render_png

APPROVED = Path(__file__).parent / "approved"
COLUMNS = 60
# A region is a block of cells; its ink may differ by this part of full black.
BLOCK, TOLERANCE = 6, 0.03


def ink(pdf: bytes, page: int = 0) -> list[str]:
    """Return a page as rows of hexadecimal digits, 0 white to f black."""
    picture = Image.open(io.BytesIO(render_png(pdf, 8 * COLUMNS, page))).convert("L")
    rows = round(COLUMNS * picture.height / picture.width)
    small = picture.resize((COLUMNS, rows), Image.Resampling.BOX)
    return [
        "".join(f"{15 - round(small.getpixel((x, y)) / 17):x}" for x in range(COLUMNS))
        for y in range(rows)
    ]


def changed_regions(approved: list[str], now: list[str]) -> list[str]:
    """Name the regions in which two pictures differ, in percent from the top left corner."""
    if (len(approved), len(approved[0])) != (len(now), len(now[0])):
        return [f"the paper's size: {len(approved)} rows, now {len(now)}"]
    rows, changed = len(now), []
    for top in range(0, rows, BLOCK):
        for left in range(0, COLUMNS, BLOCK):
            cells = [
                abs(int(approved[y][x], 16) - int(now[y][x], 16))
                for y in range(top, min(top + BLOCK, rows))
                for x in range(left, left + BLOCK)
            ]
            if sum(cells) / len(cells) / 15 > TOLERANCE:
                across, down = 100 * left // COLUMNS, 100 * top // rows
                changed.append(f"{across}% from the left, {down}% from the top")
    return changed


def all_pages(pdf: bytes) -> list[list[str]]:
    """Return the ink of every page."""
    return [ink(pdf, page) for page in range(len(pypdfium2.PdfDocument(pdf)))]


def approved(name: str) -> list[list[str]]:
    """Return the pages of a paper as they were approved, kept with a blank line between them."""
    pages = (APPROVED / f"{name}.txt").read_text().split("\n\n")
    return [page.split() for page in pages]


def approve(name: str, pages: list[list[str]]) -> None:
    """Keep these pages as what the paper looks like from now on."""
    (APPROVED / f"{name}.txt").write_text("\n\n".join("\n".join(page) for page in pages) + "\n")
