"""A ledger read in once more: what changed, what is taken back."""

import io
import re
from typing import Any

import pytest
from babel.support import NullTranslations
from openpyxl import load_workbook
from werkzeug.test import TestResponse

from blueprints.households.models import (
    Household,
    Phone,
    Resident,
)
from core import assets, i18n
from core.db import db
from core.i18n import DEFAULT
from tests import factories
from tests.households.importing import ROWS, count, imported, upload, workbook

CHANGED = [["示1栋", "1", "301", "祝秀英", "10000000008", 4, "", "1948.3.5", ""]]


def changed_import(client: Any, qiaoya: Any, changes: str) -> TestResponse:
    client.send(upload(client, qiaoya, workbook(ROWS[:1])).location)
    where = upload(client, qiaoya, workbook(CHANGED)).location
    page = client.get(where).text
    assert "这里：10000000001" in page
    assert "台账：10000000008" in page
    return client.send(where, {"changes": changes})


@pytest.mark.parametrize(
    ("changes", "people", "numbers"),
    [
        ("keep", 2, ["10000000001"]),
        ("fill", 2, ["10000000001"]),
        ("replace", 4, ["10000000008"]),
    ],
)
def test_what_is_registered_otherwise_is_compared_and_changed_only_as_asked(
    browser: Any, qin: Any, qiaoya: Any, changes: str, people: int, numbers: list[str]
) -> None:
    client = browser(qin)
    changed_import(client, qiaoya, changes)
    assert db.session.scalars(db.select(Household)).one().people_count == people
    assert list(db.session.scalars(db.select(Phone.number))) == numbers


def test_single_rows_may_go_another_way_than_the_rest(browser: Any, qin: Any, qiaoya: Any) -> None:
    client = browser(qin)
    rows = [
        ["示1栋", "1", f"{n}01", f"翟{n}", f"1000000010{n}", n, "", "", ""] for n in range(1, 5)
    ]
    client.send(upload(client, qiaoya, workbook(rows)).location)
    later = [[*row[:5], row[5] + 10, *row[6:]] for row in rows]
    where = upload(client, qiaoya, workbook(later)).location
    fields = re.findall(r'<select[^>]* name="(change_0_\d+)"', client.get(where).text)
    assert len(fields) == 4
    choices = {fields[1]: "keep", fields[2]: "fill", fields[3]: ""}
    assert client.send(where, {"changes": "replace"} | choices).status_code == 303
    counts = db.session.scalars(db.select(Household.people_count).order_by(Household.id)).all()
    assert counts == [11, 2, 3, 14]


def test_a_choice_for_a_row_that_nobody_offers_is_refused(
    browser: Any, qin: Any, qiaoya: Any
) -> None:
    client = browser(qin)
    client.send(upload(client, qiaoya, workbook(ROWS[:1])).location)
    where = upload(client, qiaoya, workbook(CHANGED)).location
    name = re.search(r'name="(change_0_\d+)"', client.get(where).text)[1]
    assert client.send(where, {"changes": "keep", name: "delete"}).status_code == 422


def test_taking_an_import_back_puts_back_what_it_changed(
    browser: Any, qin: Any, qiaoya: Any
) -> None:
    client = browser(qin)
    done = changed_import(client, qiaoya, "replace").location
    assert client.send(f"{done}/undoing").status_code == 303
    db.session.expire_all()
    home = db.session.scalars(db.select(Household)).one()
    assert (home.people_count, home.remark) == (2, "耳朵不好")
    assert list(db.session.scalars(db.select(Phone.number))) == ["10000000001"]


def test_a_household_that_somebody_edited_since_is_not_taken_back(
    browser: Any, qin: Any, qiaoya: Any
) -> None:
    client = browser(qin)
    done = client.send(upload(client, qiaoya, workbook(ROWS[:1])).location).location
    resident = db.session.scalars(db.select(Resident)).one()
    resident.honorific = "婆婆"
    db.session.commit()
    assert client.send(f"{done}/undoing").status_code == 409
    assert count(Household) == 1


def test_a_whole_import_can_be_taken_back(browser: Any, qin: Any, qiaoya: Any) -> None:
    client = browser(qin)
    client.send(upload(client, qiaoya, workbook()).location)
    url = f"/imports/{imported().id}/undoing"
    assert client.send(url).status_code == 303
    assert (count(Household), count(Resident), count(Phone)) == (0, 0, 0)
    assert client.send(url).status_code == 409


def test_an_import_that_was_worked_with_stays(
    browser: Any, qin: Any, fang: Any, qiaoya: Any
) -> None:
    client = browser(qin)
    client.send(upload(client, qiaoya, workbook()).location)
    factories.pairing(fang, db.session.scalars(db.select(Household)).first())
    answer = client.send(f"/imports/{imported().id}/undoing")
    assert answer.status_code == 409
    assert "不能整批撤回" in answer.text
    assert count(Household) == 3


class Foreign(NullTranslations):
    """A language in which every string reads otherwise."""

    def gettext(self, message: str) -> str:
        return f"{message}, so to say"

    ugettext = gettext


def test_faulty_rows_come_back_whatever_language_the_pages_speak(
    browser: Any, qin: Any, qiaoya: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoken = {DEFAULT: NullTranslations()}
    monkeypatch.setattr(i18n, "translations_into", lambda one: spoken.get(one, Foreign()))
    # What is kept of a language for good is not kept of this one.
    monkeypatch.setattr(assets, "script_in", assets.script_in.__wrapped__)
    qin.language = "en"
    db.session.commit()
    client = browser(qin)
    where = upload(client, qiaoya, workbook()).location
    faulty = client.get(f"{where}/faulty.xlsx").data
    words = str(list(load_workbook(io.BytesIO(faulty)).active.values))
    assert "示9栋, so to say" in words, "reasons are told to who reads them"
    again = upload(client, qiaoya, faulty).location
    assert not again.endswith("/columns"), "the headers are known"
