"""A made-up company to look around in. This room has no pages, only ``flask demo``."""

from flask import Blueprint

blueprint = Blueprint("demo", __name__, cli_group=None)

from blueprints.demo import commands  # noqa: F401 - the command needs the blueprint
