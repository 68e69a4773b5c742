"""Reading the office's ledgers in: one way for every room; each room says what its rows mean."""

from flask import Blueprint

blueprint = Blueprint("imports", __name__)

from blueprints.imports import (
    commands,  # noqa: F401
    preview_routes,  # noqa: F401
    routes,  # noqa: F401
)
