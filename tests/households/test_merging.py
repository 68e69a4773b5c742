"""Two records of one household or one person become one, and nothing of either is lost."""

from typing import Any

import pytest

from blueprints.households.models import Consent, Household, Phone, Resident, Room
from blueprints.visits.models import Visit, VisitResident
from blueprints.wishes.models import Wish
from core.audit import AuditEntry
from core.clock import today
from core.db import db
from tests import factories


def visited(home_id: int, by: Any, *met: int) -> Visit:
    visit = factories.saved(
        Visit(household_id=home_id, visitor_id=by.id, visited_on=today(), met=True)
    )
    for resident_id in met:
        factories.saved(VisitResident(visit_id=visit.id, resident_id=resident_id))
    return visit


def head_of(home: Household) -> Resident:
    return db.session.scalars(
        db.select(Resident).where(Resident.household_id == home.id).order_by(Resident.position)
    ).first()


@pytest.fixture
def homes(app: Any) -> tuple[Household, Household]:
    """祝婆婆's household, written down twice at one door with different numbers."""
    first = factories.household()
    second = factories.household(db.session.get(Room, first.room_id), phone="10000000009")
    first.people_count, second.remark = 2, "耳朵不好"
    db.session.commit()
    return first, second


def names_in(home_id: int) -> list[str]:
    found = db.select(Resident.name).where(Resident.household_id == home_id)
    return list(db.session.scalars(found.order_by(Resident.position)))


def test_both_households_visits_wishes_and_people_end_up_in_one(
    browser: Any, qin: Any, homes: tuple[Household, Household]
) -> None:
    kept, gone = homes
    daughter = factories.resident(gone, "祝小妹")
    visited(kept.id, qin, head_of(kept).id)
    visited(gone.id, qin, head_of(gone).id, daughter.id)
    factories.wish(gone, qin)
    kept_id, gone_id = kept.id, gone.id
    answer = browser(qin).send(
        f"/households/{kept_id}/merging",
        {"other": str(gone_id), "people": "kept", "remark": "both"},
    )
    assert answer.status_code == 303
    db.session.expire_all()
    assert db.session.get(Household, gone_id) is None
    assert names_in(kept_id) == ["祝婆婆", "祝小妹"]
    assert db.session.scalars(db.select(Visit.household_id)).all() == [kept_id, kept_id]
    assert db.session.scalars(db.select(Wish.household_id)).all() == [kept_id]
    assert sorted(db.session.scalars(db.select(Phone.number))) == ["10000000001", "10000000009"]
    home = db.session.get_one(Household, kept_id)
    assert (home.people_count, home.remark) == (2, "耳朵不好")


def test_the_trail_tells_what_went_and_what_it_moved_into(
    browser: Any, qin: Any, homes: tuple[Household, Household]
) -> None:
    kept, gone = homes
    people, gone_id, room_id = (head_of(kept).id, head_of(gone).id), gone.id, gone.room_id
    visited(gone.id, qin, people[1])
    client = browser(qin)
    fields = {"other": str(gone.id), "people": "kept", "remark": "both"}
    assert "不能再拆开" in client.get(f"/households/{kept.id}/merging?other={gone.id}").text
    client.send(f"/households/{kept.id}/merging", fields)
    entries = db.session.scalars(
        db.select(AuditEntry)
        .where(AuditEntry.action.in_(("merge", "delete")))
        .order_by(AuditEntry.id)
    ).all()
    told = [(entry.action, entry.object_type, entry.object_id) for entry in entries]
    assert told == [
        ("delete", "resident", str(people[1])),
        ("merge", "resident", str(people[0])),
        ("delete", "household", str(gone_id)),
        ("merge", "household", str(kept.id)),
    ]
    assert entries[2].before["room_id"] == room_id
    assert entries[2].before["remark"] == "•", "what is sensitive is not repeated in the trail"
    assert entries[0].before["name"] == "•"
    assert entries[3].after["moved"]["visit"] == 1


def test_what_only_the_other_record_of_somebody_knows_is_taken_over(
    browser: Any, qin: Any, homes: tuple[Household, Household]
) -> None:
    kept, gone = homes
    twin = head_of(gone)
    twin.honorific, twin.birth_year = "婆婆", 1948
    db.session.commit()
    fields = {"other": str(gone.id), "people": "kept", "remark": "both"}
    browser(qin).send(f"/households/{kept.id}/merging", fields)
    db.session.expire_all()
    head = head_of(kept)
    assert (head.honorific, head.birth_year) == ("婆婆", 1948)


def test_somebody_met_in_both_records_of_one_visit_is_met_once(
    browser: Any, qin: Any, homes: tuple[Household, Household]
) -> None:
    kept, gone = homes
    visit = visited(kept.id, qin, head_of(kept).id, head_of(gone).id)
    browser(qin).send(
        f"/households/{kept.id}/merging",
        {"other": str(gone.id), "people": "kept", "remark": "both"},
    )
    met = db.session.scalars(
        db.select(VisitResident.resident_id).where(VisitResident.visit_id == visit.id)
    )
    assert met.all() == [head_of(kept).id]


def test_two_running_pairings_are_not_merged(
    browser: Any, qin: Any, lin: Any, fang: Any, homes: tuple[Household, Household]
) -> None:
    kept, gone = homes
    factories.pairing(lin, kept)
    factories.pairing(fang, gone)
    answer = browser(qin).send(
        f"/households/{kept.id}/merging",
        {"other": str(gone.id), "people": "kept", "remark": "both"},
    )
    assert answer.status_code == 422
    assert "两边都有人结对" in answer.text
    assert db.session.get(Household, gone.id) is not None


def test_the_merged_household_is_found_by_both_names(
    browser: Any, qin: Any, homes: tuple[Household, Household]
) -> None:
    kept, gone = homes
    factories.resident(gone, "翟大明")
    client = browser(qin)
    client.send(
        f"/households/{kept.id}/merging",
        {"other": str(gone.id), "people": "kept", "remark": "both"},
    )
    assert "祝婆婆家" in client.get("/households?q=zdm").text


def test_likely_doubles_are_listed_with_the_reason(
    browser: Any, qin: Any, homes: tuple[Household, Household]
) -> None:
    room = factories.room(factories.building(factories.estate("侨亚小区")))
    factories.household(room, "翟爹爹", "10000000001")
    page = browser(qin).get(f"/households/doubles?estate={homes[0].estate_id}").text
    assert "同一房号、同一姓名" in page
    assert "同一个电话" in page


def test_only_the_secretary_merges(
    browser: Any, lin: Any, homes: tuple[Household, Household]
) -> None:
    factories.pairing(lin, homes[0])
    assert browser(lin).get(f"/households/{homes[0].id}/merging").status_code == 403


def test_the_other_record_is_looked_up_by_name(
    browser: Any, qin: Any, homes: tuple[Household, Household]
) -> None:
    room = factories.room(factories.building(factories.estate("侨亚小区")))
    factories.household(room, "翟爹爹")
    client = browser(qin)
    assert "祝婆婆家" in client.get(f"/households/{homes[0].id}/merging").text
    assert "翟爹爹家" in client.get(f"/households/{homes[0].id}/merging?q=zdd").text


def test_two_records_of_one_person_become_one_with_all_consents(
    browser: Any, qin: Any, homes: tuple[Household, Household]
) -> None:
    home = homes[0]
    head = head_of(home)
    again = factories.resident(home, "祝秀英", honorific="婆婆", birth_year=1948)
    factories.saved(Phone(resident_id=again.id, number="10000000001"))
    factories.saved(Phone(resident_id=again.id, number="10000000007"))
    factories.saved(Consent(resident_id=again.id, kind="photo", answer="granted"))
    answer = browser(qin).send(f"/residents/{head.id}/merging", {"other": str(again.id)})
    assert answer.status_code == 303
    db.session.expire_all()
    kept = db.session.get_one(Resident, head.id)
    assert (kept.honorific, kept.birth_year) == ("婆婆", 1948)
    numbers = db.session.scalars(db.select(Phone.number).where(Phone.resident_id == head.id))
    assert sorted(numbers) == ["10000000001", "10000000007"]
    kinds = db.session.scalars(db.select(Consent.kind).where(Consent.resident_id == head.id))
    assert sorted(kinds) == ["photo", "record", "visit"]


def test_the_home_keeps_a_head_when_its_head_was_the_second_record(
    browser: Any, qin: Any, homes: tuple[Household, Household]
) -> None:
    home = homes[0]
    double, kept = factories.head(home), factories.resident(home, "祝秀英")
    browser(qin).send(f"/residents/{kept.id}/merging", {"other": str(double.id)})
    db.session.expire_all()
    assert db.session.get_one(Resident, kept.id).position == 0
