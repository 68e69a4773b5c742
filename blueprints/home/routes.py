"""The first page, and search."""

from flask import render_template
from flask.typing import ResponseReturnValue

from blueprints.home import blueprint
from blueprints.home.navigation import navigation

blueprint.app_context_processor(navigation)


@blueprint.get("/")
def index() -> ResponseReturnValue:
    """Show what this person has to do now."""
    return render_template("home/index.html")
