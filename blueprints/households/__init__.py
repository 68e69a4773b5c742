"""Estates, buildings, households and residents."""

from flask import Blueprint

blueprint = Blueprint("households", __name__)

from blueprints.households import (
    commands,  # noqa: F401
    estate_routes,  # noqa: F401
    export_routes,  # noqa: F401
    ledger,  # noqa: F401 - registers its ledger
    merge_routes,  # noqa: F401
    person_routes,  # noqa: F401
    print_routes,  # noqa: F401
    resident_routes,  # noqa: F401
    room_routes,  # noqa: F401
    routes,  # noqa: F401
)
