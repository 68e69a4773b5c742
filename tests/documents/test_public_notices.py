"""What hangs in a stairwell gives nobody away."""

from typing import Any

import pytest
from flask import Flask

from blueprints.documents.contents import LABELS
from blueprints.documents.models import IssuedFile
from blueprints.documents.readiness import problems_of
from core.db import db
from core.public_scan import Finding
from core.settings import change_setting
from tests import factories
from tests.documents.conftest import stored, words_in
from tests.documents.drafts import NOTICE, notice_draft
from tests.documents.test_kinds import TYPED as TYPED_KINDS

TYPED = ("subject", "addressees", "matter", "time", "place", "scope", "prepare", "after", "issuer")


@pytest.fixture
def known(qin: Any) -> None:
    """A database full of people: 祝秀英, whom all call 祝婆婆, in 1203; a volunteer; a colleague."""
    room = factories.room(factories.building(factories.estate()), number="1203")
    home = factories.household(room, name="祝 秀英", phone="10077776666")
    factories.head(home).honorific = "婆婆"
    factories.resident(home, "陈国华")
    factories.resident(home, "張偉")
    factories.volunteer("欧阳守信").phone = "100 5555 4444"
    db.session.commit()


CANARIES = [
    ("祝秀英", "姓名"),
    ("祝 秀 英", "姓名"),
    ("祝婆婆", "姓名"),
    ("欧阳守信", "姓名"),
    ("秦若川", "姓名"),
    ("10077776666", "电话"),
    ("１００-7777-6666", "电话"),
    ("42010119480305123X", "证件号"),
    ("示2栋1单元1203室", "门牌"),
    ("住1203的", "门牌"),
    ("住１２０３的", "门牌"),
    ("独居老人", "病情或难处"),
    ("78岁", "年龄"),
    # As Taiwan and Hong Kong write, in Chinese digits, with marks in between.
    ("祝（秀英）", "姓名"),
    ("陳國華", "姓名"),
    ("陈国华", "姓名"),
    ("張偉", "姓名"),
    ("歐陽守信", "姓名"),
    ("獨居老人", "病情或难处"),
    ("坐轮椅的邻居", "病情或难处"),
    ("八旬老人", "年龄"),
    ("3棟2單元", "门牌"),
    ("三樓", "楼层"),
    ("帮帮一二零三的老人", "门牌"),
    ("帮帮12\u200b03的老人", "门牌"),
]


@pytest.mark.parametrize(("canary", "kind"), CANARIES)
def test_a_private_word_stops_the_issuing_and_is_marked(
    secretary: Any, qin: Any, known: None, canary: str, kind: str
) -> None:
    draft = notice_draft(qin, matter=f"关于{canary}的事")
    answer = secretary.send(f"/documents/{draft.id}/issue")
    assert answer.status_code == 422
    assert stored(draft).state == "draft"
    assert "<mark>" in answer.text
    assert f"（{kind}）" in answer.text


@pytest.mark.parametrize("field", TYPED)
def test_no_field_of_a_notice_lets_a_private_word_through(
    qin: Any, known: None, field: str
) -> None:
    for canary, _kind in CANARIES:
        (problem,) = problems_of(notice_draft(qin, **{field: f"关于{canary}的事"}))
        assert problem.label == LABELS[field], canary


def test_the_page_marks_the_place_and_keeps_the_draft(
    secretary: Any, qin: Any, known: None
) -> None:
    draft = notice_draft(qin, matter="请祝婆婆开门")
    page = secretary.send(f"/documents/{draft.id}/issue").text
    assert "请<mark>祝婆婆" in page
    assert "草稿还在" in page
    assert stored(draft).content["matter"] == "请祝婆婆开门"


def test_issued_notices_hold_none_of_the_databases_secrets(
    secretary: Any, qin: Any, known: None, issued: Any
) -> None:
    paper = issued(notice_draft(qin))
    text = words_in(secretary.get(f"/documents/{paper.id}.pdf").data)
    for canary, _kind in CANARIES:
        assert "".join(canary.split()) not in text
    assert "示3栋清洗水箱" in text


@pytest.mark.parametrize(
    "words",
    [
        {"phone": "100 8888 0000", "matter": "有事打100-8888-0000。"},
        {"time": "2026年11月23日8:30至17:00", "matter": "共500户，停水120分钟，费用1203元。"},
        {"scope": "示2栋全部住户", "place": "3楼会议室"},
    ],
)
def test_duty_phone_times_counts_and_buildings_may_hang(
    qin: Any, known: None, issued: Any, words: dict[str, str]
) -> None:
    change_setting("duty_phone", "100 8888 0000")
    db.session.commit()
    assert issued(notice_draft(qin, **words)).state == "issued"


@pytest.mark.parametrize("phone", ["100 7777 6666", "10055554444"])
def test_nobodys_own_phone_is_printed_large(
    secretary: Any, qin: Any, known: None, phone: str
) -> None:
    draft = notice_draft(qin, phone=phone)
    answer = secretary.send(f"/documents/{draft.id}/issue")
    assert answer.status_code == 422
    assert "居民或志愿者的电话" in answer.text


@pytest.mark.parametrize("phone", ["12345", "110"])
def test_a_hotline_large_on_the_sheet_lets_no_other_number_through(
    secretary: Any, qin: Any, phone: str
) -> None:
    draft = notice_draft(qin, phone=phone, matter="有事请打13812345678找他")
    assert secretary.send(f"/documents/{draft.id}/issue").status_code == 422
    assert problems_of(notice_draft(qin, phone=phone, matter="有事请打12345或110")) == []


def test_a_number_over_two_cells_of_a_table_is_found(secretary: Any, qin: Any) -> None:
    typed = TYPED_KINDS["public_notice"]
    for row in ("电动车｜13812｜345678", "1｜138｜1234｜5678"):
        entries = f"一｜二｜三｜四\n{row}"
        draft = secretary.send("/documents/new/public_notice", typed | {"entries": entries})
        answer = secretary.send(f"{draft.location}/issue")
        assert answer.status_code == 422
        assert "一长串号码" in answer.text
    counted = "事项｜数量｜单价｜金额\n换灯泡｜120｜150｜18000\n修门禁｜3｜800｜2400"
    draft = secretary.send("/documents/new/public_notice", typed | {"entries": counted})
    assert secretary.send(f"{draft.location}/issue").status_code == 303


def test_what_is_harmless_only_beside_its_neighbour_is_marked_too(secretary: Any) -> None:
    typed = TYPED_KINDS["public_notice"] | {"entries": "从｜到\n地下｜2层"}
    draft = secretary.send("/documents/new/public_notice", typed)
    answer = secretary.send(f"{draft.location}/issue")
    assert answer.status_code == 422
    assert "（楼层）" in answer.text


def test_a_volunteer_whose_phone_is_the_duty_phone_changes_nothing(
    qin: Any, known: None, issued: Any
) -> None:
    change_setting("duty_phone", "100 5555 4444")
    db.session.commit()
    assert issued(notice_draft(qin, phone="10055554444")).state == "issued"


def test_somebody_who_moves_in_later_does_not_unmake_an_issued_notice(
    secretary: Any, qin: Any, issued: Any
) -> None:
    paper = issued(notice_draft(qin))
    factories.household(name=NOTICE["prepare"])
    assert secretary.get(f"/documents/{paper.id}.pdf").status_code == 200


def test_a_notice_from_before_a_stricter_rule_keeps_its_page_and_its_file(
    app: Flask, monkeypatch: Any, secretary: Any, qin: Any, issued: Any
) -> None:
    page = f"/documents/{issued(notice_draft(qin)).id}"
    kept = secretary.get(f"{page}.pdf").data
    stricter = [Finding(0, 2, "care", "停水")]
    monkeypatch.setattr("core.privacy.scan_public_text", lambda *_words: stricter)
    assert secretary.get(page).status_code == 200
    assert secretary.get(f"{page}.pdf").data == kept
    db.session.execute(db.text("DROP TRIGGER issued_file_no_delete"))
    db.session.execute(db.delete(IssuedFile))
    db.session.commit()
    refused = secretary.get(f"{page}.pdf")
    assert refused.status_code == 409
    assert "请作废，改好重发" in refused.text
