"""Papers can be read aloud: what each part is, in its order; and turned to by bookmarks."""

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pdfplumber
import pytest
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1
from PIL import ImageCms

from core.certificate import draw_certificate
from core.pdf import stamp_pdf
from core.press import Manner, print_drawn
from core.prints.formal import draw_text
from core.prints.forms import draw_sign_in
from core.prints.growth import draw_growth
from core.prints.report import draw_report
from core.prints.statement import draw_statement
from tests.documents.contents import certificate
from tests.documents.samples import PAPERS, growth, letter, report, sign_in, statement

ARCHIVAL = Manner(archival=True)


def catalog(pdf: bytes) -> dict[str, Any]:
    return PDFDocument(PDFParser(io.BytesIO(pdf))).catalog


def elements(pdf: bytes) -> Iterator[dict[str, Any]]:
    """Every structure element, parents first, in reading order."""
    waiting = [resolve1(resolve1(catalog(pdf)["StructTreeRoot"])["K"])]
    while waiting:
        element = waiting.pop(0)
        yield element
        kids = map(resolve1, element["K"])
        waiting[:0] = [kid for kid in kids if isinstance(kid, dict) and "S" in kid]


def kinds(pdf: bytes) -> list[str]:
    return [element["S"].name for element in elements(pdf)]


def words_of(value: Any) -> str:
    return value.decode("utf-16") if value[:2] == b"\xfe\xff" else value.decode()


def bookmarks(pdf: bytes) -> list[tuple[int, str, int]]:
    """Level from 1, title and page from 0 of each bookmark."""
    document = PDFDocument(PDFParser(io.BytesIO(pdf)))
    pages = {page.pageid: number for number, page in enumerate(PDFPage.create_pages(document))}
    if "Outlines" not in document.catalog:
        return []
    return [
        (level, title.replace("\u3000", " "), pages[dest[0].objid])
        for level, title, dest, _action, _element in document.get_outlines()
    ]


def test_a_certificate_is_a_heading_and_whole_paragraphs() -> None:
    pdf = PAPERS["certificate"]()
    assert kinds(pdf)[:4] == ["Document", "H1", "P", "P"]
    assert kinds(pdf)[-1] == "Figure"
    # The sentence is set in three lines and one paragraph.
    assert len(list(elements(pdf))[3]["K"]) == 1


def test_a_paragraph_goes_on_over_the_page_as_one() -> None:
    pdf = print_drawn([letter(body=("很长的一段话。" * 120,), salute=False)], draw_text)
    (long,) = [each for each in elements(pdf) if len(each["K"]) == 2 and each["S"].name == "P"]
    assert {resolve1(each)["Type"].name for each in long["K"] if isinstance(each, dict)} == {"MCR"}


@pytest.mark.parametrize("rows", [0, 1, 60])
def test_a_list_is_a_table_whose_head_is_told_once(rows: int) -> None:
    told = kinds(print_drawn([statement(rows)], draw_statement))
    assert told.count("Table") == 1
    assert told.count("TH") == 5
    assert told.count("TR") == rows + 1
    assert told.count("TD") == 5 * rows


def test_an_empty_cell_is_a_cell() -> None:
    told = kinds(print_drawn([sign_in(people=())], draw_sign_in))
    assert told.count("TD") == 7 * 17


def test_a_chart_says_its_numbers() -> None:
    (alt,) = {
        words_of(each["Alt"])
        for each in elements(print_drawn([report()], draw_report))
        if each["S"].name == "Figure"
    }
    assert alt == "近六个月（小时）：4月 118，5月 125，6月 0，7月 97，8月 103，9月 156"


@pytest.mark.parametrize("name", PAPERS)
def test_every_word_is_part_of_something_or_marked_as_furniture(name: str) -> None:
    with pdfplumber.open(io.BytesIO(PAPERS[name]())) as document:
        for page in document.pages:
            assert {char["tag"] for char in page.chars} <= {
                "H1", "H2", "H3", "P", "TH", "TD", "TOCI", "Link", "Figure", "Artifact",
            }  # fmt: skip


@pytest.mark.parametrize("name", PAPERS)
def test_every_paper_has_a_title_first_and_words_for_its_pictures(name: str) -> None:
    told = list(elements(PAPERS[name]()))
    levels = [each["S"].name for each in told if each["S"].name.startswith("H")]
    assert levels[0] == "H1"
    assert all(each.get("Alt") for each in told if each["S"].name == "Figure")


@pytest.mark.parametrize("name", PAPERS)
def test_a_page_leads_back_to_the_parts_on_it(name: str) -> None:
    pdf = PAPERS[name]()
    root = resolve1(catalog(pdf)["StructTreeRoot"])
    numbers = resolve1(root["ParentTree"])["Nums"]
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        for number, page in enumerate(document.pages):
            used = {char["mcid"] for char in page.chars if char["mcid"] is not None}
            assert used <= set(range(len(resolve1(numbers[2 * number + 1]))))


@pytest.mark.parametrize("name", PAPERS)
def test_language_and_title_are_told(name: str) -> None:
    told = catalog(PAPERS[name]())
    assert told["Lang"] == b"zh-Hans"
    assert told["MarkInfo"]["Marked"] is True
    assert told["ViewerPreferences"]["DisplayDocTitle"] is True


def test_a_paper_of_several_pages_has_bookmarks_for_its_sections() -> None:
    marked = bookmarks(print_drawn([growth()], draw_growth))
    assert marked[0] == (1, "成长档案 林一舟", 0)
    assert (2, "六、证书与聘书", 3) in marked
    assert {level for level, _title, _page in marked} == {1, 2}


def test_a_batch_has_a_bookmark_for_each_person() -> None:
    people = [certificate(name=name) for name in ("方晓禾", "林一舟", "祝婆婆")]
    marked = bookmarks(print_drawn(people, draw_certificate))
    firsts = [(title.split()[0], page) for level, title, page in marked if level == 1]
    assert firsts == [("方晓禾", 0), ("林一舟", 1), ("祝婆婆", 2)]


def test_a_paper_of_one_page_needs_no_bookmarks() -> None:
    assert bookmarks(PAPERS["certificate"]()) == []


@pytest.mark.parametrize("content,draw", [
    (certificate(), draw_certificate), (statement(40), draw_statement), (growth(), draw_growth),
])  # fmt: skip
def test_a_paper_for_the_archive_says_so_and_carries_its_colours(content: Any, draw: Any) -> None:
    pdf = print_drawn([content], draw, ARCHIVAL)
    told = catalog(pdf)
    description = resolve1(told["Metadata"])
    assert "Filter" not in description.attrs
    words = description.get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in words
    assert content.issuer in words
    (intent,) = told["OutputIntents"]
    profile = resolve1(resolve1(intent)["DestOutputProfile"]).get_data()
    opened = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    assert "sRGB" in ImageCms.getProfileName(opened)
    assert opened.profile.xcolor_space.strip() == "RGB"
    (trailer,) = PDFDocument(PDFParser(io.BytesIO(pdf))).xrefs
    assert len(trailer.get_trailer()["ID"]) == 2
    assert "Encrypt" not in trailer.get_trailer()
    assert (told["Lang"], told["MarkInfo"]["Marked"]) == (b"zh-Hans", True)
    assert resolve1(told["StructTreeRoot"])["K"]


def test_the_archive_reads_the_same_title_in_both_places() -> None:
    odd = replace(certificate(), issuer="安和<物业>&“邻里”")
    pdf = print_drawn([odd], draw_certificate, ARCHIVAL)
    assert "安和&lt;物业&gt;&amp;“邻里”" in resolve1(catalog(pdf)["Metadata"]).get_data().decode()


def test_a_paper_for_the_archive_is_the_same_bytes_every_time() -> None:
    printed = {print_drawn([certificate()], draw_certificate, ARCHIVAL) for _time in range(2)}
    assert len(printed) == 1


def test_a_stamped_paper_no_longer_says_that_it_is_for_the_archive() -> None:
    pdf = print_drawn([certificate()], draw_certificate, ARCHIVAL)
    assert b"pdfaid:part>" in pdf
    assert b"pdfaid:part>" not in stamp_pdf(pdf, "作废")


def test_the_archive_costs_little() -> None:
    plain, kept = (
        len(print_drawn([certificate()], draw_certificate, m)) for m in (Manner(), ARCHIVAL)
    )
    assert kept - plain < 3_000


@pytest.mark.parametrize("manner", [Manner(), ARCHIVAL])
def test_every_line_of_the_contents_leads_to_its_section(manner: Manner) -> None:
    pdf = print_drawn([growth()], draw_growth, manner)
    document = PDFDocument(PDFParser(io.BytesIO(pdf)))
    pages = list(PDFPage.create_pages(document))
    numbers = {page.pageid: number for number, page in enumerate(pages)}
    leads_to = [
        (words_of(link["Contents"]), numbers[link["Dest"][0].objid])
        for page in pages
        for link in map(resolve1, resolve1(page.annots) or [])
    ]
    sections = [
        (title, page) for level, title, page in bookmarks(pdf) if level == 2 and title != "目录"
    ]
    assert len(leads_to) == 8
    assert leads_to == sections
    parents = resolve1(resolve1(document.catalog["StructTreeRoot"])["ParentTree"])["Nums"]
    owners = dict(zip(parents[::2], map(resolve1, parents[1::2]), strict=True))
    for page in pages:
        for link in map(resolve1, resolve1(page.annots) or []):
            assert owners[link["StructParent"]]["S"].name == "Link"
            left, bottom, right, top = link["Rect"]
            assert 0 < left < right < 596
            assert 0 < bottom < top < 842
