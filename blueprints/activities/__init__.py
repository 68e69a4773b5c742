"""Activities and who came."""

from flask import Blueprint

blueprint = Blueprint("activities", __name__)

from blueprints.activities import routes  # noqa: F401 - the routes need the blueprint
