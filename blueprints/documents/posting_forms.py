"""What is typed about the sheets on the walls."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, Field, SelectField, StringField
from wtforms.validators import Length, Optional, ValidationError

from core.choices import offering
from core.clock import today
from core.forms import Form, required

EVERY_UNIT = "*"


class PostingForm(Form):
    building = SelectField(_l("哪一栋"), [Optional()])
    unit = SelectField(_l("哪个单元"), [Optional()], default="")
    place = StringField(
        _l("贴在哪里"),
        [required(_l("请写贴在哪里。")), Length(max=80)],
        description=_l("一楼公告栏、电梯口、单元门上。"),
    )
    posted_on = DateField(_l("哪天贴的"), [required(_l("请填日期。"))], default=today)
    down_on = DateField(_l("哪天撕下"), [required(_l("请填撕下的日期。"))])

    def offer(self, buildings: Sequence[tuple[str, str]], units: Sequence[str]) -> None:
        """Let one choose a building and a unit by the names that units have here."""
        self.building.choices = offering([("", _l("不在哪一栋里")), *buildings])
        self.unit.choices = offering(
            [
                ("", _l("不分单元")),
                (EVERY_UNIT, _l("每个单元门口各一张")),
                *((name, _("%(unit)s单元", unit=name)) for name in units),
            ]
        )

    @property
    def building_id(self) -> int | None:
        return int(self.building.data) if self.building.data else None

    def units_among(self, units: Mapping[str, int]) -> list[int | None]:
        """Return the units to hang it in, of those the building has; None: no unit in particular.

        Empty, with the reason beside the field, when the building has no such unit.
        """
        named = {name: unit_id for name, unit_id in units.items() if name}
        chosen: list[int | None] = [None]
        if self.unit.data == EVERY_UNIT:
            chosen = list(named.values())
        elif self.unit.data:
            chosen = [named[self.unit.data]] if self.unit.data in named else []
        if not chosen:
            self.unit.errors = [
                _("这一栋没有这个单元，换一个选。") if self.building_id else _("先选哪一栋。")
            ]
        return chosen

    def validate_down_on(self, field: Field) -> None:
        if field.data and self.posted_on.data and field.data < self.posted_on.data:
            raise ValidationError(_("撕下的日期比贴的日期还早。"))


class CallDownForm(Form):
    reason = StringField(
        _l("为什么马上撕"),
        [required(_l("请写为什么。")), Length(max=120)],
        description=_l("不写是谁、哪一户。"),
    )
