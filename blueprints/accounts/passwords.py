"""What makes a password good enough (OWASP ASVS 5.0, chapter 6): length, and not obvious."""

from flask_babel import gettext as _
from wtforms import Field
from wtforms import Form as WTForm
from wtforms.validators import ValidationError

from core.settings import setting

MIN_LENGTH, MAX_LENGTH = 10, 200
# The openings that people reach for; a password built around one of them is guessed first.
COMMON = (
    "1234567890",
    "0123456789",
    "123123123",
    "1111111111",
    "0000000000",
    "qwertyuiop",
    "1qaz2wsx3edc",
    "password",
    "passw0rd",
    "iloveyou",
    "woaini1314",
    "5201314",
    "abcdefghij",
    "admin12345",
    "letmein",
)


class GoodPassword:
    """Refuse a password that is short, common, or named after the company or the person."""

    def __init__(self, *name_fields: str) -> None:
        self.name_fields = name_fields

    def __call__(self, form: WTForm, field: Field) -> None:
        password = field.data or ""
        if not MIN_LENGTH <= len(password) <= MAX_LENGTH:
            raise ValidationError(_("密码要 10 到 200 个字符，可以是一句话。"))
        if is_common(password):
            raise ValidationError(_("这个密码太常见，一猜就中，换一个。"))
        typed = [form[name].data for name in self.name_fields if name in form]
        if names_someone(password, [*typed, setting("company_name"), setting("branch_name")]):
            raise ValidationError(_("密码里不要有公司、小区或自己的名字。"))


def is_common(password: str) -> bool:
    """Answer whether a password is one that everybody tries, or one character repeated."""
    plain = password.lower().strip("!.@#")
    if len(set(plain)) <= 2:
        return True
    return any(plain == word[::-1] or is_nearly(plain, word) for word in COMMON)


def is_nearly(password: str, word: str) -> bool:
    """Answer whether a password is a common one with a character or two hung on."""
    return word in password and len(password) - len(word) < 3


def names_someone(password: str, names: list[str | None]) -> bool:
    plain = password.lower()
    return any(len(name) >= 2 and name.lower() in plain for name in names if name)
