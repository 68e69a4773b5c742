"""Pairings and visits."""

from flask import Blueprint

blueprint = Blueprint("visits", __name__)

# The blueprint has to be there before its views are.
from blueprints.visits import absence_routes, pairing_routes, routes  # noqa: F401
