"""What is typed to make a paper void, and to note where it hangs."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import Length

from core.forms import Form, required


class ReplaceForm(Form):
    reason = StringField(
        _l("为什么换发"),
        [required(_l("请写为什么换发。")), Length(max=200)],
        description=_l("写错名字、换了落款。登记簿里会一直看得到这句话。"),
    )


class VoidForm(Form):
    reason = StringField(
        _l("为什么作废"),
        [required(_l("请写为什么作废。")), Length(max=200)],
        description=_l("登记簿里会一直看得到这句话。"),
    )
