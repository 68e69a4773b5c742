"""What every test starts from: an app on a file, a client, and people with names."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import expect, sync_playwright
from sqlalchemy import event
from werkzeug.test import TestResponse

from app import create_app
from blueprints.accounts.models import hasher
from core import clock
from core.db import db
from core.submissions import new_submission_id
from tests import factories
from tests.browsing import FLAGS, chromium_path, served

PASSWORD = "linli-test-2026"


@pytest.fixture(autouse=True, scope="session")
def cheap_passwords() -> None:
    """Hash passwords at the lowest cost: the tests log in a thousand times."""
    hasher.__init__(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> tuple[Flask, Path]:
    """One application for all tests, and an empty database to begin each of them with.

    Putting the routes and the tables together takes longer than most tests.
    """
    folder = tmp_path_factory.mktemp("house")
    app = create_app(
        {"TESTING": True, "LINLI_INSTANCE": str(folder / "instance"), "SECRET_KEY": "t"}
    )
    with app.app_context():
        db.create_all()
        db.engine.dispose()
    return app, shutil.copy(folder / "instance" / "linli.db", folder)


@pytest.fixture
def app(house: tuple[Flask, Path]) -> Iterator[Flask]:
    """An empty instance, on a database file as in real life."""
    app, empty_database = house
    instance, config = Path(app.config["LINLI_INSTANCE"]), dict(app.config)
    shutil.rmtree(instance)
    instance.mkdir(mode=0o700)
    shutil.copy(empty_database, instance / "linli.db")
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    app.config.clear()
    app.config.update(config)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """The system's Chromium, started once."""
    path = chromium_path()
    if not path:
        pytest.skip("needs the chromium package")
    # Other tests share the machine: a page may take its time.
    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Where a real browser finds the application."""
    with served(app) as found:
        yield found


class Browser(FlaskClient):
    """A client that sends forms as a browser does: with the token and the id they carry."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Make a request in a context of its own, as a server does.

        The test's own transaction ends first, so that it neither locks the request out nor
        shows it old rows.
        """
        db.session.commit()
        with self.application.app_context():
            return super().open(*args, **kwargs)

    def send(self, path: str, data: dict[str, Any] | None = None, **kwargs: Any) -> TestResponse:
        """POST a form without having opened its page first."""
        fields = {"csrf_token": self.token(), "submission_id": new_submission_id()} | (data or {})
        return self.post(path, data=fields, **kwargs)

    def token(self) -> str:
        """Return the CSRF token of this session, as any page of it shows; the lightest does."""
        page = self.get("/verify", follow_redirects=True).text
        return re.search(r'name="csrf" content="([^"]+)"', page)[1]

    def log_in(self, user: Any, password: str = PASSWORD) -> "Browser":
        response = self.send("/login", {"username": user.username, "password": password})
        assert response.status_code == 303, response.text
        return self


@pytest.fixture
def browser(app: Flask) -> Callable[..., Browser]:
    """Open a browser on a device of its own, logged in when a person is named."""
    app.test_client_class = Browser

    def open_browser(user: Any = None) -> Browser:
        client = app.test_client()
        return client.log_in(user) if user else client

    return open_browser


@pytest.fixture
def lin(app: Flask) -> Any:
    """林一舟, a student."""
    return factories.user("lin", "林一舟", ["student"])


@pytest.fixture
def fang(app: Flask) -> Any:
    """方晓禾, another student."""
    return factories.user("fang", "方晓禾", ["student"])


@pytest.fixture
def qin(app: Flask) -> Any:
    """秦若川, the branch secretary."""
    return factories.user("qin", "秦若川", ["secretary"])


@pytest.fixture
def gu(app: Flask) -> Any:
    """顾长青, the property manager."""
    return factories.user("gu", "顾长青", ["manager"])


@pytest.fixture
def shen(app: Flask) -> Any:
    """沈怀谷, a mentor."""
    return factories.user("shen", "沈怀谷", ["mentor"])


@pytest.fixture
def admin(app: Flask) -> Any:
    """The administrator."""
    return factories.user("admin", "管理员", ["admin"])


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Stop the clock at a moment in Shanghai: ``set_clock(2026, 9, 21, 10, 30)``."""

    def stop(*parts: int) -> None:
        moment = datetime(*parts, tzinfo=clock.SHANGHAI).astimezone(UTC)
        monkeypatch.setattr(clock, "source", lambda: moment)

    return stop


@pytest.fixture
def queries(app: Flask) -> Callable[[], Any]:
    """Collect the statements that a block sends to the database: ``with queries() as sent``."""

    @contextmanager
    def collect() -> Iterator[list[str]]:
        sent: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            sent.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        yield sent
        event.remove(db.engine, "before_cursor_execute", note)

    return collect
