"""What is typed about promises."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Row
from wtforms import DateField, RadioField, StringField
from wtforms.validators import Length, Optional

from blueprints.visits.checks import not_past
from blueprints.visits.promises import FollowUp
from blueprints.visits.told import Promise
from core.choices import offering
from core.forms import EditForm, Form, chosen, required


class FollowUpFields:
    """What is promised, by whom, until when."""

    what = StringField(
        _l("答应了什么事"),
        [required(_l("写一句答应了什么事。")), Length(max=200, message=_l("最多 200 个字。"))],
        render_kw={"placeholder": _l("如：周五带一副老花镜")},
    )
    owner = RadioField(_l("谁来办"), [chosen(_l("选一下谁来办。"))], coerce=int)

    def offer(self, owners: Sequence[Row[tuple[int, str]]]) -> None:
        self.owner.choices = offering((person.id, person.name) for person in owners)

    @property
    def promise(self) -> Promise:
        return Promise(self.what.data, self.due_on.data, self.owner.data)


class FollowUpForm(FollowUpFields, Form):
    due_on = DateField(_l("什么时候办"), [Optional(), not_past])


class FollowUpEditForm(FollowUpFields, EditForm):
    # A late one may keep its day.
    due_on = DateField(_l("什么时候办"), [Optional()])

    def __init__(
        self, obj: FollowUp, owners: Sequence[Row[tuple[int, str]]], **kwargs: Any
    ) -> None:
        super().__init__(obj=obj, data={"owner": obj.owner_id}, **kwargs)
        self.offer(owners)

    def stored_value(self, field: Any, obj: FollowUp) -> Any:
        return obj.owner_id if field.name == "owner" else super().stored_value(field, obj)
