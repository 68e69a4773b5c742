"""The demo: what it promises to show, and that it never touches other people's data."""

import re
from collections.abc import Callable
from pathlib import Path

from flask import Flask, current_app
from sqlalchemy import func, select

from app import create_app
from blueprints.accounts.models import User
from blueprints.households.models import (
    Estate,
    Household,
)
from blueprints.visits.models import Visit
from blueprints.visits.pairings import Pairing
from core.audit import AuditEntry, first_broken_entry
from core.db import db
from core.demo_accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from core.photos import Photo, photo_folder
from tests import factories
from tests.demo.loading import CALLS_EACH, EXTRA, demo, everything


def test_a_database_with_somebody_in_it_is_refused_and_left_alone(app: Flask) -> None:
    factories.user("qin", "秦若川", ["secretary"])
    status, said = demo(app)
    assert status != 0
    assert "已经有数据了" in said
    assert db.session.scalar(select(func.count(User.id))) == 1
    assert not db.session.scalar(select(func.count(Household.id)))
    assert not app.config["LINLI_DEMO"]


def test_a_second_time_is_refused(filled: str) -> None:
    households = db.session.scalar(select(func.count(Household.id)))
    db.session.rollback()
    status, said = demo(create_app_again())
    assert status != 0
    assert "已经有数据了" in said
    assert db.session.scalar(select(func.count(Household.id))) == households


def create_app_again() -> Flask:
    """Start the same instance anew, as a second command would."""
    return create_app({"TESTING": True, "LINLI_INSTANCE": str(photo_folder().parent)})


def test_the_instance_is_known_as_a_demo_however_it_is_started_next(filled: str) -> None:
    assert create_app_again().config["LINLI_DEMO"]


def test_every_demo_account_is_told_and_has_the_password(filled: str) -> None:
    assert DEMO_PASSWORD in filled
    for username, name, role in DEMO_ACCOUNTS:
        user = db.session.scalars(select(User).where(User.username == username)).one()
        assert (user.name, user.roles) == (name, [role])
        assert user.has_password(DEMO_PASSWORD)
        assert name in filled


def test_the_demos_login_page_lets_anybody_in_with_one_press(filled: str) -> None:
    client = current_app.test_client()
    page = client.get("/login").text
    for username, name, _role in DEMO_ACCOUNTS:
        assert f'name="username" value="{username}"' in page
        assert name in page
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    form = {"csrf_token": token, "username": "qin", "password": DEMO_PASSWORD}
    assert client.post("/login", data=form).status_code == 303


def test_a_real_instance_knows_of_no_demo_accounts(browser: Callable, lin: User) -> None:
    page = browser().get("/login").text
    assert DEMO_PASSWORD not in page
    assert "顾长青" not in page


def test_synthetic_students_cannot_log_in(filled: str) -> None:
    synthetic = db.session.scalars(select(User).where(User.username.like("s0%"))).all()
    assert synthetic
    assert all(user.password_hash == "" for user in synthetic)


def test_every_photo_is_on_the_disk(filled: str) -> None:
    photos = everything(Photo)
    assert len(photos) >= 5
    names = {path.name for path in photo_folder().rglob("*")}
    assert all(any(name.startswith(Path(p.name).stem) for name in names) for p in photos)


def test_the_audit_trail_of_the_story_is_whole(filled: str) -> None:
    assert db.session.scalar(select(func.count(AuditEntry.id))) > 500
    assert first_broken_entry() is None


def test_synthetic_households_have_ten_visits_each_and_a_student_for_every_fourth(
    filled: str,
) -> None:
    synthetic = select(Household.id).join(Household.estate).where(Estate.name.startswith("演示"))
    calls = select(func.count(Visit.id)).where(Visit.household_id.in_(synthetic))
    pairs = select(func.count(Pairing.id)).where(Pairing.household_id.in_(synthetic))
    assert db.session.scalar(select(func.count()).select_from(synthetic.subquery())) == EXTRA
    assert db.session.scalar(calls) == EXTRA * CALLS_EACH
    assert db.session.scalar(pairs) == EXTRA // 4
