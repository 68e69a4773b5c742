"""The rooms, in the order in which one may import another."""

from importlib import import_module

from flask import Blueprint

ROOMS = (
    "accounts",
    "imports",
    "households",
    "teams",
    "visits",
    "wishes",
    "activities",
    "documents",
    "notices",
    "home",
    "outbox",
    "settings",
    "demo",
)


def all_blueprints() -> list[Blueprint]:
    """Return each room's blueprint; importing a room also declares its tables."""
    return [import_module(f"blueprints.{room}").blueprint for room in ROOMS]
