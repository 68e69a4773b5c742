"""Pages of this room."""

from blueprints.teams import models  # noqa: F401
