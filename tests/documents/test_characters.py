"""Every standard character is drawn from an embedded typeface, in every family that papers use."""

import io

import pdfplumber
import pypdfium2
import pytest
from flask import Flask

from core.fonts import (
    FACES,
    KAI,
    RARE,
    SANS,
    SANS_BOLD,
    SERIF,
    SERIF_BLACK,
    Face,
    FontNotInstalled,
    glyph,
    installed,
    missing_characters,
)
from core.inking import draw_pdf
from core.lettering import left
from core.press import MissingCharacters, print_drawn
from core.prints.formal import draw_text
from core.sheet import Drawing, Page
from tests.documents.samples import letter
from tests.documents.standard_characters import standard_characters

STANDARD = standard_characters()
TEXT_FACES = (KAI, SERIF, SERIF_BLACK, SANS, SANS_BOLD)
IN_A_LINE, LINES = 60, 45


def specimen(text: str, face: Face) -> bytes:
    lines = [text[start : start + IN_A_LINE] for start in range(0, len(text), IN_A_LINE)]
    pages = tuple(
        Page(
            tuple(
                left(line, 10, 12 + 6 * number, 8, face)
                for number, line in enumerate(lines[start : start + LINES])
            )
        )
        for start in range(0, len(lines), LINES)
    )
    return draw_pdf([Drawing(pages, (210, 297), "字样", "邻里")])


def test_the_list_is_whole() -> None:
    assert len(STANDARD) == 8105
    assert STANDARD[0] == "㑇"
    assert {"㛃", "䶮", "𬒈", "一", "龟"} <= set(STANDARD)


@pytest.mark.parametrize("face", TEXT_FACES, ids=lambda face: f"{face.family} {face.style}")
def test_all_standard_characters_are_drawn_and_can_be_read_back(face: Face) -> None:
    assert missing_characters(STANDARD, face) == ""
    pdf = specimen(STANDARD, face)
    document = pypdfium2.PdfDocument(pdf)
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    assert set(STANDARD) <= set(text)
    families = {each.family.replace(" ", "-") for each in FACES}
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        fonts = {char["fontname"].split("+")[-1] for char in opened.pages[0].chars}
    assert fonts <= families


@pytest.mark.parametrize("face", TEXT_FACES, ids=lambda face: f"{face.family} {face.style}")
def test_what_a_family_lacks_comes_from_the_rare_ones(face: Face) -> None:
    lacking = [char for char in STANDARD if glyph(char, face) is None]
    assert all(any(glyph(char, rare) is not None for rare in RARE) for char in lacking)


def test_no_glyph_is_the_box_of_a_missing_one() -> None:
    """Glyph 0 is what typefaces draw for a character that they do not have."""
    for face in TEXT_FACES:
        assert 0 not in {glyph(char, face) for char in STANDARD[:2000]}


def test_a_character_that_no_typeface_has_is_named_before_printing() -> None:
    with pytest.raises(MissingCharacters) as problem:
        print_drawn([letter(addressee="方\ue123禾")], draw_text)
    assert problem.value.characters == "\ue123"


@pytest.mark.parametrize("name", ["㛃𬒈", "沈䶮", "欧阳𪚥", "阿卜杜热西提·买买提依明"])
def test_a_rare_or_long_name_can_be_copied_from_a_letter(name: str) -> None:
    document = pypdfium2.PdfDocument(print_drawn([letter(addressee=name)], draw_text))
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    assert name in "".join(text.split())


def test_a_typeface_that_is_not_installed_is_named(app: Flask) -> None:
    with pytest.raises(FontNotInstalled) as problem:
        installed(Face("No Such Song", "Regular", "fonts-no-such"))
    assert "No Such Song Regular (fonts-no-such)" in str(problem.value)
    assert "flask check" in str(problem.value)
