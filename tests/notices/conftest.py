"""The wishes' home and wish serve here as well, where a test brings none of its own."""

from tests.wishes.conftest import home, wish

__all__ = ["home", "wish"]
