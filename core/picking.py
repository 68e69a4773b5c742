"""Choosing of many: the likeliest as chips, anybody else by typing a few characters.

A list of everybody would grow with the company. Works without scripts: the words are a part of the
form, and a form whose words changed since its choices were found is a question, not an answer.
"""

from collections.abc import Sequence
from typing import Any

from flask_babel.speaklater import LazyString
from sqlalchemy import ColumnElement, Select, or_
from wtforms import Field, RadioField, SelectMultipleField

from core.choices import offering
from core.db import db

MOST_OFFERED = 20


class Finding(Field):
    """A field that finds what it offers by a few characters."""

    shown_as: str

    def __init__(
        self, label: LazyString, validators: Sequence[Any], *, looks_for: LazyString, **kwargs: Any
    ) -> None:
        super().__init__(label, validators, **{"coerce": int, **kwargs})
        self.type = self.shown_as
        self.looks_for = looks_for
        self.words, self.is_asked, self.has_more, self.found_none = "", False, False, False

    def process(self, formdata: Any, *args: Any, **kwargs: Any) -> None:
        """Take in what was chosen, what was typed to find others, and what that was before."""
        super().process(formdata, *args, **kwargs)
        if formdata is not None:
            self.words = formdata.get(f"{self.name}_words", "").strip()
            self.is_asked = self.words != formdata.get(f"{self.name}_found", "")

    def offer(
        self,
        rows: Select[tuple[Any, str]],
        searched: Sequence[ColumnElement[str]],
        first: Sequence[tuple[Any, str]] = (),
        most: int = MOST_OFFERED,
    ) -> None:
        """Offer ``first``, what is chosen, and of the ordered rows (id, name) at most so many, or
        of those with the words in one of the columns.
        """
        like = [column.icontains(self.words, autoescape=True) for column in searched]
        wanted = rows.where(or_(*like)) if self.words else rows
        found = [tuple(row) for row in db.session.execute(wanted.limit(most + 1))]
        self.has_more, self.found_none = len(found) > most, not found
        offered = dict([*first, *found[:most]])
        if left := [value for value in self.picked if value not in offered]:
            of_chosen = rows.where(rows.selected_columns[0].in_(left))
            offered |= {row[0]: row[1] for row in db.session.execute(of_chosen)}
        self.choices = offering(offered)

    @property
    def picked(self) -> Sequence[Any]:
        """Return the values that are chosen."""
        return [] if self.data is None else [self.data]


class PickField(Finding, RadioField):
    """One row's id, of those that ``offer`` lets choose from."""

    shown_as = "RadioField"


class PickManyField(Finding, SelectMultipleField):
    """The ids of several rows; those chosen stay on the page, whatever is looked for."""

    shown_as = "SelectMultipleField"

    @property
    def picked(self) -> Sequence[Any]:
        return self.data or []
