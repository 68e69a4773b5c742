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


def test_a_mentor_who_keeps_an_activity_reads_no_full_name_of_a_resident(
    browser: Any, shen: Any
) -> None:
    """Mentors know no residents: not on the sheet, and not in the comparison of a stale form."""
    factories.volunteer("欧阳守信", of=factories.team())
    other = factories.volunteer("单守信")
    activity = factories.activity(by=shen)
    client, page = browser(shen), f"/activities/{activity.id}"
    sheet = words_in(client.get(f"{page}/sign-in.pdf").data)
    row = {"rows-0-volunteer_id": other.id, "rows-0-present": "y", "rows-0-minutes": "90"}
    stale = client.send(f"{page}/attendance", row | {"version": "0"})
    assert stale.status_code == 409
    for shown in (sheet, stale.text):
        assert "守信" not in shown
