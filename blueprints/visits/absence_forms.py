"""What is typed about leave."""

from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from wtforms import DateField
from wtforms.validators import ValidationError

from blueprints.accounts.models import User, UserEstate
from blueprints.visits.students import SEARCHED, students
from core.choices import offered_by
from core.clock import today
from core.db import db
from core.forms import Form, chosen, required
from core.picking import PickField

LONGEST_LEAVE_DAYS = 180


class LeaveForm(Form):
    """From when until when somebody is away; nobody is asked why."""

    first_on = DateField(_l("从哪天起"), [required(_l("填从哪天起。"))], default=today)
    last_on = DateField(
        _l("到哪天"), [required(_l("填到哪天为止。"))], description=_l("这天还算在内。")
    )

    def validate_last_on(self, field: DateField) -> None:
        first = self.first_on.data
        if field.data < today():
            raise ValidationError(_("这一天已经过了。"))
        if first and field.data < first:
            raise ValidationError(_("要在开始那天以后。"))
        if first and field.data > first + timedelta(days=LONGEST_LEAVE_DAYS):
            raise ValidationError(_("最长半年；更久的话，换人结对更好。"))


class DeputyForm(Form):
    """Who stands in for somebody on leave."""

    deputy = PickField(
        _l("由谁代看"),
        [chosen(_l("选一位代看的人。"))],
        looks_for=_l("找别的代看人"),
        validate_choice=False,
    )

    def offer_deputies(self, student_id: int | None) -> None:
        """Offer everybody but who is away, first the colleagues of the same estates."""
        near = select(UserEstate.estate_id).where(UserEstate.user_id == student_id)
        others = students(db.session.scalars(near).all()).where(User.id != (student_id or 0))
        self.deputy.offer(others, SEARCHED)

    def validate_deputy(self, field: PickField) -> None:
        if field.data not in offered_by(field):
            raise ValidationError(_("代看的要是另一位。"))


class AbsenceForm(LeaveForm, DeputyForm):
    """Who is away, from when until when, and who stands in."""

    student = PickField(_l("谁请假"), [chosen(_l("选一下谁请假。"))], looks_for=_l("找请假的同事"))

    def offer(self) -> None:
        """Offer the students, and as deputies the others."""
        self.student.offer(students(), SEARCHED)
        self.offer_deputies(self.student.data)
