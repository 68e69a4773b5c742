"""PDF making: what may be fetched, what is told, that pages come out the same every time."""

import io
import subprocess
import sys
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest
from PIL import Image

from core.fonts import KAI, SANS, SANS_BOLD, glyph, missing_characters
from core.pdf import PrintProblem, RefusedAddress, render_pdf, render_png, stamp_pdf

SHEET = "register.css"
STANDARD_TABLE = Path(__file__).parents[3] / "shared" / "data" / "通用规范汉字表.txt"


def page(body: str, head: str = "") -> str:
    return f'<html lang="zh-Hans"><head><title>一页</title>{head}</head><body>{body}</body></html>'


@pytest.mark.parametrize(
    "html",
    [
        page('<img src="file:///etc/hostname">'),
        page('<img src="http://127.0.0.1:9/x.png">'),
        page('<img src="data:image/png;base64,AAAA">'),
        page("<p>一</p>", '<link rel="attachment" href="file:///etc/passwd">'),
        page('<a rel="attachment" href="file:///etc/passwd">一</a>'),
        page("<p>一</p>", '<link rel="stylesheet" href="file:///etc/passwd">'),
        page("<p>一</p>", "<style>@import url(file:///etc/passwd);</style>"),
        page("<p>一</p>", "<style>p{background:url(file:app.py)}</style>"),
        page("<p>一</p>", '<base href="file:///etc/"><link rel="attachment" href="passwd">'),
    ],
)
def test_an_address_outside_the_packaged_assets_is_refused(html: str) -> None:
    with pytest.raises(RefusedAddress):
        render_pdf(html, SHEET)


@pytest.mark.parametrize(
    "html",
    [
        page('<p style="text-wrap: balance">一</p>'),
        page("<p>كتاب</p>"),
    ],
)
def test_a_warning_from_the_printer_is_an_error(html: str) -> None:
    with pytest.raises(PrintProblem):
        render_pdf(html, SHEET)


def test_the_same_html_gives_the_same_bytes() -> None:
    html = page("<h1>荣誉证书</h1>")
    assert render_pdf(html, SHEET) == render_pdf(html, SHEET)


def test_a_pdf_carries_title_author_and_language() -> None:
    pdf = render_pdf(page("<p>一</p>", '<meta name="author" content="unit">'), SHEET)
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        assert document.metadata["Title"] == "一页"
        assert document.metadata["Author"] == "unit"
        assert "CreationDate" not in document.metadata
        assert document.doc.catalog["Lang"] == b"zh-Hans"


def test_a_page_becomes_a_png_1080_pixels_wide() -> None:
    png = render_png(render_pdf(page("<p>一</p>"), SHEET))
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(png[16:20], "big") == 1080


def test_what_writes_pdfs_is_not_loaded_before_the_first_print() -> None:
    heavy = {"weasyprint", "uharfbuzz", "pydyf"}
    code = f"import core.press, sys; sys.exit(bool({heavy} & set(sys.modules)))"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])


def test_missing_characters_are_named_once_in_order() -> None:
    assert missing_characters("方\ue123晓ب\ue123 禾\n") == "\ue123ب"


@pytest.mark.parametrize(
    "face", [KAI, SANS, SANS_BOLD], ids=lambda face: f"{face.family} {face.style}"
)
def test_common_and_rare_name_characters_have_a_glyph(face) -> None:
    assert missing_characters("赵钱孙李翟仇单解区覃珺璟玥曌喆㛃𬒈䶮𪚥𬭳·“”〔〕—…", face) == ""


@pytest.mark.skipif(not STANDARD_TABLE.exists(), reason="the standard's table is not at hand")
def test_all_8105_standard_characters_print_in_the_certificates_face() -> None:
    characters = {char for char in STANDARD_TABLE.read_text("utf-8") if char > "\u3400"}
    assert len(characters) >= 8105
    assert not [char for char in characters if not glyph(char, KAI) is not None]


def test_a_register_is_light_and_tagged_for_reading_aloud() -> None:
    rows = "".join(f"<tr><td>清洗水箱{chr(0x4E00 + number)}</td></tr>" for number in range(60))
    pdf = render_pdf(page(f"<h1>登记簿</h1><table>{rows}</table>"), SHEET)
    assert len(pdf) < 60_000
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        assert document.doc.catalog["MarkInfo"]["Marked"] is True


def test_a_stamp_lies_grey_across_every_page_and_leaves_the_text() -> None:
    plain = render_pdf(page('<p>清洗水箱</p><p style="break-before: page">临时停水</p>'), SHEET)
    stamped = stamp_pdf(plain, "草稿")
    for number, words in enumerate(("清洗水箱", "临时停水")):
        document = pypdfium2.PdfDocument(stamped)
        assert words in document[number].get_textpage().get_text_bounded()
        before, after = (
            Image.open(io.BytesIO(render_png(pdf, 300, number)))
            .convert("L")
            .crop((100, 70, 200, 150))
            for pdf in (plain, stamped)
        )
        assert before.getextrema() == (255, 255)
        assert 80 < after.getextrema()[0] < 220
