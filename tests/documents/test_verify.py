"""Anybody may ask whether a paper is real, and learns nothing else."""

import re
from typing import Any

from tests.documents.drafts import certificate_draft


def test_anybody_sees_number_kind_date_masked_name_and_validity(
    browser: Any, qin: Any, issued: Any, set_clock: Any
) -> None:
    paper = issued(certificate_draft(qin, name="欧阳守信", reason="常年义务修车"))
    answer = browser().get(f"/verify/{paper.code}")
    assert answer.status_code == 200
    page = answer.text
    for shown in (paper.serial, "荣誉证书", "欧阳**", "有效"):
        assert shown in page
    for hidden in ("守信", "义务修车", "秦若川", "安和物业", "年度优秀志愿者"):
        assert hidden not in page


def test_a_void_paper_says_so_without_the_reason(
    browser: Any, secretary: Any, qin: Any, issued: Any
) -> None:
    paper = issued(certificate_draft(qin))
    secretary.send(f"/documents/{paper.id}/void", {"reason": "名字写错"})
    page = browser().get(f"/verify/{paper.code}").text
    assert "已作废" in page
    assert "名字写错" not in page


def test_a_draft_has_no_code_and_an_unknown_one_is_not_found(browser: Any, qin: Any) -> None:
    certificate_draft(qin)
    answer = browser().get("/verify/ABCDEF")
    assert answer.status_code == 404
    assert "没有这个核验码" in answer.text


def test_a_code_may_be_typed_in_small_letters_with_spaces_or_scanned(
    browser: Any, qin: Any, issued: Any
) -> None:
    code = issued(certificate_draft(qin)).code
    visitor = browser()
    typed = f" {code[:3].lower()} {code[3:].lower()} "
    answer = visitor.get("/verify", query_string={"code": typed}, follow_redirects=True)
    assert "有效" in answer.text
    assert visitor.get(f"/VERIFY/{code}").status_code == 200


def test_codes_hold_no_letter_that_is_read_for_a_digit(qin: Any, issued: Any) -> None:
    codes = [issued(certificate_draft(qin)).code for _turn in range(5)]
    assert all(re.fullmatch("[A-HJ-NP-Z2-9]{6}", code) for code in codes)
    assert len(set(codes)) == 5


def test_guessing_is_slowed_down_by_address_and_ends(
    browser: Any, qin: Any, issued: Any, set_clock: Any
) -> None:
    code = issued(certificate_draft(qin)).code
    guesser = browser()
    set_clock(2026, 11, 22, 10, 0)
    for _turn in range(20):
        assert guesser.get("/verify/ABCDEF").status_code == 404
    assert guesser.get(f"/verify/{code}").status_code == 429
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    assert guesser.get(f"/verify/{code}", environ_overrides=elsewhere).status_code == 200
    set_clock(2026, 11, 22, 10, 11)
    assert guesser.get(f"/verify/{code}").status_code == 200


def test_a_public_address_is_printed_instead_of_the_one_worked_at(qin: Any, issued: Any) -> None:
    from core.db import db
    from core.settings import change_setting

    change_setting("public_address", "https://linli.example/")
    db.session.commit()
    paper = issued(certificate_draft(qin))
    assert paper.content["verify_url"] == f"https://linli.example/verify/{paper.code}"
