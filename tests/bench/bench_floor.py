"""The busiest list, against the least that Flask and SQLAlchemy need to show the same rows."""

from __future__ import annotations

from flask import Flask, render_template
from sqlalchemy import Engine, create_engine, select

from blueprints.visits.journal import LINES, NEWEST_FIRST
from blueprints.visits.models import Visit
from core.db import sqlite_module
from tests.bench.data import MANY, app_on, instance
from tests.bench.table import Row
from tests.bench.visitor import Visitor, asker, in_turns

LEAST_SHARE = 0.5
# A page costs a few milliseconds: the median of many turns is steady where one of sixty is not.
TURNS = 300
PLAIN_TABLE = """<!doctype html><title>Visits</title><table>
{% for row in rows %}<tr><td>{{ row.visited_on }}<td>{{ row.head_name }} {{ row.head_honorific }}<td>{{ row.visitor }}
<td>{{ row.building }} {{ row.unit }} {{ row.room }}<td>{{ row.met }}<td>{{ row.minutes }}
<td>{{ row.note }}<td>{{ row.voided_at }}{% endfor %}</table>"""
NEWEST = select(Visit.id).order_by(*NEWEST_FIRST).limit(50)
JOIN = LINES.where(Visit.id.in_(NEWEST.scalar_subquery()))


def bare_app(engine: Engine) -> Flask:
    """A Flask application that is nothing but this list: no login, no frame, no checks."""
    app = Flask("floor")
    template = app.jinja_env.from_string(PLAIN_TABLE)

    @app.get("/")
    def index() -> str:
        with engine.connect() as connection:
            return render_template(template, rows=connection.execute(JOIN).all())

    return app


def rows() -> list[Row]:
    """Requests per second, both applications in this process."""
    folder = instance(MANY)
    engine = create_engine(f"sqlite:///{folder / 'linli.db'}", module=sqlite_module())
    secretary = Visitor(app_on(folder), "qin")
    ours, floor = in_turns(secretary.asker("/visits"), asker(bare_app(engine), "/"), TURNS)
    share = floor / ours
    return [
        Row(
            "busiest list: 50 of 200,000 visits, whole page",
            f"{1000 / ours:.0f} /s",
            f"{1000 / floor:.0f} /s (bare Flask, same join)",
            share,
            f"≥ {LEAST_SHARE}",
            share >= LEAST_SHARE,
        )
    ]
