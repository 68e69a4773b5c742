"""What is typed about leave."""

from collections.abc import Sequence
from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Row
from wtforms import DateField, RadioField
from wtforms.validators import ValidationError

from core.clock import today
from core.forms import Form, chosen, required

LONGEST_LEAVE_DAYS = 180


class AbsenceForm(Form):
    """Who is away, from when until when, and who stands in."""

    student = RadioField(_l("谁请假"), [chosen(_l("选一下谁请假。"))], coerce=int)
    first_on = DateField(_l("从哪天起"), [required(_l("填从哪天起。"))], default=today)
    last_on = DateField(
        _l("到哪天"), [required(_l("填到哪天为止。"))], description=_l("这天还算在内。")
    )
    deputy = RadioField(_l("由谁代看"), [chosen(_l("选一位代看的人。"))], coerce=int)

    def offer(self, students: Sequence[Row[tuple[int, str]]]) -> None:
        people = [(student.id, student.name) for student in students]
        self.student.choices = people
        self.deputy.choices = list(people)

    def validate_deputy(self, field: RadioField) -> None:
        if field.data == self.student.data:
            raise ValidationError(_("代看的要是另一位。"))

    def validate_last_on(self, field: DateField) -> None:
        first = self.first_on.data
        if field.data < today():
            raise ValidationError(_("这一天已经过了。"))
        if first and field.data < first:
            raise ValidationError(_("要在开始那天以后。"))
        if first and field.data > first + timedelta(days=LONGEST_LEAVE_DAYS):
            raise ValidationError(_("最长半年；更久的话，换人结对更好。"))
