"""The registry of kinds: each can be written, numbered, printed and read back."""

import re
from typing import Any

import pytest
from flask import Flask

from blueprints.documents.all_forms import FORMS
from blueprints.documents.contents import frozen_content
from blueprints.documents.kinds import DOCUMENT_KINDS, KINDS
from blueprints.documents.models import Document
from blueprints.documents.paper_settings import serial_by, usual_pattern
from core.clock import today
from core.db import db
from core.settings import change_setting
from tests import factories
from tests.documents.conftest import stored, words_in

LETTER = {
    "name": "单守信",
    "post": "桥机嘉园义务质量总监",
    "starts_on": "2026-10-01",
    "ends_on": "2027-09-30",
    "duty": "每季度检查考评保洁、秩序、维修、绿化四项服务一次",
    "terms": "",
    "dated_on": "2026-09-28",
    "issuer": "安和物业",
}
_SIGNED = {"dated_on": "2026-09-28", "issuer": "安和物业"}
_HANGS = _SIGNED | {
    "phone_label": "24小时值班电话",
    "phone": "100 8888 0000",
    "remove_on": "2026-10-05",
}
# What is typed for each kind, to draft and issue it.
TYPED: dict[str, dict[str, Any]] = {
    "appointment": LETTER,
    "thanks": _SIGNED | {"addressee": "爱心服务队", "body": "你们连续三周上门打扫。\n谢谢你们。"},
    "statement": _SIGNED
    | {
        "volunteer": "1",
        "starts_on": "2026-01-01",
        "ends_on": "2026-12-31",
        "contact": "秦若川",
        "phone": "100 8888 0000",
    },
    "notice": _HANGS
    | {"subject": "示3栋清洗水箱，临时停水", "addressees": "各位邻居", "matter": "期间停水。"},
    "public_notice": _HANGS
    | {
        "subject": "第三季度微心愿办理情况",
        "matter": "以下心愿由邻居自愿认领，现予公示。",
        "entries": "编号｜心愿｜进展\n2026-010｜换一个水龙头｜已实现\n2026-011｜老花镜一副｜进行中",
        "shown_from": "2026-09-28",
        "shown_until": "2026-10-04",
        "objections": "党群驿站意见箱，或打下方电话",
    },
    "reminder": _HANGS
    | {"message": "电动自行车｜请到车棚充电", "details": "不进楼道　不飞线", "picture": "1"},
    "wish_wall": _HANGS
    | {"wishes": ["2026-001"], "is_large": "False", "slogan": "每个小小的心愿，都在等一位好邻居"},
    "claim_cards": _HANGS | {"wishes": ["2026-001"]},
    "plan": _SIGNED | {"title": "中秋晚会方案", "body": "一、时间和地点\n9月25日，党群驿站。"},
    "summary": _SIGNED | {"title": "中秋晚会小结", "body": "来了八十多人。"},
    "minutes": _SIGNED
    | {
        "title": "桥机嘉园第三季度三方联动会议纪要",
        "held": "2026年9月28日下午",
        "place": "党群驿站",
        "chair": "秦若川",
        "present": "社区、业委会、物业公司各3人",
        "reports": "（一）物业公司通报\n第三季度收到小问题41件。",
        "opinions": "",
        "decisions": "更换窨井盖。",
        "tasks": "序号｜事项｜谁来办｜哪天前\n1｜更换窨井盖｜物业公司｜10月12日",
    },
    "report": _SIGNED
    | {
        "month": today().replace(day=1).isoformat(),
        "title": "“红色物业”工作月报",
        "summary": "本月围绕中秋开展服务。",
        "next_month": "冬至包饺子。",
    },
    "growth": _SIGNED
    | {
        "student": "3",
        "starts_on": f"{today().year}-01-01",
        "ends_on": f"{today().year}-12-31",
        "started": "2026年7月",
        "mentors": "沈怀谷、陆映川",
        "reflections": "学会了先听再说。",
        "comments": "踏实。",
    },
}


@pytest.fixture(autouse=True)
def something_to_write_about(qin: Any, gu: Any, lin: Any) -> None:
    """A wish on the wall, a volunteer with an hour and a half, and 林一舟, the third account."""
    home = factories.household(factories.room(factories.building(factories.estate())))
    factories.wish(
        home, qin, "老花镜", state="published", public_text="老花镜一副", published_on=today()
    )
    volunteer = factories.volunteer("欧阳守信", of=factories.team())
    factories.service_entry(volunteer, qin, minutes=90, state="confirmed", decided_by=gu)


def drafted(secretary: Any, kind: str, **changes: str) -> Document:
    answer = secretary.send(f"/documents/new/{kind}", TYPED[kind] | changes)
    assert answer.status_code == 303, answer.text
    return db.session.get_one(Document, int(answer.location.rsplit("/", 1)[1]))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_form_a_name_and_a_serial_of_its_own(app: Flask, kind: str) -> None:
    assert FORMS[kind].kind == kind
    marks = [each.mark for each in KINDS.values()]
    assert len(set(marks)) == len(marks)
    assert serial_by(usual_pattern(kind), 2026, 7) == f"{KINDS[kind].mark}字〔2026〕第0007号"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_offered_to_the_secretary(secretary: Any, kind: str) -> None:
    change_setting("issuer_type", "committee")
    page = secretary.get("/documents/new").text
    assert str(DOCUMENT_KINDS[kind]) in page
    assert secretary.get(f"/documents/new/{kind}").status_code == 200


@pytest.mark.parametrize("kind", TYPED)
def test_a_paper_is_written_issued_printed_and_read_back(
    secretary: Any, issued: Any, kind: str
) -> None:
    draft = drafted(secretary, kind)
    preview = secretary.get(f"/documents/{draft.id}/preview.png")
    assert preview.mimetype == "image/png"
    paper = issued(draft)
    text = words_in(secretary.get(f"/documents/{paper.id}.pdf").data)
    assert paper.serial in text
    assert len(secretary.get(f"/documents/{paper.id}.pdf").data) <= 150 * 1024
    content = frozen_content(kind, paper.content)
    assert frozen_content(kind, stored(paper).content) == content
    assert paper.serial == content.serial


@pytest.mark.parametrize("kind", TYPED)
def test_a_draft_opens_again_with_what_was_typed(secretary: Any, kind: str) -> None:
    draft = drafted(secretary, kind)
    page = secretary.get(f"/documents/{draft.id}/edit").text
    for word in TYPED[kind].values():
        assert word in ("", "False") or str(word).split("\n")[0].strip("[]'") in page
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    answer = secretary.send(f"/documents/{draft.id}/edit", TYPED[kind] | {"version": version})
    assert answer.status_code == 303, answer.text


def test_the_manager_writes_what_hangs_and_no_honours(browser: Any, gu: Any) -> None:
    page = browser(gu).get("/documents/new").text
    assert "通知" in page
    assert "聘书" not in page
    assert browser(gu).get("/documents/new/appointment").status_code == 403


def test_an_appointment_ends_after_it_begins(secretary: Any) -> None:
    typed = LETTER | {"ends_on": "2026-09-30"}
    answer = secretary.send("/documents/new/appointment", typed)
    assert answer.status_code == 422
    assert "止的那天比起的那天还早。" in answer.text


def test_a_letter_that_is_too_long_is_told_and_not_issued(secretary: Any) -> None:
    draft = drafted(secretary, "appointment", duty="多" * 120, post="多" * 40, terms="多" * 60)
    page = secretary.get(f"/documents/{draft.id}").text
    assert "太长了，纸上放不下。" in page


def test_only_an_issuer_that_may_prove_service_offers_the_proof(secretary: Any) -> None:
    """民政部令第67号: a company tells of service; a 居委会 or a registered team proves it."""
    assert "志愿服务记录证明" not in secretary.get("/documents/new").text.split("<main")[1]
    assert secretary.get("/documents/new/proof").status_code == 403
    change_setting("issuer_type", "committee")
    draft = drafted(secretary, "statement")
    answer = secretary.send("/documents/new/proof", TYPED["statement"])
    assert answer.status_code == 303
    assert "改掉" not in secretary.get(answer.location).text
    change_setting("issuer_type", "company")
    assert "志愿服务记录证明" in secretary.get(answer.location).text
    assert "改掉 1 处" in secretary.get(answer.location).text
    assert "改掉" not in secretary.get(f"/documents/{draft.id}").text


def test_a_statement_takes_every_figure_from_the_ledger(secretary: Any, issued: Any) -> None:
    paper = issued(drafted(secretary, "statement"))
    text = words_in(secretary.get(f"/documents/{paper.id}.pdf").data)
    assert "经确认共1次，合计1小时30分" in text
    assert "欧阳守信同志" in text
    assert paper.recipient == "欧阳守信"


def test_a_statement_of_no_service_is_not_written(secretary: Any) -> None:
    typed = TYPED["statement"] | {"starts_on": "2001-01-01", "ends_on": "2001-12-31"}
    answer = secretary.send("/documents/new/statement", typed)
    assert answer.status_code == 422
    assert "这段时间没有已确认的服务" in answer.text


def test_a_row_with_a_cell_too_many_is_named(secretary: Any) -> None:
    typed = TYPED["public_notice"] | {"entries": "编号｜心愿\n1｜水龙头｜已实现"}
    answer = secretary.send("/documents/new/public_notice", typed)
    assert answer.status_code == 422
    assert "第 1 行比表头多了一格" in answer.text


def test_a_wall_shows_the_estate_and_nothing_of_the_household(secretary: Any, issued: Any) -> None:
    paper = issued(drafted(secretary, "wish_wall"))
    text = words_in(secretary.get(f"/documents/{paper.id}.pdf").data)
    assert "桥机嘉园的一位居民" in text
    for private in ("示2栋", "301", "祝"):
        assert private not in text
