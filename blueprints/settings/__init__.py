"""Company, accounts and the audit trail."""

from flask import Blueprint

blueprint = Blueprint("settings", __name__)

from blueprints.settings import routes  # noqa: F401 - the routes need the blueprint
