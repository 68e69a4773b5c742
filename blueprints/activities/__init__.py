"""Activities and who came."""

from flask import Blueprint

blueprint = Blueprint("activities", __name__)

from blueprints.activities import (  # noqa: F401 - they need the blueprint
    book,
    export_routes,
    joining_routes,
    records,
    routes,
)
