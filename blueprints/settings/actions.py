"""Changing the company's settings."""

from typing import Any

from core.settings import change_setting, setting


def change_settings(values: dict[str, Any]) -> None:
    """Set what differs from how it is now; a default that nobody changed stays a default."""
    for name, value in values.items():
        if value != setting(name):
            change_setting(name, value)
