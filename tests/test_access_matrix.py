"""Every endpoint, every role: who is let in, who is refused, for whom it does not exist."""

import shutil
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app import create_app
from blueprints import ROOMS
from core.db import db
from core.submissions import new_submission_id
from tests.access import world
from tests.access.cases import PEOPLE, Case
from tests.conftest import Browser

# In the rooms' order: a room's world may build on those of the rooms before it.
TABLES = [
    import_module(f"tests.access.{room}")
    for room in ROOMS
    if (Path(__file__).parent / "access" / f"{room}.py").exists()
]
CASES: list[Case] = [case for table in TABLES for case in table.CASES]
# Files that anybody may fetch: style, scripts, icons.
NO_PEOPLE_IN_IT = {"static", "styles", "scripts"}


def everything() -> Any:
    """Build the world, with what each room adds to it."""
    built = world.build()
    for table in TABLES:
        if hasattr(table, "build"):
            table.build(built)
    return built


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> tuple[Flask, Any, Path]:
    """The world as it was built, and a copy of its database to go back to."""
    folder = tmp_path_factory.mktemp("world")
    app = create_app({"TESTING": True, "LINLI_INSTANCE": str(folder), "SECRET_KEY": "t"})
    app.test_client_class = Browser
    with app.app_context():
        db.create_all()
        built = everything()
        detach(built)
        db.session.remove()
        db.engine.dispose()
    shutil.copyfile(folder / "linli.db", folder / "copy.db")
    return app, built, folder


def detach(built: Any) -> None:
    """Load what was built once more and let go of it: the cases only read its columns."""
    for value in vars(built).values():
        for thing in value.values() if isinstance(value, dict) else [value]:
            if isinstance(thing, db.Model):
                db.session.refresh(thing)
    db.session.expunge_all()


def go_back(folder: Path, copy: str) -> None:
    """Put the database back as it was when the copy was made."""
    db.session.remove()
    db.engine.dispose()
    for rest in ("-wal", "-shm"):
        (folder / f"linli.db{rest}").unlink(missing_ok=True)
    shutil.copyfile(folder / copy, folder / "linli.db")


def entered(app: Flask, built: Any, person: str, folder: Path) -> tuple[Browser, str]:
    """Let this person in; return their browser and its token, and keep a copy of the database."""
    go_back(folder, "copy.db")
    client = app.test_client()
    if person != "nobody":
        client.log_in(getattr(built, person))
    token = client.token()
    db.session.remove()
    db.engine.dispose()
    shutil.copyfile(folder / "linli.db", folder / "entered.db")
    return client, token


def posted(client: Browser, token: str, case: Case, built: Any) -> int:
    fields = {"csrf_token": token, "submission_id": new_submission_id()} | case.data(built)
    return client.post(case.url(built), data=fields).status_code


@pytest.mark.parametrize("person", PEOPLE)
def test_everyone_gets_what_the_table_says(untouched: tuple[Flask, Any, Path], person: str) -> None:
    app, built, folder = untouched
    wrong = []

    def check(case: Case, status: int) -> None:
        if status != case.expect[person]:
            said = f"{case.method} {case.endpoint} {case.url(built)}"
            wrong.append(f"{said}: {status}, not {case.expect[person]}")

    with app.app_context():
        client, token = entered(app, built, person, folder)
        for case in CASES:
            if case.method == "GET":
                check(case, client.get(case.url(built)).status_code)
        cookie = client.get_cookie("linli").value
        for case in CASES:
            if case.method != "GET":
                go_back(folder, "entered.db")
                client.set_cookie("linli", cookie)
                check(case, posted(client, token, case, built))
    assert wrong == []


def test_a_stranger_enters_nowhere_by_saying_that_a_phone_sends(
    untouched: tuple[Flask, Any, Path],
) -> None:
    app, built, folder = untouched
    public = {name for name, view in app.view_functions.items() if hasattr(view, "public")}
    behind_the_login = [case for case in CASES if case.endpoint not in public]
    with app.app_context():
        client, token = entered(app, built, "nobody", folder)
        for said in ("None", "", "1"):
            answers = {
                client.open(
                    case.url(built),
                    method=case.method,
                    headers={"Outbox": said},
                    data={"csrf_token": token} if case.method != "GET" else None,
                ).status_code
                for case in behind_the_login
            }
            assert answers == {401}


def test_no_endpoint_is_missing_from_the_table(app: Flask) -> None:
    asked = {(case.endpoint, case.method) for case in CASES}
    offered = {
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        for method in rule.methods & {"GET", "POST", "PUT", "PATCH", "DELETE"}
        if rule.endpoint not in NO_PEOPLE_IN_IT
    }
    assert offered - asked == set()
