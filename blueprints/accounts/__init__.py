"""Logging in, being invited, and the people who have an account."""

from flask import Blueprint

blueprint = Blueprint("accounts", __name__, cli_group="user")

from blueprints.accounts import commands, people, routes  # noqa: F401 - the routes need the blueprint
