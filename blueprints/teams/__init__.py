"""Volunteer teams and the hours ledger."""

from flask import Blueprint

blueprint = Blueprint("teams", __name__)

# They need the blueprint.
from blueprints.teams import export_routes, hours, routes, volunteers  # noqa: F401
