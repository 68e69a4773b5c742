"""Logging in, being invited, and the people who have an account."""

from flask import Blueprint

blueprint = Blueprint("accounts", __name__)

from blueprints.accounts import people, routes  # noqa: F401 - the routes need the blueprint
