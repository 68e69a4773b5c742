"""One row of the access table."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

PEOPLE = (
    "student",
    "other_student",
    "former_student",
    "secretary",
    "manager",
    "mentor",
    "admin",
    "nobody",
)


@dataclass(frozen=True)
class Case:
    """What each person gets when they ask for one endpoint.

    ``url`` builds the address from the world; ``data`` the fields of a POST. A POST that is
    allowed may answer 303 (done) or 422 (the form is shown again): both mean "let in", and
    the table says which. ``nobody`` is somebody without a login.
    """

    endpoint: str
    url: Callable[[Any], str]
    expect: dict[str, int]
    method: str = "GET"
    data: Callable[[Any], dict[str, Any]] = field(default=lambda world: {})

    def __post_init__(self) -> None:
        unknown = set(PEOPLE) ^ set(self.expect)
        if unknown:
            raise ValueError(f"{self.endpoint}: say what these get: {sorted(unknown)}")


def all_get(status: int, **others: int) -> dict[str, int]:
    """Return an expectation for everyone logged in, with exceptions; nobody is sent to log in."""
    return dict.fromkeys(PEOPLE, status) | {"nobody": 303} | others
