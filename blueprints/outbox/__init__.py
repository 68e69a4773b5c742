"""What a phone keeps and sends when it can, and what it may open without a signal."""

from flask import Blueprint

blueprint = Blueprint("outbox", __name__)

from blueprints.outbox import offline_routes, routes  # noqa: F401 - the routes need the blueprint
