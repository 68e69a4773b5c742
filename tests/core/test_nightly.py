"""What timers run at night: that it is there, and that what was kept for a day is gone."""

import re
from datetime import timedelta
from typing import Any

from flask import Flask

from core import clock
from core.config import ROOT
from core.db import db
from core.kept import KeptForm


def test_what_was_typed_into_an_expired_form_is_gone_after_a_night(app: Flask, lin: Any) -> None:
    for token, hours in (("old", 25), ("new", 23)):
        at = clock.now() - timedelta(hours=hours)
        fields = [["note", "祝婆婆腰疼"]]
        db.session.add(
            KeptForm(token=token, user_id=lin.id, path="/", fields=fields, created_at=at)
        )
    db.session.commit()
    assert "1 张" in app.test_cli_runner().invoke(args=["forget-forms"]).output
    assert db.session.scalars(db.select(KeptForm.token)).all() == ["new"]


def test_the_services_name_commands_that_there_are(app: Flask) -> None:
    units = "".join(unit.read_text() for unit in (ROOT / "deploy").glob("*.service"))
    commands = set(re.findall(r"flask --app app ([a-z -]*[a-z])", units))
    assert {"upgrade", "backup", "forget-forms", "import forget-old"} <= commands
    for command in commands:
        outcome = app.test_cli_runner().invoke(args=[*command.split(), "--help"])
        assert outcome.exit_code == 0, command
