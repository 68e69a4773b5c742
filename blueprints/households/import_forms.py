"""What is asked before a household ledger is stored: whether its people agreed, on paper."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField
from wtforms.validators import Optional, ValidationError

from blueprints.households.forms import not_in_future
from blueprints.imports.forms import ConfirmForm


class ConsentedImportForm(ConfirmForm):
    """The last word before households are stored."""

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

    def options(self) -> dict[str, Any]:
        return {"consented_on": self.consented_on.data if self.has_consent.data else None}
