"""The sheet on which those who come sign."""

from datetime import timedelta
from typing import Any

from core.clock import now
from tests import factories
from tests.documents.conftest import words_in


def test_the_sign_in_sheet_names_who_means_to_come_and_has_no_telephone(
    browser: Any, qin: Any
) -> None:
    team = factories.team()
    person = factories.volunteer("欧阳守信", of=team)
    person.phone = "10055554444"
    coming = factories.activity(team=team, by=qin, starts_at=now() + timedelta(days=1))
    page = f"/activities/{coming.id}"
    assert f"{page}/sign-in.pdf" in browser(qin).get(page).text
    answer = browser(qin).get(f"{page}/sign-in.pdf")
    assert answer.mimetype == "application/pdf"
    text = words_in(answer.data)
    assert "欧阳守信" in text
    assert coming.title in text
    assert "10055554444" not in text
    assert "电话" not in text
