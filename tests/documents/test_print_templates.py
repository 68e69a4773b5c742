"""The certificate and the notice as they leave the printer."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from math import hypot

import pdfplumber
import pypdfium2
import pytest
from PIL import Image, ImageChops

from core.fonts import FAMILIES
from core.papers import CertificateContent, NoticeContent, PaperContentError
from core.pdf import render_png
from core.press import Manner, MissingCharacters, print_certificates, print_drawn
from core.prints.posted import draw_notice
from core.typeset import TextTooLong
from tests.documents.contents import REASON, certificate, notice, public, spaced

MM = 72 / 25.4
SEAL_RADIUS = 22.5 * MM
LONG_REASON = REASON + "，带动邻里二十余人加入志愿队伍，全年坚持每周清扫楼道"


def print_notice(content: NoticeContent) -> bytes:
    return print_drawn([content], draw_notice)


@contextmanager
def opened(pdf: bytes) -> Iterator[pdfplumber.PDF]:
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        yield document


def text_of(pdf: bytes) -> str:
    """All text without line breaks, as a person copying it gets it."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    return "".join("".join(pages).split())


def families_in(pdf: bytes) -> set[str]:
    with opened(pdf) as document:
        names = {char["fontname"] for page in document.pages for char in page.chars}
    return {name.split("+")[-1] for name in names}


def words_in_the_seal(pdf: bytes, first: str, last: str) -> str:
    """Every character within 22.5 mm of the middle between the unit's line and the date's."""
    with opened(pdf) as document:
        page = document.pages[0]
        unit, day = page.search(spaced(first))[-1], page.search(spaced(last))[-1]
        x = (unit["x0"] + unit["x1"]) / 2
        y = (unit["top"] + day["bottom"]) / 2
        inside = [
            char["text"]
            for char in page.chars
            if hypot((char["x0"] + char["x1"]) / 2 - x, (char["top"] + char["bottom"]) / 2 - y)
            < SEAL_RADIUS
        ]
        drawn = [
            shape
            for shape in (*page.rects, *page.images)
            if hypot((shape["x0"] + shape["x1"]) / 2 - x, (shape["top"] + shape["bottom"]) / 2 - y)
            < SEAL_RADIUS
        ]
    assert drawn == []
    return "".join(inside)


@pytest.mark.parametrize(
    "pdf",
    [
        pytest.param(lambda: print_certificates([certificate()]), id="certificate"),
        pytest.param(lambda: print_notice(notice()), id="notice"),
    ],
)
def test_a_paper_is_one_small_page_in_our_own_typefaces(pdf) -> None:
    pdf = pdf()
    with opened(pdf) as document:
        assert len(document.pages) == 1
    assert len(pdf) <= 150 * 1024
    ours = tuple(family.replace(" ", "-") for family in FAMILIES)
    assert families_in(pdf)
    assert all(name.startswith(ours) for name in families_in(pdf))


def test_every_word_of_a_certificate_can_be_selected_and_copied() -> None:
    text = text_of(print_certificates([certificate()]))
    for words in (
        "荣誉证书",
        "方晓禾同志：",
        "特发此证，以资鼓励。",
        "被评为“年度优秀志愿者”。",
        "安和物业（演示）",
        "2026年12月5日",
        "编号：荣字〔2026〕第0007号",
        "K3QX7M",
        "演示数据",
    ):
        assert words in text
    assert REASON in text


def test_every_word_of_a_notice_can_be_selected_and_copied() -> None:
    text = text_of(print_notice(notice()))
    for words in (
        "通知",
        "示3栋清洗水箱，临时停水",
        "各位邻居：",
        "9月21日（周一）8:30至17:00",
        "来水后请先放水几分钟",
        "特此通知。",
        "24小时值班电话",
        "10000000001",
        "撕除日期",
        "9月22日",
        "贴〔2026〕031号",
        "演示数据",
    ):
        assert words in text


def test_the_demo_mark_leaves_with_the_demo() -> None:
    assert "演示数据" not in text_of(print_certificates([certificate(demo=False)]))
    assert "演示数据" not in text_of(print_notice(notice(demo=False)))


@pytest.mark.parametrize("reason", ["热心公益", REASON, LONG_REASON, REASON + LONG_REASON[20:70]])
def test_nothing_but_unit_date_and_seal_mark_lies_where_a_certificate_is_sealed(reason) -> None:
    pdf = print_certificates([certificate(reason=reason)])
    assert set(words_in_the_seal(pdf, "安和物业", "2026年12月5日")) <= set(
        "安和物业（演示）2026年12月5日（盖章）"
    )


def test_nothing_but_unit_date_and_seal_mark_lies_where_a_notice_is_sealed() -> None:
    long = "关于桥机嘉园2026年冬季电动自行车集中充电和楼道杂物清理、消防通道畅通有关安排的通知"
    for content in (notice(), notice(subject=public(long)), notice(facts=(), after=None)):
        pdf = print_notice(content)
        assert set(words_in_the_seal(pdf, "桥机嘉园物业服务中心", "2026年9月18日")) <= set(
            "桥机嘉园物业服务中心2026年9月18日（盖章）"
        )


def test_a_certificates_lines_are_flush_on_both_sides() -> None:
    with opened(print_certificates([certificate()])) as document:
        lines = document.pages[0].extract_text_lines()
    first, second = (
        next(line for line in lines if line["text"].startswith(start))
        for start in ("2026 年度", "9 件")
    )
    left, right = 46 * MM, (46 + 205) * MM
    assert second["x0"] == pytest.approx(left, abs=0.5)
    # A comma at the end of a line keeps its white outside the margin.
    comma = second["chars"][-1]
    assert comma["text"] == "，"
    assert first["x1"] == pytest.approx(right, abs=1)
    assert second["x1"] - comma["size"] / 2 == pytest.approx(right, abs=1)


@pytest.mark.parametrize(
    "name",
    [
        "㛃𬒈",
        "沈䶮",
        "欧阳𪚥",
        "阿卜杜热西提·买买提依明",
        "王",
    ],
)
def test_a_rare_or_long_name_is_printed_and_can_be_copied(name: str) -> None:
    assert f"{name}同志：" in text_of(print_certificates([certificate(name=name)]))


def test_a_name_with_a_character_no_typeface_has_is_told_before_printing() -> None:
    with pytest.raises(MissingCharacters) as problem:
        print_certificates([certificate(name="方\ue123禾")])
    assert problem.value.characters == "\ue123"


def test_a_long_reason_is_set_smaller_and_a_longer_one_is_refused() -> None:
    def size(reason: str) -> float:
        with opened(print_certificates([certificate(reason=reason)])) as document:
            return max(char["size"] for char in document.pages[0].search("特发此证")[0]["chars"])

    longest = ("带动邻里二十余人加入志愿队伍，" * 11)[:148]
    assert size("热心公益") == pytest.approx(21, abs=0.01)
    assert size(LONG_REASON) == pytest.approx(18.5, abs=0.01)
    assert size(longest) == pytest.approx(17, abs=0.01)
    with pytest.raises(TextTooLong) as problem:
        print_certificates([certificate(reason=longest * 2)])
    assert problem.value.field == "reason"


def test_a_title_of_three_lines_keeps_its_size_and_one_page() -> None:
    subject = "关于桥机嘉园2026年冬季电动自行车集中充电和楼道杂物清理、消防通道畅通有关安排的通知"
    with opened(print_notice(notice(subject=public(subject)))) as document:
        assert len(document.pages) == 1
        big = [
            char for char in document.pages[0].chars if char["size"] == pytest.approx(32, abs=0.01)
        ]
        text = "".join(char["text"] for char in big)
    assert text == subject
    assert len({round(char["top"]) for char in big}) == 3


def test_a_notice_is_black_with_large_letters_phone_and_date() -> None:
    with opened(print_notice(notice())) as document:
        page = document.pages[0]
        assert all(set(char["non_stroking_color"]) == {0} for char in page.chars)
        assert page.search("各位邻居")[0]["chars"][0]["size"] >= 19.99
        assert page.search("清洗水箱，临时")[0]["chars"][0]["size"] >= 31.99
        assert page.search("100 0000 0001")[0]["chars"][0]["size"] >= 40
        assert page.search(spaced("9月22日"))[0]["chars"][0]["size"] >= 32


def test_a_notice_too_long_for_one_page_is_refused() -> None:
    with pytest.raises(TextTooLong) as problem:
        print_notice(notice(matter=public("请各位邻居互相转告，做好准备。" * 30)))
    assert problem.value.field == "matter"
    with pytest.raises(TextTooLong) as problem:
        print_notice(notice(subject=public("关于清洗水箱的通知" * 8)))
    assert problem.value.field == "subject"


def test_a_hundred_certificates_store_the_border_once() -> None:
    one = len(print_certificates([certificate()]))
    ten = print_certificates([certificate(serial=f"荣字〔2026〕第{n:04}号") for n in range(10)])
    with opened(ten) as document:
        assert len(document.pages) == 10
    assert len(ten) < one + 9 * 3000


def test_markup_in_a_persons_words_is_printed_as_they_wrote_it() -> None:
    text = text_of(print_certificates([certificate(reason="获奖作品<b>&《家》</b>")]))
    assert "<b>&《家》</b>" in text


def test_frozen_contents_come_back_from_json_unchanged() -> None:
    assert CertificateContent.from_json(certificate().to_json()) == certificate()
    assert NoticeContent.from_json(notice().to_json()) == notice()
    assert NoticeContent.from_json(notice(after=None).to_json()).after is None


def test_a_notice_takes_only_public_text() -> None:
    for field in ("subject", "matter", "after", "addressees", "issuer", "phone_label"):
        with pytest.raises(PaperContentError) as problem:
            notice(**{field: "祝婆婆，2栋1单元301"})
        assert problem.value.field == field


def test_a_paper_refuses_empty_fields_and_control_characters() -> None:
    with pytest.raises(PaperContentError):
        certificate(name=" ")
    with pytest.raises(PaperContentError):
        certificate(reason="热心\x00公益")
    assert certificate(honour="").sentence == REASON + "。"


def test_in_black_a_certificate_keeps_every_word_and_loses_every_colour() -> None:
    coloured, black = (
        print_certificates([certificate()]),
        print_certificates([certificate()], Manner(black=True)),
    )
    assert text_of(coloured) == text_of(black)
    for pdf, has_colour in ((coloured, True), (black, False)):
        picture = Image.open(io.BytesIO(render_png(pdf, 400))).convert("RGB")
        red, _green, blue = picture.split()
        spread = ImageChops.difference(red, blue).getextrema()[1]
        assert (spread > 40) == has_colour
