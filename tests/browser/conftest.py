"""What the tests of a student's phone start from: a server that can be killed, and one phone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.offline import Phone, World, world_in


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A server with two households of 林一舟's, which a test may stop and start."""
    with world_in(tmp_path / "instance") as world:
        yield world


@pytest.fixture
def phone(chromium: Browser, world: World) -> Iterator[Phone]:
    """林一舟's phone, logged in; its pages have nothing to complain of at the end."""
    phone = Phone(chromium, world).log_in()
    yield phone
    phone.context.close()
    assert phone.errors == []
