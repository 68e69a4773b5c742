"""The demo's command, and what stands in its tables afterwards."""

from flask import Flask
from sqlalchemy import select

from blueprints.households.models import (
    Estate,
    Household,
)
from core.db import db

EXTRA = 60


CALLS_EACH = 10


def demo(app: Flask, *options: str) -> tuple[int, str]:
    """Run the command; return its exit status and what it said."""
    result = app.test_cli_runner().invoke(args=["demo", *options])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def story_households() -> list[int]:
    """Return the households of the story, without the synthetic ones."""
    return list(
        db.session.scalars(
            select(Household.id).join(Household.estate).where(~Estate.name.startswith("演示小区"))
        )
    )


def everything(model: type) -> list:
    return list(db.session.scalars(select(model)))
