"""What each person is told: the page behind the bell."""

from flask import Blueprint

blueprint = Blueprint("notices", __name__)

# The blueprint has to be there before its views and commands are.
from blueprints.notices import commands, routes  # noqa: F401
