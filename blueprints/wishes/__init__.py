"""Micro-wishes. The room that a new one is copied from."""

from flask import Blueprint

blueprint = Blueprint("wishes", __name__)

# The blueprint has to be there before its views and commands are; two others only listen.
from blueprints.wishes import commands, consents, from_visits, routes, step_routes  # noqa: F401
