"""What the tests of the first page start from."""

from typing import Any

import pytest
from flask import Flask

from core.db import db
from tests import factories


@pytest.fixture
def gate(app: Flask) -> Any:
    """A building whose rooms the tests fill."""
    return factories.building(factories.estate())


def paired(student: Any, gate: Any, number: str, **columns: Any) -> Any:
    """A pairing with the columns that the test is about."""
    home = factories.household(factories.room(gate, number=number), name="翟爹爹")
    pairing = factories.pairing(student, home)
    for name, value in columns.items():
        setattr(pairing, name, value)
    db.session.commit()
    return pairing
