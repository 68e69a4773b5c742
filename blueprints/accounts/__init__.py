"""Logging in, being invited, and the people who have an account."""

from flask import Blueprint

blueprint = Blueprint("accounts", __name__, cli_group="user")

# The blueprint has to be there before its views are.
from blueprints.accounts import (  # noqa: F401
    commands,
    joining_routes,
    notices,
    people,
    routes,
    second_step_routes,
)
