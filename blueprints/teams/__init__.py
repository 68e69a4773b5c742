"""Volunteer teams and the hours ledger."""

from flask import Blueprint

blueprint = Blueprint("teams", __name__)

from blueprints.teams import routes  # noqa: F401 - the routes need the blueprint
