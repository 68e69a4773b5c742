"""Pages of this room."""

from blueprints.documents import models  # noqa: F401
