"""The audit trail tells what changed, keeps nothing private, and cannot be changed."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import DBAPIError

from core.audit import HIDDEN, AuditEntry, first_broken_entry
from core.db import db
from tests import factories


def entries(object_type: str) -> list[AuditEntry]:
    return list(
        db.session.scalars(
            db.select(AuditEntry)
            .where(AuditEntry.object_type == object_type)
            .order_by(AuditEntry.id)
        )
    )


def test_a_change_is_recorded_with_before_and_after_and_who(
    browser: Any, qin: Any, lin: Any
) -> None:
    fields = {"name": "林一周", "roles": ["student"], "version": lin.version}
    browser(qin).send(f"/accounts/{lin.id}/edit", fields)
    entry = entries("user")[-1]
    assert (entry.action, entry.user_id, entry.object_id) == ("update", qin.id, str(lin.id))
    assert entry.before["name"] == "林一舟"
    assert entry.after["name"] == "林一周"


def test_private_words_are_recorded_as_changed_but_not_repeated(app: Flask) -> None:
    home = factories.household(name="祝小满", phone="10012345678")
    trail = str([(entry.before, entry.after) for entry in entries("resident") + entries("phone")])
    assert HIDDEN in trail
    assert "祝小满" not in trail
    assert "10012345678" not in trail
    resident = factories.head(home)
    resident.name = "祝大满"
    db.session.commit()
    assert entries("resident")[-1].before == {"name": HIDDEN}


def test_a_change_that_is_rolled_back_leaves_no_entry(app: Flask) -> None:
    factories.estate()
    before = len(entries("estate"))
    db.session.add(factories.Estate(name="侨亚小区"))
    db.session.flush()
    db.session.rollback()
    assert len(entries("estate")) == before


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_entry SET action = 'x'", "DELETE FROM audit_entry"]
)
def test_the_database_refuses_to_change_the_trail(app: Flask, statement: str) -> None:
    factories.estate()
    with pytest.raises(DBAPIError, match="only grows"):
        db.session.execute(db.text(statement))


def test_the_chain_shows_where_it_was_tampered_with(app: Flask) -> None:
    for name in ("桥机嘉园", "侨亚小区", "安和苑"):
        factories.estate(name)
    assert first_broken_entry() is None
    db.session.execute(db.text("DROP TRIGGER audit_entry_no_update"))
    db.session.execute(db.text("UPDATE audit_entry SET after = '{}' WHERE id = 2"))
    db.session.commit()
    assert first_broken_entry() == 2
    result = app.test_cli_runner().invoke(args=["audit", "verify"])
    assert result.exit_code == 1
    assert "2" in result.output


def test_the_chain_shows_a_removed_entry(app: Flask) -> None:
    for name in ("桥机嘉园", "侨亚小区", "安和苑"):
        factories.estate(name)
    db.session.execute(db.text("DROP TRIGGER audit_entry_no_delete"))
    db.session.execute(db.text("DELETE FROM audit_entry WHERE id = 2"))
    db.session.commit()
    assert first_broken_entry() == 3


def test_the_command_tells_a_whole_trail(app: Flask) -> None:
    factories.estate()
    assert app.test_cli_runner().invoke(args=["audit", "verify"]).exit_code == 0
