"""The demo, loaded once for all tests of this room, on a day that is always the same."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask

from app import create_app
from core import clock
from core.db import db
from tests.demo.loading import EXTRA, demo

TOLD_AT = datetime(2026, 11, 20, 10, 30, tzinfo=clock.SHANGHAI).astimezone(UTC)


@pytest.fixture(scope="session")
def loaded(
    tmp_path_factory: pytest.TempPathFactory, cheap_passwords: None
) -> Iterator[tuple[Flask, str]]:
    """The demo in an instance of its own, with some synthetic households; loaded once."""
    folder = tmp_path_factory.mktemp("demo")
    app = create_app({"TESTING": True, "LINLI_INSTANCE": str(folder), "SECRET_KEY": "t"})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "source", lambda: TOLD_AT)
        status, said = demo(app, "--households", str(EXTRA))
    assert status == 0, said
    yield app, said
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def filled(loaded: tuple[Flask, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """What the command said; its database is at hand, and it is the day on which it was told."""
    app, said = loaded
    monkeypatch.setattr(clock, "source", lambda: TOLD_AT)
    with app.app_context():
        yield said
