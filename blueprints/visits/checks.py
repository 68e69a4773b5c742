"""Checks of single fields that several forms of this room share."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from wtforms import DateField, Field
from wtforms.validators import StopValidation, ValidationError

from core.clock import today
from core.forms import Form

OLDEST_VISIT_DAYS = 365
FURTHEST_PLAN_DAYS = 366


def not_past(_form: Form, field: DateField) -> None:
    """Refuse a plan for a day that is over or further off than a year."""
    if field.data and field.data < today():
        raise ValidationError(_("这一天已经过了。"))
    if field.data and field.data > today() + timedelta(days=FURTHEST_PLAN_DAYS):
        raise ValidationError(_("最远约到一年以后。"))


def needed(when: Callable[[Any], bool], message: Any) -> Callable[[Form, Field], None]:
    """Ask for a field in these words, but only when something else in the form makes it matter.

    Stands before ``Optional``, which would end the checks of an empty field.
    """

    def check(form: Form, field: Field) -> None:
        if when(form) and not any(field.raw_data or []):
            field.errors[:] = []
            raise StopValidation(message)

    return check


def as_day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def refuse_day(day: date | None) -> None:
    """Refuse a day that is none, has not come, or lies too far back to be remembered."""
    if day is None:
        raise ValidationError(_("填一下是哪一天。"))
    if day > today():
        raise ValidationError(_("这一天还没到。"))
    if day < today() - timedelta(days=OLDEST_VISIT_DAYS):
        raise ValidationError(_("一年以前的走访不补记了。"))
