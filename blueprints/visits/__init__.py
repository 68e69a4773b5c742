"""Pairings and visits."""

from flask import Blueprint

blueprint = Blueprint("visits", __name__)

from blueprints.visits import routes  # noqa: F401 - the routes need the blueprint
