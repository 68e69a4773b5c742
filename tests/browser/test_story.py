"""The main job, once through, on a phone: from an empty instance to a certificate on the wall."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser

from app import create_app
from core.db import db
from core.demo_accounts import DEMO_PASSWORD
from tests.browser.hand import Hand
from tests.browser.story import (
    accept_invitation,
    approve_wish,
    call_back,
    call_her_granny_zhu,
    fulfil,
    hold_activity,
    import_ledger,
    invite,
    issue_papers,
    ledger,
    pair,
    photo,
    set_up,
    visit,
)
from tests.browsing import complaints, served

pytestmark = pytest.mark.browser


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Flask]:
    """An instance that nobody has set up."""
    app = create_app({"LINLI_INSTANCE": str(tmp_path / "instance")})
    with app.app_context():
        db.create_all()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Flask]:
    """An instance with the demo data."""
    app = create_app({"LINLI_INSTANCE": str(tmp_path / "instance"), "LINLI_DEMO": True})
    with app.app_context():
        db.create_all()
    outcome = app.test_cli_runner().invoke(args=["demo"])
    assert outcome.exit_code == 0, outcome.output
    yield app
    with app.app_context():
        db.engine.dispose()


def test_the_main_job_from_an_empty_instance(
    chromium: Browser, empty: Flask, tmp_path: Path
) -> None:
    with served(empty) as address:
        qin, lin = Hand(chromium, address), Hand(chromium, address)
        set_up(qin)
        import_ledger(qin, ledger(tmp_path))
        call_her_granny_zhu(qin)
        accept_invitation(lin, invite(qin))
        pair(qin)
        visit(lin)
        wish = approve_wish(qin)
        fulfil(lin, wish, photo(tmp_path))
        call_back(qin, wish)
        hold_activity(qin, lin)
        issue_papers(qin, address)


def test_the_main_job_on_the_demo_data(chromium: Browser, demo: Flask, tmp_path: Path) -> None:
    """The same steps work in the middle of a running company's data."""
    with served(demo) as address:
        qin, lin = Hand(chromium, address), Hand(chromium, address)
        qin.log_in("qin", DEMO_PASSWORD)
        lin.log_in("lin", DEMO_PASSWORD)
        visit(lin)
        wish = approve_wish(qin)
        fulfil(lin, wish, photo(tmp_path))
        call_back(qin, wish)
        issue_papers(qin, address)
        assert complaints(qin.page) == []
