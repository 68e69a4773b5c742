"""What is asked before an activity book is stored: whether its hours go to be confirmed."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from blueprints.imports.forms import ConfirmForm


class BookImportForm(ConfirmForm):
    """The last word before activities are stored."""

    propose = BooleanField(
        _l("时长一起送去确认"),
        description=_l(
            "送去的时长只能更正，这批活动就不能整批撤回了。不勾，以后在活动里一场一场送。"
        ),
    )

    def options(self) -> dict[str, Any]:
        return {"propose": self.propose.data}
