"""What the tests of this room start from: an estate, a student there, and 祝婆婆's household."""

from typing import Any

import pytest
from flask import Flask

from blueprints.households.actions import reindex
from core.db import db
from tests import factories


@pytest.fixture
def estate(app: Flask) -> Any:
    """桥机嘉园, still without buildings."""
    return factories.estate()


@pytest.fixture
def qiaoya(app: Flask) -> Any:
    """侨亚小区 with one building and one of its rooms."""
    found = factories.estate("侨亚小区")
    factories.room(factories.building(found, "示1栋"), number="301")
    return found


@pytest.fixture
def lin_here(estate: Any) -> Any:
    """林一舟, at work in this estate."""
    return factories.user("lin", "林一舟", ["student"], [estate])


@pytest.fixture
def home(estate: Any) -> Any:
    """祝秀英's household, whom everybody calls 祝婆婆."""
    found = factories.household(factories.room(factories.building(estate)), name="祝秀英")
    factories.head(found).honorific = "婆婆"
    reindex(found.id)
    db.session.commit()
    return found
