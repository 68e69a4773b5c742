"""What is asked when a visit is corrected, or declared void."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectMultipleField, StringField
from wtforms.validators import Length

from blueprints.visits.forms import MET, MINUTES, MOST_PHOTOS, NOT_MET, OTHER, VisitFields
from blueprints.visits.models import Visit
from core.choices import offered_by, offering, photos_by_place
from core.forms import EditForm, Form, required


class VoidForm(Form):
    reason = StringField(
        _l("为什么作废"),
        [required(_l("写一句为什么作废。")), Length(max=200, message=_l("最多 200 个字。"))],
    )


class VisitEditForm(VisitFields, EditForm):
    """The correction of a visit; what follows from it has forms of its own."""

    drop_photos = SelectMultipleField(
        _l("去掉哪张照片"), coerce=int, description=_l("去掉的照片从服务器上删掉，找不回来。")
    )

    def __init__(self, visit: Visit, **kwargs: Any) -> None:
        # Not ``obj=visit``: the visit's own attributes have other shapes than the form's fields.
        super().__init__(version=str(visit.version), **stored(visit), **kwargs)
        self.offer_household(visit.household)
        # Who asked to be forgotten since stays met, without a name.
        self.residents.choices += offering(
            (one, _("已不在这一户的人"))
            for one in visit.met_ids
            if one not in offered_by(self.residents)
        )
        self.offer_days()
        self.drop_photos.choices = photos_by_place(visit.photo_rows)

    @property
    def room_for_photos(self) -> int:
        return MOST_PHOTOS - len(self.drop_photos.choices) + len(self.drop_photos.data)

    def stored_value(self, field: Field, obj: Visit) -> Any:
        if field.name in ("photos", "drop_photos", "other_day", "other_minutes"):
            return field.data
        return stored(obj).get(field.name)


def stored(visit: Visit) -> dict[str, Any]:
    """Return what a visit holds in the form's own words."""
    minutes = str(visit.minutes) if visit.minutes else None
    usual = minutes is None or minutes in MINUTES
    return {
        "met": MET if visit.met else NOT_MET,
        "not_met_reason": visit.not_met_reason,
        "residents": visit.met_ids,
        "kinds": visit.kinds,
        "day": visit.visited_on.isoformat(),
        "minutes": minutes if usual else OTHER,
        "other_minutes": None if usual else visit.minutes,
        "note": visit.note,
        "on_duty": visit.on_duty,
    }
