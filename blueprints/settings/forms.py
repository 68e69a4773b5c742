"""The company's settings as fields, each with its limits."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from wtforms import (
    DateField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp

from blueprints.settings.words import KINDS
from core.choices import offering
from core.forms import EditForm, Form, required
from core.settings import DEFAULTS

MOST_CHIPS, LONGEST_CHIP = 8, 20
MOST_CATEGORIES, LONGEST_CATEGORY, MOST_STARS = 20, 8, 7
PHONE = Regexp(
    r"^[0-9 +\-()（）、转]{3,40}$", message=_l("电话只写数字、空格和短横，如 000-12345678。")
)

WEB_ADDRESS = Regexp(
    r"^https?://[^\s/]+(/[^\s]*)?$", message=_l("网址要写全，如 https://linli.example.cn。")
)


class WholeNumberField(IntegerField):
    """A whole number; anything else is refused in our own words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(_("%(label)s只写一个整数。", label=self.label.text)) from error


def number(label: LazyString, hint: LazyString | str, least: int, most: int) -> WholeNumberField:
    """Return a field for a whole number between two limits; the label tells its unit."""
    told = _l("%(label)s要在 %(least)s 到 %(most)s 之间。", label=label, least=least, most=most)
    return WholeNumberField(
        label,
        [InputRequired(_l("请填%(label)s。", label=label)), NumberRange(least, most, told)],
        render_kw={"inputmode": "numeric", "min": least, "max": most},
        description=hint,
    )


class ListField(TextAreaField):
    """Several values, one to a line; blank lines are no values."""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "\n".join(self.lines_for(self.data or []))

    def process_formdata(self, valuelist: list[str]) -> None:
        lines = (valuelist[0] if valuelist else "").splitlines()
        self.data = self.values_of([line.strip() for line in lines if line.strip()])

    def lines_for(self, values: Iterable[Any]) -> list[str]:
        return [str(value) for value in values]

    def values_of(self, lines: list[str]) -> list[Any]:
        return lines


class NumbersField(ListField):
    """Whole numbers, kept in order and each once."""

    def values_of(self, lines: list[str]) -> list[Any]:
        try:
            return sorted({int(line) for line in lines})
        except ValueError as error:
            raise ValueError(_("每行写一个整数。")) from error


class CompanyForm(EditForm):
    """Everything a company may set for itself; each field is called as its setting is."""

    company_name = StringField(_l("公司名称"), [required(_l("请填公司名称。")), Length(max=60)])
    branch_name = StringField(_l("党支部名称"), [Length(max=60)])
    issuer_name = StringField(
        _l("文书落款"),
        [required(_l("请填文书落款。")), Length(max=60)],
        description=_l("证书和通知右下角盖章的单位。"),
    )
    issuer_type = SelectField(
        _l("落款单位是"),
        choices=offering(
            [
                ("company", _l("物业公司")),
                ("committee", _l("居委会")),
                ("volunteers", _l("登记过的志愿服务组织")),
            ]
        ),
        default="company",
        description=_l("后两种能出志愿服务记录证明，物业公司只出服务情况说明。"),
    )
    duty_phone = StringField(
        _l("24 小时电话"),
        [Optional(), PHONE],
        description=_l("印在每张通知上。"),
        render_kw={"inputmode": "tel"},
    )
    public_address = StringField(
        _l("对外网址"),
        [Optional(), WEB_ADDRESS],
        description=_l("印在文书的二维码里，扫了能核对。没有外网地址就空着。"),
        render_kw={"inputmode": "url"},
    )
    certificate_honour = StringField(
        _l("证书上的荣誉"), [required(_l("请填证书上的荣誉。")), Length(max=30)]
    )
    visit_interval_days = number(_l("平常多少天走访一次"), _l("结对时可以另定。"), 1, 366)
    visit_interval_choices = NumbersField(
        _l("结对时可选的间隔"),
        description=_l("每行一个天数。按需要可以每周、每月、每季度。"),
        render_kw={"rows": 5},
    )
    coming_days_ahead = number(_l("提前多少天提醒生日、节日和活动"), "", 1, 60)
    map_recent_days = number(_l("楼栋图：多少天内见过算近期"), "", 1, 365)
    map_old_days = number(_l("楼栋图：超过多少天算很久没见"), "", 2, 1000)
    visit_note_chips = ListField(
        _l("走访记录的常用句"),
        description=_l("每行一句，记走访时点一下就填进去。不写病情和电话。"),
        render_kw={"rows": 5},
    )
    wish_claim_days = number(_l("认领心愿后多少天内办成"), "", 1, 180)
    wish_grace_days = number(
        _l("超期几天自动退回"), _l("到时没办成的心愿回到心愿墙，别人可以认领。"), 1, 60
    )
    wish_cost_ceiling_yuan = number(
        _l("微心愿大约不超过多少元"), _l("超过会提醒，不拦着。"), 0, 10000
    )
    activity_record_working_days = number(
        _l("活动后多少个工作日内记好"), _l("民政部令第67号定的是 10 个。"), 1, 60
    )
    hours_to_look_at_minutes = number(
        _l("一次服务超过多少分钟要逐条确认"), _l("短的可以一起确认。"), 30, 1440
    )
    service_categories = ListField(
        _l("志愿服务的类别"),
        description=_l("每行一类，登记志愿者时可以勾。"),
        render_kw={"rows": 5},
    )
    star_hours = NumbersField(
        _l("星级要多少小时"),
        description=_l("每行一个数，从一星到最高。只给本人和书记看，不排名。"),
        render_kw={"rows": 5},
    )
    retention_months = number(
        _l("结对结束几个月后清掉走访记录的文字和关爱类别"),
        _l("个人信息只留必要的时间；到“到期清理”里先看再清。"),
        1,
        60,
    )
    reveal_closes_after_minutes = number(_l("打开的电话和门牌过多少分钟自动合上"), "", 1, 60)

    def validate_visit_interval_choices(self, field: NumbersField) -> None:
        if not field.data or not all(1 <= days <= 366 for days in field.data):
            raise ValidationError(_("请至少写一个间隔，1 到 366 天。"))

    def validate_visit_note_chips(self, field: ListField) -> None:
        if len(field.data) > MOST_CHIPS or any(len(chip) > LONGEST_CHIP for chip in field.data):
            raise ValidationError(
                _("最多 %(n)s 句，每句不超过 %(chars)s 个字。", n=MOST_CHIPS, chars=LONGEST_CHIP)
            )

    def validate_service_categories(self, field: ListField) -> None:
        if len(field.data) > MOST_CATEGORIES or any(
            len(word) > LONGEST_CATEGORY or "、" in word for word in field.data
        ):
            raise ValidationError(
                _(
                    "最多 %(n)s 类，每类不超过 %(chars)s 个字，不带顿号。",
                    n=MOST_CATEGORIES,
                    chars=LONGEST_CATEGORY,
                )
            )

    def validate_star_hours(self, field: ListField) -> None:
        if not field.data or len(field.data) > MOST_STARS or min(field.data) < 1:
            raise ValidationError(_("写 1 到 %(n)s 个数，都要多于 0。", n=MOST_STARS))

    def validate_map_old_days(self, field: IntegerField) -> None:
        if field.data is not None and field.data <= (self.map_recent_days.data or 0):
            raise ValidationError(_("要比“近期”的天数多。"))

    def values(self) -> dict[str, Any]:
        """Return the settings as they were typed."""
        return {field.name: field.data for field in self.shown_fields() if field.name in DEFAULTS}


class AuditFilterForm(Form):
    """Which part of the audit trail is shown; everything is optional."""

    class Meta(Form.Meta):
        csrf = False

    person = SelectField(_l("谁"), [Optional()], coerce=int, default=0)
    kind = SelectField(_l("什么"), [Optional()], default="")
    day = DateField(_l("哪天"), [Optional()])

    def offer(self, people: Mapping[int, str]) -> None:
        """Offer everybody by name, and every kind of object."""
        by_name = sorted(people.items(), key=lambda one: one[1])
        self.person.choices = offering([(0, _("所有人")), *by_name])
        self.kind.choices = offering([("", _("所有内容")), *KINDS.items()])
