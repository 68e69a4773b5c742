"""Pairings and visits."""

from flask import Blueprint

blueprint = Blueprint("visits", __name__)

# The blueprint has to be there before its views are; notices and what listens only declare.
from blueprints.visits import (  # noqa: F401
    about_person,
    absence_routes,
    calendar_routes,
    commands,
    export_routes,
    follow_up_routes,
    handover_routes,
    journal_import,
    merged,
    notices,
    pairing_routes,
    round_routes,
    routes,
)
