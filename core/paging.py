"""Lists in pages, without counting what lies on the other pages: a count grows with the data."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import abort, request, url_for
from sqlalchemy import Select

from core.db import db

T = TypeVar("T")
PAGE_SIZE = 50
# Nobody leafs this far; whoever does should filter. It bounds what an OFFSET costs.
LAST_PAGE = 200


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list, and where the neighbouring ones are."""

    items: Sequence[T]
    number: int
    has_next: bool

    @property
    def prev_url(self) -> str | None:
        return page_url(self.number - 1) if self.number > 1 else None

    @property
    def next_url(self) -> str | None:
        return page_url(self.number + 1) if self.has_next and self.number < LAST_PAGE else None

    @property
    def text(self) -> None:
        """Say nothing of a total, which nobody counted."""


def one_page(statement: Select[tuple[T]], size: int = PAGE_SIZE) -> Page[T]:
    """Return the page of an ordered select that the request asks for; a wrong number is 404."""
    number = request.args.get("page", default=1, type=int)
    if not 1 <= number <= LAST_PAGE:
        abort(404)
    rows = db.session.scalars(statement.limit(size + 1).offset((number - 1) * size)).unique().all()
    return Page(rows[:size], number, has_next=len(rows) > size)


def page_url(number: int) -> str:
    """Return the address of another page of the list that is shown, with the same filters."""
    args = request.args.to_dict() | (request.view_args or {}) | {"page": str(number)}
    return url_for(request.endpoint or "", **args)
