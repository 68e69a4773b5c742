"""One home, the student who looks after it, and wishes in any state."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests import factories
from tests.wishes.journeys import wish_that_is


@pytest.fixture
def home(app: Flask, lin: Any) -> Any:
    """祝婆婆's home at 桥机嘉园 示2栋 1单元 301, paired with 林一舟."""
    found = factories.household()
    factories.pairing(lin, found)
    return found


@pytest.fixture
def wish(home: Any, qin: Any) -> Callable[..., Any]:
    """Make a wish of this home in a state: ``wish("claimed", claimer=fang)``."""

    def make(state: str = "collected", **fields: Any) -> Any:
        return wish_that_is(state, home, qin, **fields)

    return make
