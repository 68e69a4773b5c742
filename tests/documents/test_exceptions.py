"""What the scan stops, two people may let through: one says why, another agrees."""

import re
from typing import Any

import pytest

from core.audit import AuditEntry
from core.clock import today
from core.db import db
from tests import factories
from tests.documents.conftest import stored
from tests.documents.drafts import NOTICE, notice_draft

REASON = {"reason": "301是门面房，不是住户"}


@pytest.fixture
def draft(qin: Any) -> Any:
    return notice_draft(qin, matter="装修请到301室登记。")


def test_one_person_alone_lets_nothing_through(secretary: Any, draft: Any) -> None:
    assert "其实可以公开" in secretary.get(f"/documents/{draft.id}").text
    assert secretary.send(f"/documents/{draft.id}/exception").status_code == 422
    assert secretary.send(f"/documents/{draft.id}/exception", REASON).status_code == 303
    assert secretary.send(f"/documents/{draft.id}/exception/agreement").status_code == 409
    assert secretary.send(f"/documents/{draft.id}/issue").status_code == 422
    assert stored(draft).state == "draft"


def test_a_second_person_agrees_and_both_stay_on_the_paper(
    secretary: Any, browser: Any, gu: Any, draft: Any
) -> None:
    secretary.send(f"/documents/{draft.id}/exception", REASON)
    manager = browser(gu)
    assert "301是门面房" in manager.get(f"/documents/{draft.id}").text
    assert manager.send(f"/documents/{draft.id}/exception/agreement").status_code == 303
    assert secretary.send(f"/documents/{draft.id}/issue").status_code == 303
    kept = stored(draft).content["matter"]["public"]["overridden"]
    assert (kept["by"], kept["reason"]) == ("秦若川、顾长青", REASON["reason"])
    assert kept["excerpts"]
    noted = db.select(AuditEntry.user_id).where(AuditEntry.object_type == "public_exception")
    assert len(set(db.session.scalars(noted))) == 2
    assert secretary.get(f"/documents/{draft.id}.pdf").status_code == 200
    page = secretary.get(f"/documents/{draft.id}").text
    assert "秦若川、顾长青" in page
    assert REASON["reason"] in page


def test_the_preview_beside_the_form_knows_what_two_people_let_through(
    secretary: Any, browser: Any, gu: Any
) -> None:
    typed = NOTICE | {"matter": "装修请到301室登记。", "dated_on": today().isoformat()}
    page = secretary.send("/documents/new/notice", typed).location
    secretary.send(f"{page}/exception", REASON)
    assert "不能有：门牌" in sample_of(secretary.get(f"{page}/edit").text)
    browser(gu).send(f"{page}/exception/agreement")
    sample = sample_of(secretary.get(f"{page}/edit").text)
    assert "装修请到301室登记" in re.sub(r"\s|<[^>]*>", "", sample)
    changed = typed | {"matter": "装修请到302室登记。", "preview": "1"}
    assert "不能有：门牌" in sample_of(secretary.send(f"{page}/edit", changed).text)


def sample_of(page: str) -> str:
    return page.split('id="sample"')[1]


def test_other_words_need_another_agreement(
    secretary: Any, browser: Any, gu: Any, draft: Any
) -> None:
    manager = browser(gu)
    secretary.send(f"/documents/{draft.id}/exception", REASON)
    paper = stored(draft)
    paper.content = paper.content | {"matter": "装修请到302室登记。"}
    db.session.commit()
    assert manager.send(f"/documents/{draft.id}/exception/agreement").status_code == 409
    secretary.send(f"/documents/{draft.id}/exception", REASON)
    manager.send(f"/documents/{draft.id}/exception/agreement")
    paper = stored(draft)
    paper.content = paper.content | {"matter": "装修请到303室登记。"}
    db.session.commit()
    assert secretary.send(f"/documents/{draft.id}/issue").status_code == 422


@pytest.mark.parametrize("matter", ["请打10077776666", "证件号420106194803057312"])
def test_phones_and_identity_numbers_are_never_let_through(
    secretary: Any, qin: Any, matter: str
) -> None:
    factories.household(phone="10077776666")
    draft = notice_draft(qin, matter=matter)
    assert "其实可以公开" not in secretary.get(f"/documents/{draft.id}").text
    assert secretary.send(f"/documents/{draft.id}/exception", REASON).status_code == 409


def test_a_draft_that_nothing_stands_against_needs_no_exception(secretary: Any, qin: Any) -> None:
    draft = notice_draft(qin)
    assert secretary.send(f"/documents/{draft.id}/exception", REASON).status_code == 409
