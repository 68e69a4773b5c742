"""Volunteer teams and the hours ledger."""

from flask import Blueprint

blueprint = Blueprint("teams", __name__)

# They need the blueprint.
from blueprints.teams import (  # noqa: F401
    export_routes,
    hours,
    roster,
    routes,
    volunteers,
)
