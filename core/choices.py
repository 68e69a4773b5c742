"""What a field offers to choose from: values, each with the words that people read for it."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel.speaklater import LazyString
from wtforms import Field
from wtforms.fields import SelectChoice

Words = str | LazyString


def offering(
    offered: Mapping[Any, Words] | Iterable[tuple[Any, Words]],
) -> list[SelectChoice]:
    """Offer these in a field for choices, in this order."""
    pairs = offered.items() if isinstance(offered, Mapping) else offered
    return [SelectChoice(value, label) for value, label in pairs]


def photos_by_place(rows: Iterable[Any]) -> list[SelectChoice]:
    """Offer the photos of a record by where they stand in it; ``rows`` name them."""
    places = enumerate(rows, start=1)
    return offering((row.photo_id, _("第 %(n)s 张", n=place)) for place, row in places)


def offered_by(field: Field) -> dict[Any, Words]:
    """Return what the field offers; nothing when it is no field for choices."""
    return {choice.value: choice.label for choice in getattr(field, "choices", None) or ()}
