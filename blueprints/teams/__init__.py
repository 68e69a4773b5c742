"""Volunteer teams and the hours ledger."""

from flask import Blueprint

blueprint = Blueprint("teams", __name__)

# They need the blueprint, or only declare something.
from blueprints.teams import (  # noqa: F401
    about_person,
    export_routes,
    hours,
    links,
    notices,
    roster,
    routes,
    volunteers,
)
