"""Micro-wishes. The room that a new one is copied from."""

from flask import Blueprint

blueprint = Blueprint("wishes", __name__)

from blueprints.wishes import routes  # noqa: F401 - the routes need the blueprint
