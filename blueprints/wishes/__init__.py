"""Micro-wishes. The room that a new one is copied from."""

from flask import Blueprint

blueprint = Blueprint("wishes", __name__)

# The blueprint has to be there before its views and commands are; the others only listen.
from blueprints.wishes import (  # noqa: F401
    about_person,
    commands,
    consents,
    days,
    export_routes,
    from_visits,
    month_routes,
    notices,
    routes,
    step_routes,
)
