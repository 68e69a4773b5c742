"""Certificates, notices, and their register."""

from flask import Blueprint

blueprint = Blueprint("documents", __name__)

from blueprints.documents import routes  # noqa: F401 - the routes need the blueprint
