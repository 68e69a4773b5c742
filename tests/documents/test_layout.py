"""Papers are set like print: lines, pages, tables, margins, the room for the seal."""

import io
import re
from dataclasses import replace
from datetime import date
from math import hypot

import pdfplumber
import pypdfium2
import pytest
from PIL import Image, ImageChops

from core.certificate import draw_certificate
from core.lettering import em, in_groups
from core.papers import Seal, chinese_date
from core.pdf import render_long_png, render_png
from core.photos import photo_folder, thumbnail_name
from core.press import print_drawn
from core.prints.appointment import draw_appointment
from core.prints.formal import AREA, BODY, draw_minutes, draw_text
from core.prints.forms import draw_sign_in
from core.prints.growth import draw_growth
from core.prints.posted import draw_notice, draw_public_notice, draw_reminder
from core.prints.report import draw_report
from core.prints.statement import draw_statement
from core.prints.wishes import draw_wish_wall
from core.typeset import TextTooLong
from tests.documents.contents import certificate, notice, public, spaced
from tests.documents.posted_samples import public_notice, reminder, wall, wishes
from tests.documents.samples import (
    PAPERS,
    appointment,
    growth,
    letter,
    minutes,
    report,
    sign_in,
    statement,
)

MM = 72 / 25.4
SENTENCE = "为保证饮水卫生，物业将清洗水箱；“期间停水”，给您带来不便（敬请谅解）。"
FORBIDDEN_STARTS = "，。、；：！？》）”’」』】〉〕"
FORBIDDEN_ENDS = "《（“‘「『【〈〔"


def pages_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_bounded() for page in document]


def lines_on(pdf: bytes, page: int = 0) -> list[dict]:
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        return opened.pages[page].extract_text_lines()


@pytest.mark.parametrize("name", PAPERS)
def test_a_one_page_paper_weighs_at_most_150_kilobytes(name: str) -> None:
    pdf = PAPERS[name]()
    assert len(pdf) <= 150 * 1024 * len(pages_of(pdf))


@pytest.mark.parametrize("name", PAPERS)
def test_no_word_stands_where_a_printer_does_not_reach(name: str) -> None:
    with pdfplumber.open(io.BytesIO(PAPERS[name]())) as document:
        for page in document.pages:
            for char in page.chars:
                assert min(char["x0"], page.width - char["x1"]) > 4.5 * MM
                assert min(char["top"], page.height - char["bottom"]) > 4.5 * MM


def test_a_formal_page_holds_22_lines_of_28_characters() -> None:
    assert round(em(AREA.width, BODY.size)) == 28
    assert int(AREA.height / BODY.pitch + 0.01) == 22
    full = "一" * 28
    long = letter(body=(full * 80,), salute=False, addressee="")
    lines = [
        line for line in lines_on(print_drawn([long], draw_text), 1) if set(line["text"]) == {"一"}
    ]
    assert len(lines) == 22
    assert {len(line["text"]) for line in lines} == {28}


def test_no_line_begins_or_ends_with_a_mark_that_may_not_stand_there() -> None:
    pdf = print_drawn([letter(body=(SENTENCE * 12, SENTENCE[3:] * 9))], draw_text)
    for page in range(len(pages_of(pdf))):
        for line in lines_on(pdf, page):
            text = line["text"].strip()
            assert text[0] not in FORBIDDEN_STARTS
            assert text[-1] not in FORBIDDEN_ENDS


def test_a_heading_is_never_the_last_line_of_a_page() -> None:
    for filler in range(14, 22):
        body = ("一" * 26, *("第二段话。",) * filler, "二、又一个小标题", "小标题下面的话。")
        for page in pages_of(print_drawn([letter(body=body)], draw_text)):
            lines = [line for line in page.splitlines() if line.strip() and "—" not in line]
            assert "又一个小标题" not in [line for line in lines if "演示" not in line][-1]


@pytest.mark.parametrize("rows", [0, 1, 2, 40, 300])
def test_a_list_of_any_length_repeats_its_heads_and_keeps_two_rows_together(rows: int) -> None:
    pages = pages_of(print_drawn([statement(rows)], draw_statement))
    with_rows = [page for page in pages if "保洁服务队" in page]
    assert all("序号" in page for page in with_rows)
    assert sum(page.count("保洁服务队") for page in pages) == rows
    if rows > 2:
        assert all(page.count("保洁服务队") >= 2 for page in with_rows)


@pytest.mark.parametrize("filler", range(10, 24))
def test_the_signature_is_never_alone_on_a_page(filler: int) -> None:
    pages = pages_of(print_drawn([letter(body=("一段话。",) * filler)], draw_text))
    signed = next(page for page in pages if "盖章" in page)
    assert "敬礼" in signed
    decided = minutes(decisions=("议定一件事。",) * filler)
    signed = next(page for page in pages_of(print_drawn([decided], draw_minutes)) if "盖章" in page)
    assert "物业公司" in signed


def test_a_public_notice_of_a_few_rows_keeps_to_one_page() -> None:
    for rows in (0, 1, 7):
        assert len(pages_of(print_drawn([public_notice(rows)], draw_public_notice))) == 1


@pytest.mark.parametrize("rows", [0, 1, 7, 40])
def test_a_public_notice_carries_its_foot_on_every_page(rows: int) -> None:
    for page in pages_of(print_drawn([public_notice(rows)], draw_public_notice)):
        assert "撕除日期" in page
        assert "100 0000 0001" in page


@pytest.mark.parametrize("phone", ["10000000001", "100 0000 0001", "010-0000 0000-0001"])
def test_the_phone_of_a_sheet_keeps_clear_of_the_day_it_comes_down(phone: str) -> None:
    pdf = print_drawn(
        [public_notice(remove_on=date(2026, 12, 25), phone=phone)], draw_public_notice
    )
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        page = document.pages[0]
        shown, day = page.search(re.escape(in_groups(phone)))[-1], page.search("撕除日期")[-1]
        box = max(page.rects, key=lambda rect: rect["height"])
        assert shown["x1"] + 4 * MM < box["x0"] < day["x0"]


def test_a_sign_in_sheet_has_blank_rows_however_many_signed_up() -> None:
    for count in (0, 1, 16, 40):
        people = tuple((f"居民{number}", "爱心服务队", False) for number in range(count))
        text = "".join(pages_of(print_drawn([sign_in(people=people)], draw_sign_in)))
        assert text.count("居民") == count
        assert str(max(17, count + 6)) in text


def test_a_long_name_in_a_narrow_cell_goes_on_in_a_second_line() -> None:
    text = "".join(pages_of(print_drawn([sign_in()], draw_sign_in)))
    assert "阿卜杜热西提·买买提依明" in "".join(text.split())


@pytest.mark.parametrize("draw,content", [(draw_statement, statement()), (draw_growth, growth()),
                                          (draw_report, report()), (draw_minutes, minutes())])  # fmt: skip
def test_filed_papers_leave_28_millimetres_for_the_holes(draw, content) -> None:
    with pdfplumber.open(io.BytesIO(print_drawn([content], draw))) as document:
        for page in document.pages:
            assert min(char["x0"] for char in page.chars) >= 27.5 * MM


SEALED = {
    "certificate": (draw_certificate, certificate()),
    "appointment": (draw_appointment, appointment()),
    "statement": (draw_statement, statement()),
    "letter": (draw_text, letter()),
    "minutes": (draw_minutes, minutes()),
    "report": (draw_report, report()),
    "growth": (draw_growth, growth()),
    "notice": (draw_notice, notice()),
    "public_notice": (draw_public_notice, public_notice()),
}


def signed_lines(pdf: bytes, issuer: str, day: str) -> tuple[list[dict], tuple[float, float]]:
    """The characters of the page that is signed, and the middle of unit and date in points."""
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        page = next(page for page in reversed(document.pages) if page.search(spaced(day)))
        unit, dated = page.search(re.escape(issuer))[-1], page.search(spaced(day))[-1]
        middle = (unit["x0"] + unit["x1"]) / 2, (unit["top"] + dated["bottom"]) / 2
        return page.chars, middle


def words_of(content: object) -> tuple[str, str]:
    issuer = content.issuer
    return getattr(issuer, "text", issuer), chinese_date(content.issued_on)


@pytest.mark.parametrize("name", SEALED)
@pytest.mark.parametrize("seal", [Seal(), Seal(38), Seal(60), Seal(60, left=30)])
def test_nothing_else_lies_where_the_seal_goes(name: str, seal: Seal) -> None:
    draw, content = SEALED[name]
    issuer, day = words_of(content)
    chars, (x, y) = signed_lines(print_drawn([replace(content, seal=seal)], draw), issuer, day)
    inside = {
        char["text"]
        for char in chars
        if hypot((char["x0"] + char["x1"]) / 2 - x, (char["top"] + char["bottom"]) / 2 - y)
        < seal.room / 2 * MM
    }
    assert inside <= set(f"{issuer}{day}（盖章）")


@pytest.mark.parametrize("name", SEALED)
def test_unit_and_date_move_to_the_left_as_far_as_asked(name: str) -> None:
    draw, content = SEALED[name]
    issuer, day = words_of(content)
    places = [
        signed_lines(print_drawn([replace(content, seal=seal)], draw), issuer, day)[1][0]
        for seal in (Seal(), Seal(left=20))
    ]
    assert (places[0] - places[1]) / MM == pytest.approx(20, abs=0.1)


@pytest.mark.parametrize("name", [name for name in SEALED if "notice" not in name])
def test_who_signs_for_the_unit_stands_between_unit_and_date(name: str) -> None:
    draw, content = SEALED[name]
    issuer, day = words_of(content)
    signed = replace(content, signatory="党支部书记　秦若川")
    with pdfplumber.open(io.BytesIO(print_drawn([signed], draw))) as document:
        page = next(page for page in reversed(document.pages) if page.search(spaced(day)))
        found = [page.search(text)[-1] for text in (re.escape(issuer), "秦若川", spaced(day))]
    assert found[0]["bottom"] <= found[1]["top"] + 2
    assert found[1]["bottom"] <= found[2]["top"] + 2


@pytest.mark.parametrize("name", [name for name in SEALED if "notice" not in name])
def test_a_unit_of_forty_characters_stays_on_the_paper_or_is_refused(name: str) -> None:
    draw, content = SEALED[name]
    unit = "武汉市安和物业服务有限公司桥机嘉园项目部和侨亚小区项目部联合党支部委员会第一小组"
    try:
        pdf = print_drawn([replace(content, issuer=unit)], draw)
    except TextTooLong:
        assert name in ("certificate", "appointment")
        return
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            assert min(char["x0"] for char in page.chars) >= 27.5 * MM
            assert max(char["x1"] for char in page.chars) <= page.width - 17 * MM


def test_titles_of_three_lines_are_set_and_longer_ones_refused() -> None:
    three = "关于桥机嘉园2026年冬季电动自行车集中充电和楼道杂物清理、消防通道畅通有关安排的通知"
    assert len(pages_of(print_drawn([letter(title=three)], draw_text))) == 1
    for draw, content in (
        (draw_text, letter(title="长" * 400)),
        (draw_statement, statement(title="长" * 400)),
        (draw_public_notice, public_notice(subject=public("长" * 400))),
        (draw_reminder, reminder(message=public("长" * 60))),
    ):
        with pytest.raises(TextTooLong):
            print_drawn([content], draw)


def test_the_wall_goes_on_over_as_many_sheets_as_it_takes() -> None:
    assert len(pages_of(print_drawn([wall(wishes=wishes(13))], draw_wish_wall))) == 3
    large = wall(is_large=True, wishes=wishes(13))
    assert len(pages_of(print_drawn([large], draw_wish_wall))) == 2


def test_a_deleted_photo_leaves_its_frame(app) -> None:
    pdf = print_drawn([report(photos=["gone.jpg"])], draw_report)
    assert "照片已删" in "".join(pages_of(pdf))


@pytest.mark.parametrize(
    ("size", "kind"),
    [((1601, 40), "JPEG"), ((40, 40), "PNG"), ((20_000, 20_000), "JPEG"), (None, "")],
)
def test_a_file_in_the_place_of_a_photo_that_is_no_small_jpeg_leaves_its_frame(
    app, size: tuple[int, int] | None, kind: str
) -> None:
    path = photo_folder() / thumbnail_name("odd.jpg")
    path.parent.mkdir(parents=True, exist_ok=True)
    if size:
        Image.new("L", size).save(path, kind)
    else:
        path.write_bytes(b"<html>")
    pdf = print_drawn([report(photos=["odd.jpg"])], draw_report)
    assert "照片打不开" in "".join(pages_of(pdf))
    assert len(pdf) < 150_000


@pytest.mark.parametrize("rows,pages,note", [(12, 1, False), (60, 3, False), (300, 6, True)])
def test_a_picture_of_a_long_paper_has_its_pages_below_one_another(
    rows: int, pages: int, note: bool
) -> None:
    pdf = print_drawn([statement(rows)], draw_statement)
    long = Image.open(io.BytesIO(render_long_png(pdf)))
    one = Image.open(io.BytesIO(render_png(pdf)))
    assert long.width == 1080
    assert long.height == pages * one.height + note * 120
    assert ImageChops.difference(long.crop((0, 0, *one.size)), one.convert("RGB")).getbbox() is None
    foot = long.crop((0, long.height - 120, 1080, long.height)).convert("L")
    assert not note or foot.getextrema() == (0, 255)
