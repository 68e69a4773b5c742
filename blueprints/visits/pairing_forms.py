"""What is typed about pairings."""

from collections.abc import Collection
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField, TextAreaField
from wtforms.validators import Length, Optional, ValidationError

from blueprints.accounts.models import User
from blueprints.visits.checks import not_past
from blueprints.visits.handovers import LONGEST_FACTS
from blueprints.visits.pairings import END_REASONS, FOR_GOOD, Pairing
from blueprints.visits.students import SEARCHED, students, tell_loads
from core.choices import offered_by, offering
from core.clock import today
from core.forms import EditForm, Form, chosen, required
from core.picking import PickField
from core.settings import setting


def not_future(_form: Form, field: DateField) -> None:
    if field.data and field.data > today():
        raise ValidationError(_("这一天还没到。"))


def interval_choices(current: int | None = None) -> list[tuple[int, str]]:
    """Return the intervals the company offers, and the one that is set now."""
    offered = set(setting("visit_interval_choices")) | {current or setting("visit_interval_days")}
    return [(days, rhythm(days)) for days in sorted(offered)]


def rhythm(days: int) -> str:
    """Say an interval as people do: 每周, 每 3 周, 每 30 天."""
    weeks, rest = divmod(days, 7)
    if rest:
        return _("每 %(days)s 天", days=days)
    return _("每周") if weeks == 1 else _("每 %(weeks)s 周", weeks=weeks)


class PairingForm(Form):
    """Who looks after a household, or that it declined."""

    answer = RadioField(
        _l("住户怎么说"),
        [chosen(_l("选一下住户愿不愿意。"))],
        choices=offering([("agreed", _l("愿意")), ("declined", _l("不愿意"))]),
        default="agreed",
        description=_l("不愿意也没关系，只记下问过，不问为什么。"),
    )
    student = PickField(_l("由谁结对"), [chosen(_l("选一位学生。"))], looks_for=_l("找别的同事"))
    interval_days = RadioField(_l("多久去一次"), [chosen(_l("选多久去一次。"))], coerce=int)
    started_on = DateField(
        _l("从哪天起"), [required(_l("填从哪天起。")), not_future], default=today
    )

    def offer(self, near: Collection[int]) -> None:
        """Offer the students, those of these estates first, and the intervals of the settings."""
        self.student.offer(students(near), SEARCHED)
        tell_loads(self.student)
        self.interval_days.choices = offering(interval_choices())
        if self.interval_days.data is None and not self.is_submitted():
            self.interval_days.data = setting("visit_interval_days")


class PairingEditForm(EditForm):
    interval_days = RadioField(_l("多久去一次"), [chosen(_l("选多久去一次。"))], coerce=int)
    agreed_next_on = DateField(
        _l("约好下次哪天"),
        [Optional(), not_past],
        description=_l("约了就按这天算，去过以后再按间隔算。"),
    )

    def __init__(self, obj: Pairing, **kwargs: Any) -> None:
        super().__init__(obj=obj, **kwargs)
        self.interval_days.choices = offering(interval_choices(obj.interval_days))
        if not self.is_submitted() and obj.agreed_on is None:
            self.agreed_next_on.data = None


NOBODY_YET = 0
FACTS = TextAreaField(
    _l("交代给接手的人"),
    [Length(max=LONGEST_FACTS, message=_l("最多 %(n)s 个字。", n=LONGEST_FACTS))],
    description=_l("只写约好的事，如哪天方便、先打电话再敲门。不写病情、家事和看法。"),
    render_kw={"rows": 3},
)


class EndForm(Form):
    """Why it ends, and what the next student should know."""

    reason = RadioField(
        _l("为什么结束"), [chosen(_l("选一个原因。"))], choices=offering(END_REASONS)
    )
    successor = PickField(
        _l("由谁接手"),
        [Optional()],
        looks_for=_l("找别的同事"),
        default=NOBODY_YET,
        validate_choice=False,
    )
    facts = FACTS

    def offer(self, pairing: Pairing) -> None:
        """Offer everybody else; nobody yet is an answer, too."""
        others = students([pairing.household.estate_id]).where(User.id != pairing.student_id)
        self.successor.offer(others, SEARCHED, first=[(NOBODY_YET, _("先空着"))])
        tell_loads(self.successor)

    def validate_successor(self, field: RadioField) -> None:
        if field.data not in offered_by(field):
            raise ValidationError(_("选一位能接手的学生，或者先空着。"))
        if field.data and self.reason.data in FOR_GOOD:
            raise ValidationError(_("这个原因就不用人接手了，选先空着。"))


class HandoverForm(EditForm):
    """What was agreed with the household; kept for whoever comes next."""

    facts = FACTS
