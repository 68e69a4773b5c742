"""Pages of this room."""

from blueprints.households import models  # noqa: F401
