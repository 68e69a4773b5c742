"""Certificates, notices, and their register."""

from flask import Blueprint

blueprint = Blueprint("documents", __name__)

from blueprints.documents import (
    about_person,  # noqa: F401 - only listens
    batch_new_routes,  # noqa: F401
    batch_routes,  # noqa: F401
    commands,  # noqa: F401
    consents,  # noqa: F401 - only listens
    draft_routes,  # noqa: F401
    exception_routes,  # noqa: F401
    file_routes,  # noqa: F401
    month_routes,  # noqa: F401
    posting_routes,  # noqa: F401
    register_routes,  # noqa: F401
    routes,  # noqa: F401
    settings_routes,  # noqa: F401
    verify_routes,  # noqa: F401
)
