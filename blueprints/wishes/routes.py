"""Pages of this room."""

from blueprints.wishes import models  # noqa: F401
