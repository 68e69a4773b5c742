"""Pages of this room."""

from blueprints.visits import models  # noqa: F401
