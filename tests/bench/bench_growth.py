"""Every list, both home pages, search and the building map, as the data grows tenfold."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from blueprints.households.models import Building, Estate
from core.db import db
from tests.bench.data import FEW, MANY, app_on, instance
from tests.bench.table import Row
from tests.bench.visitor import Visitor, in_turns

MOST = 1.3
TIMES = 5
PEOPLE = {"qin": "secretary", "lin": "student"}
SEARCHES = ("/search?q=王", "/search?q=wgy", "/search?q=2-1-301")


def rows() -> list[Row]:
    """One row for each page of each person, the slowest growing first."""
    few, many = (app_on(instance(households)) for households in (FEW, MANY))
    found = [
        row
        for username, role in PEOPLE.items()
        for row in grown_for(Visitor(few, username), Visitor(many, username), role)
    ]
    return sorted(found, key=lambda row: row.ratio or 0, reverse=True)


def grown_for(few: Visitor, many: Visitor, role: str) -> Iterator[Row]:
    """One row for each page that this person may open."""
    for path in pages(few):
        yield grown(path, few, many, role)


def pages(visitor: Visitor) -> Iterator[str]:
    """Every page without a number in its address that this person may open, and the rest named."""
    with visitor.app.app_context():
        building = db.session.scalar(
            select(Building.id).join(Building.estate).where(Estate.name == "演示小区01").limit(1)
        )
    plain = {
        rule.rule
        for rule in visitor.app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.arguments
    }
    for path in (*sorted(plain), f"/buildings/{building}", *SEARCHES):
        answer = visitor.ask(path)
        if answer.status_code == 200 and answer.mimetype == "text/html":
            yield path


def grown(path: str, few: Visitor, many: Visitor, role: str) -> Row:
    """How much longer a page takes, and whether it asks the database more often."""
    much, little = in_turns(many.asker(path), few.asker(path), TIMES)
    counts = [statements(visitor, path) for visitor in (many, few)]
    asked = f"{counts[1]} → {counts[0]} queries" if len(set(counts)) > 1 else f"{counts[0]} queries"
    ratio = much / little
    return Row(
        f"{path} as {role}, {asked}",
        f"{much:.1f} ms",
        f"{little:.1f} ms (a tenth of the data)",
        ratio,
        f"≤ {MOST}, no more queries",
        ratio <= MOST and counts[0] <= counts[1],
    )


def statements(visitor: Visitor, path: str) -> int:
    with visitor.queries() as sent:
        visitor.ask(path)
    return len(sent)
