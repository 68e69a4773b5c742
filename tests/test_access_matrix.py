"""Every endpoint, every role: who is let in, who is refused, for whom it does not exist."""

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.access import world
from tests.access.cases import PEOPLE, Case

TABLES = [
    import_module(f"tests.access.{path.stem}")
    for path in sorted((Path(__file__).parent / "access").glob("*.py"))
    if path.stem not in ("__init__", "cases", "world")
]
CASES: list[Case] = [case for table in TABLES for case in table.CASES]
# Files that anybody may fetch: style, scripts, icons.
NO_PEOPLE_IN_IT = {"static"}


def everything() -> Any:
    """Build the world, with what each room adds to it."""
    built = world.build()
    for table in TABLES:
        if hasattr(table, "build"):
            table.build(built)
    return built


@pytest.mark.parametrize("person", PEOPLE)
def test_everyone_gets_what_the_table_says(app: Flask, browser: Any, person: str) -> None:
    built = everything()
    wrong = []
    for case in CASES:
        client = browser(None if person == "nobody" else getattr(built, person))
        if case.method == "GET":
            status = client.get(case.url(built)).status_code
        else:
            status = client.send(case.url(built), case.data(built)).status_code
        if status != case.expect[person]:
            wrong.append(f"{case.method} {case.endpoint}: {status}, not {case.expect[person]}")
    assert wrong == []


def test_no_endpoint_is_missing_from_the_table(app: Flask) -> None:
    asked = {(case.endpoint, case.method) for case in CASES}
    offered = {
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        for method in rule.methods & {"GET", "POST", "PUT", "PATCH", "DELETE"}
        if rule.endpoint not in NO_PEOPLE_IN_IT
    }
    assert offered - asked == set()
