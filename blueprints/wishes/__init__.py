"""Micro-wishes. The room that a new one is copied from."""

from flask import Blueprint

blueprint = Blueprint("wishes", __name__)

# The blueprint has to be there before its views and commands are; from_visits only listens, and
# notices only declares.
from blueprints.wishes import commands, from_visits, notices, routes, step_routes  # noqa: F401
