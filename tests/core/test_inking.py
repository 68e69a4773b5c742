"""Pages drawn straight into a PDF."""

import io

import pypdfium2
from PIL import Image

from core.fonts import KAI, TITLE
from core.inking import draw_pdf
from core.marks import Line, Squares
from core.pdf import render_png
from core.sheet import Drawing, Page
from core.typeset import pens, qr_rows

A6 = (105, 148)


def line(text: str, y: float = 40, face=KAI) -> Line:
    return Line(10, y, text, 20, face, pens(text, face))


def draw(*pages: Page) -> bytes:
    return draw_pdf([Drawing(pages, A6, "一页", "安和物业")])


def text_of(pdf: bytes) -> str:
    return pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_bounded()


def test_text_in_several_typefaces_can_be_copied() -> None:
    pdf = draw(Page((line("方晓禾㛃𪚥（2026）"), line("荣誉", 60, TITLE))))
    assert "方晓禾㛃𪚥（2026）" in text_of(pdf)
    assert "荣誉" in text_of(pdf)


def test_a_character_no_face_holds_leaves_its_place_empty() -> None:
    assert "".join(text_of(draw(Page((line("方\ue123晓禾"),)))).split()) == "方晓禾"


def test_the_same_pages_give_the_same_bytes() -> None:
    assert draw(Page((line("方晓禾"),))) == draw(Page((line("方晓禾"),)))


def test_title_author_and_language_are_told() -> None:
    document = pypdfium2.PdfDocument(draw(Page((line("方晓禾"),))))
    assert document.get_metadata_value("Title") == "一页"
    assert document.get_metadata_value("Author") == "安和物业"


def test_a_line_stands_where_it_was_put() -> None:
    picture = Image.open(io.BytesIO(render_png(draw(Page((line("一"),))), width=1050))).convert("L")
    left, top, right, bottom = picture.point(lambda grey: 255 * (grey < 128)).getbbox()
    assert 100 < left < right < 180  # 10 mm from the left, 20 pt wide, at ten pixels per mm
    assert 340 < top < bottom < 400  # above a baseline 40 mm from the top


def test_a_qr_code_is_drawn_module_by_module() -> None:
    rows = qr_rows("https://linli.example/v/k3qx7m")
    pdf = draw(Page((line("一"), Squares(20, 60, rows, 1))))
    picture = Image.open(io.BytesIO(render_png(pdf, width=1050))).convert("L")
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            assert (picture.getpixel((205 + 10 * x, 605 + 10 * y)) < 128) == bool(dark)


def test_a_face_of_65535_glyphs_adds_a_few_kilobytes() -> None:
    assert len(draw(Page((line("方晓禾𪚥"),)))) < 40_000
