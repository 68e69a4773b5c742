"""What is typed about a round: several households called on one after the other."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, RadioField
from wtforms.validators import Optional, ValidationError

from blueprints.households.models import Household
from blueprints.visits.checks import as_day, needed, refuse_day
from blueprints.visits.forms import OTHER, VisitFields, offered_days
from blueprints.visits.models import NOT_MET_REASONS, VISIT_KINDS
from blueprints.visits.told import Told
from core.choices import offering
from core.clock import today
from core.forms import Form, chosen

MET, NOT_MET, NOT_CALLED = "yes", "no", ""
ANSWERS = ((MET, _l("见到了")), (NOT_MET, _l("没见到")), (NOT_CALLED, _l("没去")))


class RoundForm(Form):
    """What is the same for all households of a round; one field for each is added."""

    kinds = VisitFields.kinds
    day = RadioField(_l("哪天"), [chosen(_l("选一下哪天去的。"))], validate_choice=False)
    other_day = VisitFields.other_day
    minutes = RadioField(
        _l("每户待了多久"),
        [Optional()],
        choices=offering([("5", _l("5 分")), ("15", _l("15 分")), ("30", _l("30 分"))]),
        default="15",
    )
    not_met_reason = RadioField(
        _l("没见到的，多半是"),
        [
            needed(lambda form: NOT_MET in form.answers.values(), _l("选一下怎么没见到。")),
            Optional(),
        ],
        choices=offering(NOT_MET_REASONS),
        default="nobody",
    )
    note = VisitFields.note
    on_duty = VisitFields.on_duty

    households: Sequence[Household] = ()

    def begin(self, kind: str | None) -> None:
        """Fill in today, and the kind of visit that the round was begun for."""
        self.day.data = today().isoformat()
        if kind in VISIT_KINDS:
            self.kinds.data = [kind]

    def field_of(self, household: Household) -> Field:
        return self[name_of(household)]

    @property
    def answers(self) -> dict[int, str]:
        """Return what is told of each household, by its id."""
        return {home.id: self.field_of(home).data or NOT_CALLED for home in self.households}

    @property
    def visited_on(self) -> date | None:
        return self.other_day.data if self.day.data == OTHER else as_day(self.day.data)

    def validate_other_day(self, field: Field) -> None:
        if self.day.data == OTHER:
            refuse_day(field.data)

    def validate_kinds(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(_("选一样做了什么。"))

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Ask for at least one household; an empty round is a slip."""
        valid = super().validate(*args, **kwargs)
        if any(self.answers.values()):
            return valid
        self.form_errors.append(_("选一下去了哪几户。"))
        return False

    def told_of(self, household: Household) -> Told:
        """Return what a valid form tells of one household that was called on."""
        day, on_duty, note = self.visited_on, self.on_duty.data, self.note.data
        if self.answers[household.id] == NOT_MET:
            return Told(day, False, self.not_met_reason.data, on_duty=on_duty)
        head = household.head
        return Told(
            day,
            True,
            resident_ids=(head.id,) if head and head.may_be_recorded else (),
            kinds=tuple(self.kinds.data),
            minutes=int(self.minutes.data) if self.minutes.data else None,
            on_duty=on_duty,
            note=note,
        )


def name_of(household: Household) -> str:
    return f"home_{household.id}"


def round_form(households: Sequence[Household]) -> RoundForm:
    """Return a form that asks of each of these households whether somebody was met."""
    asked = {
        name_of(home): RadioField(home.called(True), choices=offering(ANSWERS), default=NOT_CALLED)
        for home in households
    }
    form = type("RoundFormForHouseholds", (RoundForm,), asked)()
    form.households = households
    form.day.choices = offered_days()
    return form
