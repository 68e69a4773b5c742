"""Pages of this room."""

from blueprints.activities import models  # noqa: F401
