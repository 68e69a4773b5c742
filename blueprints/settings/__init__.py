"""Company, accounts and the audit trail."""

from flask import Blueprint

blueprint = Blueprint("settings", __name__)

# They need the blueprint.
from blueprints.settings import calendar_routes, export_routes, routes  # noqa: F401
