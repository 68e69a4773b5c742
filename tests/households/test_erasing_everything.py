"""Who asks to be forgotten is forgotten in every column of every table, also of those that come later.

A mark of its own is written into every text of everything that hangs on one person and their
home; after the erasure none of them is left, but where a rule keeps it. A column or table that is
added later takes part without a word here, and fails until somebody blanks it or says why not.
"""

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import JSON, Column, LargeBinary, String, Table, insert, text, update

from blueprints.documents.batches import DONE, Batch
from blueprints.documents.models import Document
from blueprints.households.models import Household, Resident
from blueprints.imports.models import ImportedObject
from core.clock import now, today
from core.db import db
from core.excel import read_workbook
from tests import factories
from tests.households.everything import SPECIAL, Filler, hanging_on
from tests.plain_words import PLAIN

# Why words about a person outlive them. Each is a record that the law or the house keeps whole.
ISSUED = "an issued paper is kept as it was printed, with why it was made void, replaced or let out"
LEDGER = "the hours ledger only grows; triggers refuse every change of a line"
OF_ALL = "tells of an activity of many people; the erasure page says where to look"
KEPT: dict[str, str] = {
    "document.title": ISSUED,
    "document.recipient": ISSUED,
    "document.content": ISSUED,
    "document.void_reason": ISSUED,
    "batch_paper.by_name": ISSUED,
    "batch_paper.by_team": ISSUED,
    "issued_file.pdf": ISSUED,
    "public_exception.reason": ISSUED,
    "replacement.reason": ISSUED,
    "service_entry.what": LEDGER,
    "service_entry.reason": LEDGER,
    "service_entry.refusal": LEDGER,
    "activity.plan": OF_ALL,
    "activity.write_up": OF_ALL,
    "activity.code_key": "a random key",
}
# What the file that a person may ask for (article 45) does not repeat.
NOT_TOLD: dict[str, str] = {
    "activity.plan": OF_ALL,
    "activity.write_up": OF_ALL,
    "activity.code_key": "a random key",
    "batch_paper.by_name": "made from the name, for sorting",
    "batch_paper.by_team": "made from the name, for sorting",
    "care_tag.tag": "told in words: test_rights.py",
    "document.content": "printed on the paper, which the person has",
    "document.recipient": "the paper's own name of the person",
    "document.void_reason": "about the paper",
    "imported_object.before": "what the office's ledger replaced, until the import is settled",
    "issued_file.pdf": "the paper itself, which the person has",
    "public_exception.reason": "about the paper",
    "replacement.reason": "about the paper",
    "search_term.term": "made from name and address, for searching",
    "volunteer.name_terms": "made from the name, for searching",
    "batch.title": "a paper that is on its way",
    "draft.content": "a paper that is on its way",
    "resident.birth_as_written": "the birthday is told as it was understood",
    "batch.problem": "a paper that is on its way",
}
# Text that no household and no resident hangs on: how long it lives, and why it names nobody.
APART: dict[str, str] = {
    "audit_entry": "keeps no words about people: tests/settings/test_audit.py",
    "calendar_link": "a hash",
    "invitation": "a hash, of an account",
    "kept_form": "what somebody typed when the login had run out; thrown away after a day",
    "known_column": "the headers of the office's ledgers",
    "login_failure": "an account's name",
    "login_session": "a device of an account",
    "second_step": "a random key, of an account",
    "setting": "the company's",
    "quiz_question": "the quiz bank",
    "notice": "which kind of thing happened; no words",
    "serial_counter": "numbers",
    "user_role": "an account's",
}
MARK = re.compile(r"<<([a-z_]+\.[a-z_]+)>>")


def mark(column: Column[Any]) -> Any:
    """Return what a column is filled with: a text that tells where it comes from."""
    words = f"<<{column.table.name}.{column.name}>>"
    if isinstance(column.type, LargeBinary):
        return words.encode()
    return {"note": words} if isinstance(column.type, JSON) else words


def holds_words(column: Column[Any]) -> bool:
    """Answer whether it may hold somebody's words, as far as nobody said that it does not."""
    if column.foreign_keys or not isinstance(column.type, String | JSON | LargeBinary):
        return False
    return column.name not in PLAIN.get(column.table.name, set())


class Marker(Filler):
    """Fills every text with its mark, also those that could be left empty."""

    def is_wanted(self, column: Column[Any]) -> bool:
        return holds_words(column) or super().is_wanted(column)

    def value(self, column: Column[Any]) -> Any:
        return mark(column) if holds_words(column) else super().value(column)


def marks_left() -> set[str]:
    """Return which marks stand in any row of any table."""
    tables = db.metadata.sorted_tables
    return set(MARK.findall(repr([db.session.execute(db.select(t)).all() for t in tables])))


@pytest.fixture
def home(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Household:
    """祝婆婆, alone; her papers are issued ones."""
    special: dict[str, dict[str, Any]] = {
        "document": {
            "kind": "certificate", "state": "issued", "serial_year": 2026, "serial_number": 1,
        },
        "batch": {"people": [], "problem": ""},
        "consent": {"kind": "photo", "answer": "granted", "form": "spoken"},
    }  # fmt: skip
    for table, values in special.items():
        monkeypatch.setitem(SPECIAL, table, values)  # type: ignore[arg-type]
    return factories.household()


@pytest.fixture
def filled(home: Household, qin: Any) -> set[str]:
    """Everything about 祝婆婆 is marked. Return the tables it is told in."""
    head = factories.head(home)
    below = hanging_on("household", "resident")
    followed = {table.name for table in below} | {"household", "resident"}
    filler = Marker(followed, household=home.id, resident=head.id, user=qin.id)
    for table in below:
        filler.add(table)
    fill_row(Household.__table__, home.id)
    fill_row(Resident.__table__, head.id)
    fill_search_term(home.id, head.id)
    volunteer_id = filler.ids["volunteer"]
    fill_draft(volunteer_id, qin.id)
    fill_batches(volunteer_id, qin.id)
    fill_imports(head.id, volunteer_id)
    db.session.commit()
    return {table.name for table in below} | set(filler.ids) | {"household", "resident"}


def fill_row(table: Table, row_id: int) -> None:
    words = {column.name: mark(column) for column in table.columns if holds_words(column)}
    db.session.execute(update(table).where(table.c.id == row_id).values(words))


def fill_search_term(home_id: int, head_id: int) -> None:
    term = {"household_id": home_id, "resident_id": head_id, "kind": "name"}
    db.session.execute(
        insert(db.metadata.tables["search_term"]).values(term | {"term": "<<search_term.term>>"})
    )


def fill_draft(volunteer_id: int, by_id: int) -> None:
    for maker in ({"volunteer_id": volunteer_id}, {"recipient": "<<resident.name>>"}):
        words = {"kind": "certificate", "content": {"reason": "<<draft.content>>"}, "title": "一"}
        factories.saved(Document(**words | maker, dated_on=today(), drafted_by_id=by_id))


def fill_batches(volunteer_id: int, by_id: int) -> None:
    person = {"volunteer_id": volunteer_id, "title": "<<batch.title>>", "words": {}}
    for state, others in ((DONE, []), ("begun", [{"volunteer_id": 0}]), ("failed", [])):
        factories.saved(
            Batch(
                kind="certificate",
                dated_on=today(),
                people=[person, *others],
                verify_root="http://x",
                state=state,
                problem="<<batch.problem>>",
                created_by_id=by_id,
            )
        )


def fill_imports(head_id: int, volunteer_id: int) -> None:
    import_id = db.session.scalar(text("SELECT min(id) FROM ledger_import")) or new_import()
    for kind, row_id in (("resident", head_id), ("volunteer", volunteer_id)):
        before = {"phones": [["<<imported_object.before>>", ""]]}
        db.session.add(
            ImportedObject(import_id=import_id, object_type=kind, object_id=row_id, before=before)
        )


def new_import() -> int:
    table = db.metadata.tables["ledger_import"]
    row = {"file_name": "台账.xlsx", "file_hash": "0", "counts": {}, "imported_at": now()}
    return db.session.execute(insert(table).values(row)).inserted_primary_key[0]


def erase(client: Any, resident: Resident) -> None:
    answer = client.send(f"/residents/{resident.id}/erasure", {"is_asked": "y"})
    assert answer.status_code == 303, answer.text


def test_no_word_about_who_is_forgotten_is_left_in_any_table(
    browser: Any, qin: Any, home: Household, filled: set[str]
) -> None:
    before = marks_left()
    for told in ("visit.note", "visit.void_reason", "claim.proof_note", "claim.resident_words"):
        assert told in before
    assert {"wish_step.reason", "phone.note", "handover.facts", "follow_up.what"} <= before
    erase(browser(qin), factories.head(home))
    db.session.expire_all()
    assert marks_left() - set(KEPT) == set()
    assert marks_left() == set(KEPT), "what is kept is kept whole"


def test_not_even_in_the_gaps_of_the_database_file(
    app: Flask, browser: Any, qin: Any, home: Household, filled: set[str]
) -> None:
    erase(browser(qin), factories.head(home))
    db.session.remove()
    db.engine.dispose()
    folder = Path(app.config["LINLI_INSTANCE"])
    stored = b"".join(path.read_bytes() for path in folder.glob("linli.db*"))
    found = set(MARK.findall(stored.decode("latin-1")))
    assert found - set(KEPT) == set()


def test_the_file_a_person_may_ask_for_tells_every_word_that_is_held(
    browser: Any, qin: Any, home: Household, filled: set[str]
) -> None:
    db.session.execute(text("DELETE FROM care_tag"))
    held = marks_left()
    answer = browser(qin).send(f"/residents/{factories.head(home).id}/file")
    archive = zipfile.ZipFile(io.BytesIO(answer.data))
    told = repr(
        [
            row.values
            for name in archive.namelist()
            for sheet in read_workbook(archive.read(name), name)
            for row in sheet.rows
        ]
    )
    assert held - set(MARK.findall(told)) - set(NOT_TOLD) == set()


def test_every_table_hangs_on_people_or_says_why_it_names_nobody(filled: set[str]) -> None:
    told = {
        table.name
        for table in db.metadata.sorted_tables
        if any(holds_words(column) for column in table.columns)
    }
    by_hand = {"search_term", "batch", "imported_object"}
    assert told - filled - by_hand - set(APART) == set()
