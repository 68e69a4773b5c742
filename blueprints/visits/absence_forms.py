"""What is typed about leave."""

from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from wtforms import DateField
from wtforms.validators import ValidationError

from blueprints.accounts.models import UserEstate
from blueprints.visits.students import SEARCHED, students
from core.clock import today
from core.db import db
from core.forms import Form, chosen, required
from core.picking import PickField

LONGEST_LEAVE_DAYS = 180


class AbsenceForm(Form):
    """Who is away, from when until when, and who stands in."""

    student = PickField(_l("谁请假"), [chosen(_l("选一下谁请假。"))], looks_for=_l("找请假的同事"))
    first_on = DateField(_l("从哪天起"), [required(_l("填从哪天起。"))], default=today)
    last_on = DateField(
        _l("到哪天"), [required(_l("填到哪天为止。"))], description=_l("这天还算在内。")
    )
    deputy = PickField(
        _l("由谁代看"), [chosen(_l("选一位代看的人。"))], looks_for=_l("找别的代看人")
    )

    def offer(self) -> None:
        """Offer the students; as deputies first the colleagues of who is away."""
        self.student.offer(students(), SEARCHED)
        away = select(UserEstate.estate_id).where(UserEstate.user_id == self.student.data)
        self.deputy.offer(students(db.session.scalars(away).all()), SEARCHED)

    def validate_deputy(self, field: PickField) -> None:
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
