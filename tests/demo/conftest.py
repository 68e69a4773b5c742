"""The demo, loaded once for all tests of this room."""

from collections.abc import Iterator

import pytest
from flask import Flask

from app import create_app
from core.db import db
from tests.demo.loading import EXTRA, demo


@pytest.fixture(scope="session")
def loaded(
    tmp_path_factory: pytest.TempPathFactory, cheap_passwords: None
) -> Iterator[tuple[Flask, str]]:
    """The demo in an instance of its own, with some synthetic households; loaded once."""
    folder = tmp_path_factory.mktemp("demo")
    app = create_app({"TESTING": True, "LINLI_INSTANCE": str(folder), "SECRET_KEY": "t"})
    status, said = demo(app, "--households", str(EXTRA))
    assert status == 0, said
    yield app, said
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def filled(loaded: tuple[Flask, str]) -> Iterator[str]:
    """What the command said; its database is at hand."""
    app, said = loaded
    with app.app_context():
        yield said
