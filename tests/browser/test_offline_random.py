"""Some of the random sequences; `make bench` plays two hundred."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.offline import Phone, world_in
from tests.browser.offline_faults import Stairwell

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("seed", range(4))
def test_whatever_fails_each_record_arrives_once(
    chromium: Browser, tmp_path: Path, seed: int
) -> None:
    with world_in(tmp_path / "instance") as world:
        phone = Phone(chromium, world).log_in()
        assert Stairwell(phone, world, tmp_path).run(seed) == []
        phone.context.close()
