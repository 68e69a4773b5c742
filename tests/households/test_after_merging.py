"""What rests on two records is reckoned anew when they become one."""

from datetime import timedelta
from typing import Any

import pytest

from blueprints.households.models import CareTag, Consent, Household, Resident, Room
from blueprints.imports.models import ImportedObject, LedgerImport
from blueprints.visits.models import Visit
from blueprints.visits.pairings import Pairing
from blueprints.wishes.models import Wish
from core.clock import today
from core.db import db
from tests import factories


@pytest.fixture
def homes(app: Any) -> tuple[Household, Household]:
    """祝婆婆's household, written down twice at one door with different numbers."""
    first = factories.household()
    return first, factories.household(db.session.get(Room, first.room_id), phone="10000000009")


def head_of(home: Household) -> int:
    return db.session.scalar(db.select(Resident.id).where(Resident.household_id == home.id))


def merge(client: Any, kept: Household, gone: Household) -> None:
    fields = {"other": str(gone.id), "people": "kept", "remark": "both"}
    assert client.send(f"/households/{kept.id}/merging", fields).status_code == 303
    db.session.expire_all()


@pytest.mark.parametrize("paired", [0, 1], ids=["the one that stays", "the one that goes"])
def test_a_household_met_under_its_other_record_is_not_late(
    browser: Any, qin: Any, lin: Any, homes: tuple[Household, Household], paired: int
) -> None:
    pairing_id = factories.pairing(lin, homes[paired], interval_days=21).id
    met_on = today() - timedelta(days=3)
    other = homes[1 - paired]
    for day in (met_on, met_on - timedelta(days=90)):
        factories.saved(Visit(household_id=other.id, visitor_id=qin.id, visited_on=day, met=True))
    merge(browser(qin), *homes)
    pairing = db.session.get_one(Pairing, pairing_id)
    assert (pairing.last_met_on, pairing.due_on) == (met_on, met_on + timedelta(days=21))
    counted = db.select(Visit.visited_on).where(Visit.pairing_id == pairing_id)
    assert db.session.scalars(counted).all() == [met_on], "not what was before the pairing"


@pytest.mark.parametrize("refused_by", [0, 1], ids=["the one that stays", "the one that goes"])
def test_a_no_in_either_record_takes_wishes_off_the_wall_and_care_tags_away(
    browser: Any, qin: Any, homes: tuple[Household, Household], refused_by: int
) -> None:
    agreed, refused = homes[1 - refused_by], homes[refused_by]
    wish = factories.wish(agreed, qin, state="published", resident_id=head_of(agreed))
    factories.saved(CareTag(resident_id=head_of(agreed), tag="alone"))
    for home, answer in ((agreed, "granted"), (refused, "withdrawn")):
        for kind in ("publish", "record"):
            factories.saved(Consent(resident_id=head_of(home), kind=kind, answer=answer))
    merge(browser(qin), *homes)
    assert db.session.get_one(Wish, wish.id).state == "withdrawn"
    assert db.session.scalars(db.select(CareTag.id)).all() == []


@pytest.mark.parametrize("imported", [0, 1], ids=["the one that stays", "the one that goes"])
def test_an_import_whose_household_was_merged_is_not_taken_back(
    browser: Any, qin: Any, homes: tuple[Household, Household], imported: int
) -> None:
    """It would take along what the other record brought."""
    done = factories.saved(LedgerImport(file_name="台账.xlsx", file_hash="0", counts={}))
    made = {"household": homes[imported].id, "resident": head_of(homes[imported])}
    for kind, number in made.items():
        factories.saved(ImportedObject(import_id=done.id, object_type=kind, object_id=number))
    client = browser(qin)
    merge(client, *homes)
    answer = client.send(f"/imports/{done.id}/undoing")
    assert answer.status_code == 409
    assert db.session.scalars(db.select(Resident.name)).all() == ["祝婆婆"]
