"""Who hears of what happens to a wish: whoever it concerns, and never whoever did it."""

from typing import Any

import pytest

from tests import factories
from tests.wishes.journeys import told


def step(client: Any, wish: Any, path: str, **fields: Any) -> None:
    assert client.send(f"/wishes/{wish.id}/{path}", fields).status_code == 303


def test_who_wrote_it_down_hears_the_decision(
    browser: Any, lin: Any, qin: Any, home: Any, wish: Any
) -> None:
    good, bad = (factories.wish(home, lin, what=what) for what in ("老花镜", "一千块钱"))
    client = browser(qin)
    step(client, good, "approval", decision="approve", public_text="老花镜", version=good.version)
    step(client, bad, "approval", decision="decline", reason="不收钱", version=bad.version)
    assert set(told()) == {("wish_published", lin.id), ("wish_declined", lin.id)}


def test_who_looks_after_the_household_hears_that_somebody_took_it_on(
    browser: Any, lin: Any, fang: Any, qin: Any, wish: Any
) -> None:
    step(browser(fang), wish("published"), "claim")
    assert set(told()) == {("wish_claimed", lin.id), ("wish_claimed", qin.id)}


def test_who_looks_after_the_household_is_asked_to_call_back(
    browser: Any, lin: Any, fang: Any, wish: Any
) -> None:
    found = wish("claimed", claimer=fang)
    step(browser(fang), found, "fulfilment", note="送到了")
    assert set(told()) == {("claim_to_confirm", lin.id)}
    step(browser(lin), found, "confirmation", outcome="not_yet", words="还没送来")
    assert set(told()) == {("claim_reopened", fang.id)}
    step(browser(fang), found, "fulfilment", note="这回送到了")
    assert set(told()) == {("claim_to_confirm", lin.id)}


def test_the_secretary_is_asked_when_the_households_own_student_did_it(
    browser: Any, lin: Any, qin: Any, wish: Any
) -> None:
    step(browser(lin), wish("claimed", claimer=lin), "fulfilment", note="送到了")
    assert set(told()) == {("claim_to_confirm", qin.id)}


def test_the_claimer_hears_of_the_residents_word_and_of_the_thanks(
    browser: Any, lin: Any, fang: Any, qin: Any, wish: Any
) -> None:
    found = wish("fulfilled", claimer=fang)
    step(browser(lin), found, "confirmation", outcome="done", words="好用")
    assert set(told()) == {("claim_confirmed", fang.id), ("claim_confirmed", qin.id)}
    step(browser(qin), found, "thanks")
    assert ("claim_thanked", fang.id) in told()


@pytest.mark.parametrize(
    ("path", "by", "kind"),
    [("release", "qin", "claim_given_back"), ("withdrawal", "lin", "claim_withdrawn")],
)
def test_the_claimer_hears_that_they_need_not_go_on(
    browser: Any, lin: Any, fang: Any, qin: Any, wish: Any, path: str, by: str, kind: str
) -> None:
    found = wish("claimed", claimer=fang)
    step(browser({"qin": qin, "lin": lin}[by]), found, path, reason="不用了")
    assert set(told()) == {(kind, fang.id)}


def test_the_claimer_hears_who_comes_to_help_and_who_leaves(
    browser: Any, lin: Any, fang: Any, wish: Any
) -> None:
    found = wish("claimed", claimer=fang)
    client = browser(lin)
    step(client, found, "helpers")
    step(client, found, "helpers/me/end")
    assert set(told()) == {("claim_joined", fang.id), ("claim_left", fang.id)}


def test_who_helps_hears_what_the_claimer_hears(
    browser: Any, lin: Any, fang: Any, gu: Any, wish: Any
) -> None:
    found = wish("claimed", claimer=fang)
    step(browser(gu), found, "helpers")
    step(browser(fang), found, "fulfilment", note="一起送到了")
    step(browser(lin), found, "confirmation", outcome="done", words="好用")
    assert {("claim_confirmed", fang.id), ("claim_confirmed", gu.id)} <= set(told())
