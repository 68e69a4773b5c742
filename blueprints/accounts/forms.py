"""What is typed to log in, to set up, and to manage accounts."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField, RadioField, SelectMultipleField, StringField
from wtforms.validators import EqualTo, Length, Optional, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from blueprints.accounts.access import may_give
from blueprints.accounts.models import ROLE_NAMES, User
from blueprints.accounts.passwords import GoodPassword
from core.choices import offering
from core.forms import EditForm, Form, chosen, required
from core.i18n import LANGUAGES

USERNAME = Regexp(
    r"^[a-z0-9][a-z0-9._-]{1,38}$", message=_l("账号名用小写字母和数字，2 到 39 个，如 lin。")
)


class LoginForm(Form):
    username = StringField(
        _l("账号"),
        [required(_l("请填账号。")), Length(max=80)],
        render_kw={"autocomplete": "username", "autocapitalize": "none"},
    )
    password = PasswordField(
        _l("密码"),
        [required(_l("请填密码。"))],
        render_kw={"autocomplete": "current-password"},
    )


def new_password_field(*names: str) -> PasswordField:
    return PasswordField(
        _l("密码"),
        [required(_l("请定一个密码。")), GoodPassword(*names)],
        description=_l("10 个字符以上，可以是一句话，可以粘贴。"),
        render_kw={"autocomplete": "new-password"},
    )


def repeated_password_field() -> PasswordField:
    return PasswordField(
        _l("再输一遍密码"),
        [EqualTo("password", message=_l("两遍密码不一样。"))],
        render_kw={"autocomplete": "new-password"},
    )


class SetUpForm(Form):
    company = StringField(_l("公司名称"), [required(_l("请填公司名称。")), Length(max=60)])
    branch = StringField(
        _l("党支部名称"),
        [Length(max=60)],
        description=_l("没有就空着。证书和通知的落款可以以后再定。"),
    )
    name = StringField(_l("书记姓名"), [required(_l("请填书记姓名。")), Length(max=60)])
    username = StringField(
        _l("账号"),
        [required(_l("请填账号。")), USERNAME],
        render_kw={"autocomplete": "username", "autocapitalize": "none"},
    )
    password = new_password_field("company", "branch", "name", "username")
    repeated = repeated_password_field()
    code = StringField(
        _l("启动码"),
        description=_l("服务器启动时显示的那几位字母，证明您是装它的人。"),
        render_kw={"autocomplete": "off", "autocapitalize": "characters"},
    )


class InvitedForm(Form):
    password = new_password_field()
    repeated = repeated_password_field()


class PasswordForm(Form):
    current = PasswordField(
        _l("现在的密码"),
        [required(_l("请填现在的密码。"))],
        render_kw={"autocomplete": "current-password"},
    )
    password = new_password_field()
    repeated = repeated_password_field()


class CodeForm(Form):
    code = StringField(
        _l("验证码"),
        [required(_l("请填手机上的六位数字。")), Length(max=20)],
        description=_l("打开手机上的身份验证器，填现在显示的六位数字。"),
        render_kw={"inputmode": "numeric", "autocomplete": "one-time-code"},
    )


class SecondStepForm(CodeForm):
    """Proves that the phone reckons codes from the secret that the page showed."""

    secret = HiddenField(validators=[Regexp("^[A-Z2-7]{32}$")])


class PreferencesForm(EditForm):
    language = RadioField(_l("语言"), choices=offering(LANGUAGES))
    text_size = RadioField(
        _l("字号"),
        choices=offering([("", _l("标准")), ("l", _l("大字")), ("xl", _l("特大字"))]),
    )


class PersonForm(EditForm):
    """An account as the secretary or the administrator fills it in."""

    name = StringField(_l("姓名"), [required(_l("请填姓名。")), Length(max=60)])
    username = StringField(
        _l("账号"), [required(_l("请填账号。")), USERNAME], render_kw={"autocapitalize": "none"}
    )
    roles = SelectMultipleField(
        _l("角色"),
        [chosen(_l("请至少选一个角色。"))],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    estates = SelectMultipleField(
        _l("负责的小区"),
        [Optional()],
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description=_l("学生在这些小区里能看到楼栋、房号和遮住的姓名。"),
    )

    def offer(self, by: User, estates: Sequence[tuple[int, str]]) -> None:
        """Offer the roles that this manager of accounts may give, and the estates."""
        self.roles.choices = offering(
            {role: name for role, name in ROLE_NAMES.items() if may_give(by, role)}
        )
        self.estates.choices = offering(estates)
