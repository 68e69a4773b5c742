"""What a paper will look like beside its form and its settings: every kind, nothing stored."""

import re
from html import unescape
from typing import Any

import pytest
from flask import Flask

from blueprints.documents.kinds import KINDS
from blueprints.documents.known_names import names_at_hand
from blueprints.documents.models import Document
from blueprints.documents.paper_settings import usual_pattern
from blueprints.documents.queries import names_that_may_occur
from blueprints.households.models import Resident
from core.clock import today
from core.db import db
from core.public_scan import scan_public_text
from core.settings import change_setting
from tests import factories
from tests.documents.conftest import words_in
from tests.documents.test_kinds import TYPED, something_to_write_about  # noqa: F401 - a fixture

FRAGMENT = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture(autouse=True)
def every_kind_is_offered(app: Flask) -> None:
    change_setting("issuer_type", "committee")
    db.session.commit()


def lines_of(page: str) -> list[str]:
    """The lines drawn on the sample, in order; empty when there is none."""
    sample = page.split('id="sample"')[1]
    return [unescape(text) for text in re.findall(r"<text[^>]*>([^<]*)</text>", sample)]


def settings_typed(kind: str, **words: str) -> dict[str, str]:
    usual = {"pattern": usual_pattern(kind), "next_number": "1", "seal": "45", "seal_left": "0"}
    return usual | {"preview": "1", "version": ""} | words


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_form_shows_a_whole_paper_of_examples(secretary: Any, kind: str) -> None:
    assert len(lines_of(secretary.get(f"/documents/new/{kind}").text)) > 5


@pytest.mark.parametrize("kind", TYPED)
def test_the_sample_says_what_the_paper_will_say(secretary: Any, issued: Any, kind: str) -> None:
    page = secretary.send(f"/documents/new/{kind}", TYPED[kind] | {"preview": "1"})
    assert page.status_code == 200
    assert db.session.scalar(db.select(Document.id)) is None
    answer = secretary.send(f"/documents/new/{kind}", TYPED[kind])
    paper = issued(db.session.get_one(Document, int(answer.location.rsplit("/", 1)[1])))
    printed = words_in(secretary.get(f"/documents/{paper.id}.pdf").data)
    given = ("签发时给号", "草稿")
    missing = [
        line
        for line in lines_of(page.text)
        if "".join(line.split()) not in printed and not any(word in line for word in given)
    ]
    assert missing == []


def test_a_fragment_is_the_sample_alone_and_scripts_are_not_needed(secretary: Any) -> None:
    typed = TYPED["notice"] | {"preview": "1"}
    fragment = secretary.send("/documents/new/notice", typed, headers=FRAGMENT).text
    assert fragment.lstrip().startswith('<div id="sample"')
    assert "示3栋清洗水箱" in "".join(lines_of(fragment))
    page = secretary.send("/documents/new/notice", typed | {"matter": ""})
    assert page.status_code == 200
    assert "示3栋清洗水箱，临时停水" in page.text
    assert "没有保存" not in page.text
    assert 'name="preview"' in page.text


def test_what_must_not_be_public_is_told_while_it_is_typed(secretary: Any) -> None:
    typed = TYPED["notice"] | {"preview": "1", "matter": "请找示2栋1单元1203室"}
    sample = secretary.send("/documents/new/notice", typed, headers=FRAGMENT).text
    assert "<svg" not in sample
    assert "贴出去的纸上不能有：门牌" in sample


def test_a_character_that_no_font_has_is_told_while_it_is_typed(secretary: Any) -> None:
    typed = TYPED["appointment"] | {"preview": "1", "name": "方\ue123禾"}
    sample = secretary.send("/documents/new/appointment", typed, headers=FRAGMENT).text
    assert "姓名：字库里没有" in sample


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_settings_that_show_what_they_do(secretary: Any, kind: str) -> None:
    path = f"/documents/settings/{kind}"
    page = secretary.get(path).text
    assert len(lines_of(page)) > 5
    issuer = {"issuer": "桥机嘉园党支部"}
    sample = secretary.send(path, settings_typed(kind, **issuer), headers=FRAGMENT).text
    assert "桥机嘉园党支部" in "".join(lines_of(sample))
    assert "桥机嘉园党支部" not in secretary.get(path).text


@pytest.mark.parametrize("kind", [code for code, kind in KINDS.items() if kind.has("signatory")])
def test_who_signs_is_a_setting_of_each_kind_that_is_signed(
    secretary: Any, issued: Any, kind: str
) -> None:
    path = f"/documents/settings/{kind}"
    version = re.search(r'name="version" value="(\w+)"', secretary.get(path).text)[1]
    words = {"signatory": "党支部书记　秦若川", "version": version}
    form = {name: word for name, word in settings_typed(kind, **words).items() if name != "preview"}
    assert secretary.send(path, form).status_code == 303
    assert "党支部书记　秦若川" in lines_of(secretary.get(f"/documents/new/{kind}").text)


def test_no_name_of_a_colleague_is_a_setting_of_what_hangs_in_public(secretary: Any) -> None:
    for code, kind in KINDS.items():
        assert not (kind.is_public and kind.has("signatory"))
        assert ('name="signatory"' in secretary.get(f"/documents/settings/{code}").text) == (
            kind.has("signatory")
        )


def test_the_room_for_the_seal_moves_unit_and_date(secretary: Any) -> None:
    def place(**words: str) -> float:
        typed = settings_typed("thanks", issuer="安和物业", **words)
        sample = secretary.send("/documents/settings/thanks", typed, headers=FRAGMENT).text
        places = re.search(r'<text x="([\d.]+)[^>]*y="([\d.]+)[^>]*>安和物业</text>', sample)
        return float(places[1]), float(places[2])

    usual, wide, moved = place(), place(seal="60"), place(seal_left="30")
    assert wide[1] - usual[1] == pytest.approx(7.5, abs=0.1)
    assert usual[0] - moved[0] == pytest.approx(30, abs=0.1)


@pytest.mark.parametrize(("field", "wrong"), [("seal", "90"), ("seal", "x"), ("seal_left", "-3")])
def test_a_measure_that_no_paper_has_is_refused(secretary: Any, field: str, wrong: str) -> None:
    form = settings_typed("thanks", **{field: wrong})
    del form["preview"]
    assert secretary.send("/documents/settings/thanks", form).status_code == 422
    assert "<svg" in secretary.send("/documents/settings/thanks", form | {"preview": "1"}).text


def test_a_wording_is_where_a_new_paper_begins_with_its_names_filled_in(secretary: Any) -> None:
    change_setting("duty_phone", "100 8888 0000")
    change_setting(
        "paper_settings",
        {
            "notice": {"words": {"after": "{年}年{月}月起，有事打{值班电话}。"}},
            "thanks": {"words": {"body": "{姓名}：\n谢谢您服务{时长}。"}},
        },
    )
    db.session.commit()
    page = secretary.get("/documents/new/notice").text
    assert f"{today().year}年{today().month}月起，有事打100 8888 0000。" in page
    typed = TYPED["thanks"] | {"body": "{姓名}：\n谢谢您服务{时长}。"}
    refused = secretary.send("/documents/new/thanks", typed)
    assert refused.status_code == 422
    assert "“{时长}”没有可填的" in refused.text
    answer = secretary.send("/documents/new/thanks", typed | {"body": "{姓名}：\n谢谢您。"})
    draft = db.session.get_one(Document, int(answer.location.rsplit("/", 1)[1]))
    assert draft.content["body"] == ["爱心服务队：", "谢谢您。"]


def test_a_name_that_a_kind_does_not_know_is_refused_in_its_wording(secretary: Any) -> None:
    form = settings_typed("notice", after="{姓名}您好")
    del form["preview"]
    answer = secretary.send("/documents/settings/notice", form)
    assert answer.status_code == 422
    assert "不认识“姓名”" in answer.text


def test_an_example_is_nobody_here(secretary: Any) -> None:
    """A neighbour who is called like the example does not stop a public sample."""
    factories.volunteer("王小明")
    for kind in KINDS:
        assert "<svg" in secretary.get(f"/documents/settings/{kind}").text, kind


def test_a_question_that_comes_in_after_its_form_is_answered(secretary: Any) -> None:
    typed = TYPED["notice"] | {"submission_id": "a-form-that-was-sent-1"}
    assert secretary.send("/documents/new/notice", typed).status_code == 303
    asked = typed | {"preview": "1", "subject": "另一个标题"}
    page = secretary.send("/documents/new/notice", asked, headers=FRAGMENT)
    assert page.status_code == 200
    assert "另一个标题" in "".join(lines_of(page.text))
    again = secretary.send("/documents/new/notice", typed)
    assert again.status_code == 303
    assert db.session.scalar(db.select(db.func.count(Document.id))) == 1


def elsewhere() -> Any:
    return factories.room(factories.building(factories.estate("侨亚小区")))


def test_a_name_registered_or_changed_just_now_is_found_by_the_next_preview(
    secretary: Any,
) -> None:
    typed = TYPED["notice"] | {"preview": "1", "matter": "请找祝秀英或者欧阳明月。"}
    assert "<svg" in secretary.send("/documents/new/notice", typed, headers=FRAGMENT).text
    home = factories.household(elsewhere(), name="祝秀英")
    first = secretary.send("/documents/new/notice", typed, headers=FRAGMENT).text
    assert "不能有：姓名" in first
    person = db.session.scalar(db.select(Resident).where(Resident.household_id == home.id))
    person.name = "别的人"
    db.session.commit()
    assert "<svg" in secretary.send("/documents/new/notice", typed, headers=FRAGMENT).text
    person.name = "欧阳明月"
    db.session.commit()
    assert "<svg" not in secretary.send("/documents/new/notice", typed, headers=FRAGMENT).text


@pytest.mark.parametrize(
    "said", ["祝婆婆", "祝秀英", "祝 秀英", "祝·秀·英", "方曉禾", "陳國華", "陈国华", "秦若川"]
)
def test_a_preview_finds_the_names_that_issuing_finds(secretary: Any, said: str) -> None:
    home = factories.household(elsewhere(), name="祝秀英")
    factories.resident(home, "祝秀兰", honorific="婆婆")
    factories.volunteer("方晓禾")
    factories.volunteer("陳國華" if said == "陈国华" else "陈国华")
    text = f"大家都去谢谢{said}，请转告。"
    at_hand, asked = names_at_hand([text]), names_that_may_occur([text])
    assert scan_public_text(text, at_hand) == scan_public_text(text, asked) != []
