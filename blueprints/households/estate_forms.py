"""What is typed about estates, buildings and rooms."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from blueprints.households.models import ROOM_STATES
from blueprints.households.shapes import (
    MOST_BUILDINGS,
    MOST_FLOORS,
    MOST_ROOMS_PER_FLOOR,
    MOST_UNITS,
    Shape,
    building_names,
)
from core.choices import offering
from core.forms import EditForm, Form, required


class EstateForm(Form):
    name = StringField(_l("小区名称"), [required(_l("请填小区名称。")), Length(max=60)])


class EditEstateForm(EditForm):
    name = StringField(_l("小区名称"), [required(_l("请填小区名称。")), Length(max=60)])


def count_field(label: str, least: int, most: int, default: int, hint: str = "") -> IntegerField:
    message = _l("写 %(least)s 到 %(most)s 的数。", least=least, most=most)
    return IntegerField(
        label,
        [InputRequired(message=message), NumberRange(least, most, message=message)],
        default=default,
        description=hint,
        render_kw={"inputmode": "numeric"},
    )


class BuildingsForm(Form):
    """Buildings that look alike are registered together."""

    names = TextAreaField(
        _l("楼栋"),
        [required(_l("请填楼栋名称。"))],
        description=_l("一样的楼写在一起：示1栋、示2栋，或 示1栋-示6栋。"),
    )
    units = count_field(_l("几个单元"), 0, MOST_UNITS, 3, _l("不分单元就写 0。"))
    floors = count_field(_l("几层"), 1, MOST_FLOORS, 7)
    rooms_per_floor = count_field(_l("每个单元每层几户"), 1, MOST_ROOMS_PER_FLOOR, 2)

    def validate_names(self, field: TextAreaField) -> None:
        names = building_names(field.data)
        if len(names) > MOST_BUILDINGS:
            raise ValidationError(_("一次最多 %(most)s 栋。", most=MOST_BUILDINGS))
        long = next((name for name in names if len(name) > 40), None)
        if long:
            raise ValidationError(_("“%(name)s”太长了。", name=long[:20]))

    @property
    def shape(self) -> Shape:
        return Shape(self.units.data, self.floors.data, self.rooms_per_floor.data)


class BuildingForm(EditForm):
    name = StringField(_l("楼栋名称"), [required(_l("请填楼栋名称。")), Length(max=40)])


def room_number_field() -> StringField:
    return StringField(_l("房号"), [required(_l("请填房号。")), Length(max=20)])


def floor_field() -> IntegerField:
    message = _l("楼层写 -3 到 %(most)s。", most=MOST_FLOORS)
    return IntegerField(
        _l("楼层"),
        [Optional(), NumberRange(-3, MOST_FLOORS, message=message)],
        description=_l("空着就看房号：301 在 3 层。"),
    )


class NewRoomForm(Form):
    unit = StringField(_l("单元"), [Length(max=20)], description=_l("没有就空着。"))
    number = room_number_field()
    floor = floor_field()


class RoomForm(EditForm):
    number = room_number_field()
    floor = floor_field()


class RoomStateForm(EditForm):
    state = RadioField(_l("这一间"), choices=offering(ROOM_STATES))
