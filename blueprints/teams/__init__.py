"""Volunteer teams and the hours ledger."""

from flask import Blueprint

blueprint = Blueprint("teams", __name__)

from blueprints.teams import hours, routes, volunteers  # noqa: F401 - they need the blueprint
