"""What is typed to read a ledger in."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, DateField, RadioField, SelectField
from wtforms.validators import Optional, ValidationError

from blueprints.households.forms import not_in_future
from blueprints.households.ledger import LedgerRow
from core.forms import Form, chosen

Place = tuple[str, int]


class UploadForm(Form):
    estate = SelectField(_l("哪个小区的"), [chosen(_l("请选小区。"))], coerce=int)
    file = FileField(
        _l("台账文件"),
        [FileRequired(message=_l("请选一份台账。"))],
        description=_l(".xlsx 或 .csv。先看一遍，不会马上存。"),
        render_kw={"accept": ".xlsx,.csv,.xls"},
    )


class ConfirmForm(Form):
    """The last word before a ledger is stored."""

    has_consent = BooleanField(
        _l("住户签过纸质的同意书，关爱类别一起导入"),
        description=_l("没签过就不勾，关爱类别不导入，其余照常。"),
    )
    consented_on = DateField(
        _l("哪天签的"),
        [Optional(), not_in_future],
        description=_l("分几天签的，填最后一天。"),
    )

    def validate_has_consent(self, field: BooleanField) -> None:
        if field.data and not self.consented_on.data and not self.consented_on.errors:
            raise ValidationError(_("请填同意书是哪天签的。"))

    @property
    def consent_day(self) -> object:
        return self.consented_on.data if self.has_consent.data else None


def confirm_form(choices: Mapping[Place, Sequence[LedgerRow]]) -> ConfirmForm:
    """Return the form with one question for each household that has several rows."""

    class WithChoices(ConfirmForm):
        pass

    for number, rows in enumerate(choices.values()):
        field = RadioField(
            _("%(building)s %(unit)s %(room)s 用哪一行", **door(rows[0])),
            choices=[(str(index), row_words(row)) for index, row in enumerate(rows)],
            default="0",
        )
        setattr(WithChoices, f"choice_{number}", field)
    return WithChoices()


def door(row: LedgerRow) -> dict[str, str]:
    record = row.record
    assert record is not None  # noqa: S101 - a near duplicate has been read without errors
    unit = _("%(unit)s单元", unit=record.unit) if record.unit else ""
    return {"building": record.building, "unit": unit, "room": record.room}


def row_words(row: LedgerRow) -> str:
    """Return a row as it was typed, so that a person can tell it from the other one."""
    typed = [
        row.shown.get(name, "") for name in ("head_name", "phones", "people", "birth", "remark")
    ]
    return _("第 %(row)s 行：%(typed)s", row=row.number, typed=" ".join(filter(None, typed)))


def picks_of(form: ConfirmForm, choices: Mapping[Place, Sequence[LedgerRow]]) -> dict[Place, Place]:
    """Return which row a person picked for each household."""
    return {
        first: (rows[index].sheet, rows[index].number)
        for number, (first, rows) in enumerate(choices.items())
        if (index := int(form[f"choice_{number}"].data or 0)) < len(rows)
    }
