"""Each role's first page, search, and the way around."""

from flask import Blueprint

blueprint = Blueprint("home", __name__)

from blueprints.home import routes  # noqa: F401 - the routes need the blueprint
