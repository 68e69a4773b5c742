"""What a ledger brings in of people only with their consent on paper."""

from typing import Any

from blueprints.households.models import CareTag, Consent, Household, Resident
from core.db import db
from tests.households.importing import count, imported, upload, workbook


def test_care_tags_stay_out_without_consent_on_paper(browser: Any, qin: Any, qiaoya: Any) -> None:
    client = browser(qin)
    client.send(upload(client, qiaoya, workbook()).location)
    assert count(CareTag) == 0
    assert count(Consent) == 0
    assert imported().counts["tags_left_out"] == 3


def test_care_tags_come_in_with_a_dated_consent(browser: Any, qin: Any, qiaoya: Any) -> None:
    client, signed = browser(qin), {"has_consent": "y", "consented_on": "2026-11-01"}
    client.send(upload(client, qiaoya, workbook()).location, signed)
    assert sorted(db.session.scalars(db.select(CareTag.tag))) == ["aged", "alone"]
    consent = db.session.scalars(db.select(Consent)).one()
    assert (consent.kind, consent.answer, str(consent.given_on)) == (
        "record",
        "granted",
        "2026-11-01",
    )


def test_consent_on_paper_needs_its_day(browser: Any, qin: Any, qiaoya: Any) -> None:
    client = browser(qin)
    answer = client.send(upload(client, qiaoya, workbook()).location, {"has_consent": "y"})
    assert answer.status_code == 422
    assert count(Household) == 0


def test_of_a_child_only_the_name_is_kept(browser: Any, qin: Any, qiaoya: Any) -> None:
    client, signed = browser(qin), {"has_consent": "y", "consented_on": "2026-11-01"}
    client.send(upload(client, qiaoya, workbook()).location, signed)
    child = db.session.scalar(db.select(Resident).where(Resident.name == "区一鸣"))
    assert child.is_child
    assert child.birth_year is None
    page = client.get(f"/households/{child.household_id}").text
    assert "缺监护人同意，不能记录" in page
