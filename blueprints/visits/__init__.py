"""Pairings and visits."""

from flask import Blueprint

blueprint = Blueprint("visits", __name__)

# The blueprint has to be there before its views are; notices only declares.
from blueprints.visits import (  # noqa: F401
    absence_routes,
    export_routes,
    journal_import,
    notices,
    pairing_routes,
    routes,
)
