"""Estates, buildings, households and residents."""

from flask import Blueprint

blueprint = Blueprint("households", __name__)

from blueprints.households import routes  # noqa: F401 - the routes need the blueprint
