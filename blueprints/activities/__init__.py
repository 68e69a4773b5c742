"""Activities and who came."""

from flask import Blueprint

blueprint = Blueprint("activities", __name__)

# They need the blueprint, or only declare something.
from blueprints.activities import (  # noqa: F401
    arrivals,
    book,
    commands,
    days,
    export_routes,
    joining_routes,
    notices,
    print_routes,
    quiz_routes,
    records,
    routes,
)
