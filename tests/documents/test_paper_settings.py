"""What a company changes of its papers: numbers, wording, who signs; seen before it is saved."""

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from blueprints.documents.models import Document
from blueprints.documents.paper_settings import filled, serial_by, unknown_names
from core.clock import today
from core.db import db
from tests import factories
from tests.documents.conftest import stored, words_in
from tests.documents.drafts import certificate_draft

PATH = "/documents/settings/certificate"
USUAL = {"pattern": "荣字〔{年}〕第{号}号", "next_number": "1", "seal": "45", "seal_left": "0"}


def version(page: str) -> str:
    return page.split('name="version" value="')[1].split('"')[0]


def change(secretary: Any, **words: Any) -> Any:
    form = USUAL | words | {"version": version(secretary.get(PATH).text)}
    return secretary.send(PATH, form)


def test_the_next_paper_has_the_new_pattern_and_earlier_ones_keep_theirs(
    secretary: Any, qin: Any, issued: Any
) -> None:
    old = issued(certificate_draft(qin))
    assert change(secretary, pattern="安和荣〔{年}〕{号3}", next_number="2").status_code == 303
    new = issued(certificate_draft(qin))
    assert new.serial == f"安和荣〔{today().year}〕002"
    assert stored(old).serial == f"荣字〔{today().year}〕第0001号"
    page = secretary.get("/documents/settings").text
    assert f"安和荣〔{today().year}〕003" in page


def test_numbers_go_on_where_the_paper_register_ended_and_never_back(
    secretary: Any, qin: Any, issued: Any
) -> None:
    assert change(secretary, next_number="38").status_code == 303
    assert issued(certificate_draft(qin)).serial_number == 38
    back = change(secretary, next_number="20")
    assert back.status_code == 422
    assert "最小是39" in back.text
    assert issued(certificate_draft(qin)).serial_number == 39


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("荣字第{号}号", "要有一个{年}和一个{号}"),
        ("荣字〔{年}〕", "要有一个{年}和一个{号}"),
        ("荣{年}{号}{号}", "要有一个{年}和一个{号}"),
        ("荣{年}{号}{姓名}", "花括号里只能是年和号"),
        ("荣{年}{号.__class__}", "要有一个{年}和一个{号}"),
        ("知字〔{年}〕第{号}号", "和通知的编号一样"),
        ("荣" * 36 + "{年}{号}", "字"),
    ],
)
def test_a_pattern_that_could_not_tell_papers_apart_is_refused(
    secretary: Any, pattern: str, told: str
) -> None:
    answer = change(secretary, pattern=pattern)
    assert answer.status_code == 422
    assert told in answer.text


def test_a_wording_is_filled_in_for_each_person(secretary: Any, qin: Any, lin: Any) -> None:
    wording = "{姓名}在{年}年服务{时长}，走访{走访}户次"
    change(secretary, reason=wording, title="嘉奖令", salutation="先生", issuer="桥机嘉园党支部")
    person = factories.volunteer("林一舟", lin)
    factories.service_entry(person, lin, 90, "confirmed", qin)
    page = secretary.get(f"/documents/new/certificate?volunteer={person.id}").text
    assert f"林一舟在{today().year}年服务1小时30分钟，走访0户次" in page
    assert 'value="桥机嘉园党支部"' in page
    form = {
        "volunteer": str(person.id),
        "honour": "",
        "reason": "",
        "dated_on": today().isoformat(),
        "issuer": "桥机嘉园党支部",
    }
    assert secretary.send("/documents/new/certificate", form).status_code == 303
    draft = db.session.scalar(db.select(Document))
    text = words_in(secretary.get(f"/documents/{draft.id}.pdf").data)
    assert "嘉奖令" in text
    assert "先生" in text


def test_a_wording_holds_names_from_the_list_and_no_code(secretary: Any) -> None:
    for wording in ("{身份证}", "{姓名.__class__}", "{{ config }}", "{%", "}"):
        answer = change(secretary, reason=wording)
        assert answer.status_code == 422, wording
        assert "不认识" in answer.text
    assert change(secretary, reason="{{姓名}}").status_code == 422


@given(st.text(alphabet="{}姓名年时长走访a.", max_size=30))
def test_whatever_is_accepted_is_filled_in_completely(wording: str) -> None:
    values = {"姓名": "{年}", "年": "2026", "时长": "3小时", "走访": "4"}
    if not unknown_names(wording, tuple(values)):
        rest = filled(wording, dict.fromkeys(values, ""))
        assert "{" not in rest
        assert "}" not in rest


def test_a_name_that_looks_like_a_place_stays_a_name() -> None:
    assert filled("{姓名}在{年}", {"姓名": "{年}", "年": "2026"}) == "{年}在2026"


@given(st.integers(2020, 2099), st.integers(1, 99_999), st.integers(1, 99_999))
def test_two_numbers_never_read_alike(year: int, one: int, other: int) -> None:
    same = serial_by("荣{年}-{号}", year, one) == serial_by("荣{年}-{号}", year, other)
    assert same == (one == other)


def test_the_sample_follows_what_is_typed_and_nothing_is_saved(secretary: Any) -> None:
    form = {"title": "嘉奖令", "pattern": "甲{年}-{号}", "next_number": "1", "preview": "1"}
    page = secretary.send(PATH, form | {"version": ""}).text
    assert "嘉奖令</text>" in page
    assert f"编号：甲{today().year}-0007" in page
    assert "嘉奖令" not in secretary.get(PATH).text
    too_long = secretary.send(PATH, form | {"reason": "热心助人，" * 24, "issuer": "桥" * 40})
    assert "太长了，纸上放不下" in too_long.text


def test_two_people_do_not_overwrite_each_other(secretary: Any) -> None:
    opened = version(secretary.get(PATH).text)
    assert change(secretary, honour="先进个人").status_code == 303
    words = USUAL | {"honour": "标兵"}
    assert secretary.send(PATH, words | {"version": opened}).status_code == 409


def test_what_somebody_types_is_shown_as_text(secretary: Any) -> None:
    form = {"title": "<script>", "pattern": "甲{年}-{号}", "next_number": "1", "preview": "1"}
    assert (
        "<script>" not in secretary.send(PATH, form).text.split('id="sample"')[1].split("</div")[0]
    )


def test_certificates_in_black_use_no_colour(secretary: Any, qin: Any, issued: Any) -> None:
    def colours(paper: Document) -> set[tuple[int, int, int]]:
        picture = secretary.get(f"/documents/{paper.id}.png").data
        pixels = Image.open(io.BytesIO(picture)).convert("RGB").getcolors(1 << 24)
        return {colour for _count, colour in pixels if max(colour) - min(colour) > 40}

    assert colours(issued(certificate_draft(qin)))
    change(secretary, black="y", next_number="2")
    assert not colours(issued(certificate_draft(qin)))


def test_a_kind_can_be_kept_for_the_archive(secretary: Any, qin: Any, issued: Any) -> None:
    def for_the_archive(paper: Document) -> bool:
        return b"<pdfaid:part>2<" in secretary.get(f"/documents/{paper.id}.pdf").data

    assert not for_the_archive(issued(certificate_draft(qin)))
    assert change(secretary, archival="y", next_number="2").status_code == 303
    assert "checked" in secretary.get(PATH).text.split('name="archival"')[1].split(">")[0]
    assert for_the_archive(issued(certificate_draft(qin)))
