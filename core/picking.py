"""Choosing one of many: the likeliest as chips, anybody else by typing a few characters.

A list of everybody would grow with the company. Works without scripts: the words are a part of the
form, and a form whose words changed since its choices were found is a question, not an answer.
"""

from collections.abc import Sequence
from typing import Any

from flask_babel.speaklater import LazyString
from sqlalchemy import ColumnElement, Select, or_
from wtforms import RadioField

from core.choices import offering
from core.db import db

MOST_OFFERED = 20


class PickField(RadioField):
    """One row's id, of those that ``offer`` lets choose from."""

    def __init__(
        self, label: LazyString, validators: Sequence[Any], *, looks_for: LazyString, **kwargs: Any
    ) -> None:
        super().__init__(label, validators, **{"coerce": int, **kwargs})
        self.type = "RadioField"
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
        rows: Select[tuple[int, str]],
        searched: Sequence[ColumnElement[str]],
        first: Sequence[tuple[int, str]] = (),
    ) -> None:
        """Offer ``first``, who is chosen, and of the ordered rows (id, name) the first few, or
        those with the words in one of the columns.
        """
        like = [column.icontains(self.words, autoescape=True) for column in searched]
        wanted = rows.where(or_(*like)) if self.words else rows
        found = [tuple(row) for row in db.session.execute(wanted.limit(MOST_OFFERED + 1))]
        self.has_more, self.found_none = len(found) > MOST_OFFERED, not found
        offered = dict([*first, *found[:MOST_OFFERED]])
        if self.data is not None and self.data not in offered:
            of_chosen = rows.where(rows.selected_columns[0] == self.data)
            offered |= {row[0]: row[1] for row in db.session.execute(of_chosen)}
        self.choices = offering(offered)
