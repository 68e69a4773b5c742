"""What is typed about estates, households, residents and consents."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import Length, NumberRange, Optional

from blueprints.accounts.models import User
from blueprints.households.models import (
    CARE_TAGS,
    CONSENT_ANSWERS,
    CONSENT_FORMS,
    CONSENT_TOPICS,
    Household,
    Resident,
)
from core.choices import offering
from core.clock import today
from core.dates import DateError, PartialDate, parse_date
from core.forms import EditForm, Form, chosen, required
from core.phones import Phone, PhoneError, masked_phone, parse_phones, uncovered

MOST_PEOPLE = 30
PHONE_SLOTS = 3


def not_in_future(_form: Form, field: DateField) -> None:
    if field.data and field.data > today():
        raise ValidationError(_("这一天还没有到。"))


def people_field() -> IntegerField:
    return IntegerField(
        _l("常住人口"),
        [Optional(), NumberRange(1, MOST_PEOPLE, message=_l("人数写 1 到 30。"))],
        render_kw={"inputmode": "numeric"},
    )


def remark_field() -> TextAreaField:
    return TextAreaField(
        _l("备注"),
        [Length(max=500, message=_l("备注写 500 字以内。"))],
        description=_l("不写病情、证件号和电话。"),
    )


def name_field() -> StringField:
    return StringField(
        _l("姓名"),
        [required(_l("请填姓名。")), Length(max=60)],
        description=_l("只知道怎么称呼，就写称呼，如 祝婆婆。"),
    )


def honorific_field() -> StringField:
    return StringField(
        _l("怎么称呼"), [Length(max=20)], description=_l("如 婆婆、爹爹、师傅；姓会自动加上。")
    )


class NewHouseholdForm(Form):
    building = SelectField(_l("楼栋"), [chosen(_l("请选楼栋。"))], coerce=int)
    unit = StringField(
        _l("单元"),
        [Length(max=20)],
        render_kw={"inputmode": "numeric"},
        description=_l("没有就空着。"),
    )
    room = StringField(_l("房号"), [required(_l("请填房号。")), Length(max=20)])
    name = name_field()
    honorific = honorific_field()
    people_count = people_field()
    remark = remark_field()


class HouseholdForm(EditForm):
    people_count = people_field()
    remark = remark_field()
    moved_out_on = DateField(
        _l("搬走的日子"),
        [Optional(), not_in_future],
        description=_l("填了以后，这一户不再排在名单里，记录都留着。"),
    )


class ResidentForm(EditForm):
    """One resident; what may be recorded depends on what was agreed to."""

    name = name_field()
    honorific = honorific_field()
    relation = StringField(
        _l("和户主的关系"), [Length(max=20)], description=_l("如 户主、儿子、外孙女。")
    )
    is_child = BooleanField(_l("未满 14 岁"), description=_l("先要监护人同意，才能记生日和电话。"))
    calendar = RadioField(
        _l("生日按"),
        choices=offering([("solar", _l("公历")), ("lunar", _l("农历"))]),
        default="solar",
    )
    born = StringField(
        _l("生日"),
        [Length(max=40)],
        description=_l("知道多少写多少：1948年3月5日、1948年、腊月廿三、闰六月初一。"),
    )
    phone_lines = TextAreaField(
        _l("电话"),
        description=_l("一行一个，可以写是谁的：10000000002（女儿）。盖住的号码留着不动就不变。"),
    )
    is_emergency_contact = BooleanField(_l("紧急联系人"))
    tags = SelectMultipleField(_l("关爱类别"), choices=offering(CARE_TAGS))

    def __init__(self, *args: Any, obj: Resident | None = None, **kwargs: Any) -> None:
        super().__init__(*args, obj=obj, **(stored(obj) if obj else {}), **kwargs)
        self.resident = obj
        if obj is None or not may_hold_tags(obj):
            del self.tags

    def stored_value(self, field: Any, obj: Resident) -> Any:
        return stored(obj).get(field.name, super().stored_value(field, obj))

    def validate_born(self, field: StringField) -> None:
        try:
            self.parsed_birthday()
        except DateError as error:
            raise ValidationError(str(error)) from None
        self.refuse_for_child(field)

    def validate_phone_lines(self, field: TextAreaField) -> None:
        try:
            self.parsed_phones()
        except PhoneError as error:
            if self.resident and self.version.data != str(self.resident.version):
                # Covered numbers that somebody has changed since: the stale form is told as such.
                return
            raise ValidationError(str(error)) from None
        self.refuse_for_child(field)

    def refuse_for_child(self, field: Any) -> None:
        """Nothing more of a child before a guardian's consent (个人信息保护法, article 31)."""
        agreed = self.resident is not None and self.resident.agrees_to("guardian")
        if self.is_child.data and field.data and not agreed:
            raise ValidationError(_("未满 14 岁，先要监护人同意，才能记这一项。"))

    def parsed_birthday(self) -> PartialDate | None:
        text = (self.born.data or "").strip()
        if not text:
            return None
        prefix = "农历" if self.calendar.data == "lunar" and "农历" not in text else ""
        return parse_date(prefix + text, latest=today())

    def parsed_phones(self) -> tuple[Phone, ...]:
        """Return the numbers; those that stand there covered are the ones on file."""
        held = [phone.number for phone in self.resident.phones] if self.resident else []
        lines = uncovered(self.phone_lines.data or "", held)
        return parse_phones(lines.replace("\r", "").replace("\n", "、"))


def may_hold_tags(resident: Resident) -> bool:
    """Sensitive facts need a consent of their own (个人信息保护法, article 29)."""
    return resident.agrees_to("record") and resident.may_be_recorded


def stored(resident: Resident) -> dict[str, Any]:
    """Return what a resident holds in the form's own words."""
    birthday = resident.birthday
    phones = ((masked_phone(phone.number), phone.note) for phone in resident.phones)
    return {
        "calendar": birthday.calendar if birthday else "solar",
        "born": str(birthday).removeprefix("农历") if birthday else "",
        "phone_lines": "\n".join(
            f"{number}（{note}）" if note else number for number, note in phones
        ),
        "tags": [row.tag for row in resident.care_tags],
    }


class ConsentForm(Form):
    """One answer to one question. Why somebody declines is not asked."""

    kind = RadioField(
        _l("问的是"), [chosen(_l("请选问的是哪一项。"))], choices=offering(CONSENT_TOPICS)
    )
    answer = RadioField(
        _l("回答"), [chosen(_l("请选同意还是不同意。"))], choices=offering(CONSENT_ANSWERS)
    )
    form = RadioField(_l("怎么答的"), choices=offering(CONSENT_FORMS), default="paper")
    given_on = DateField(_l("哪天答的"), [required(_l("请填日期。")), not_in_future], default=today)
    asked_by = SelectField(
        _l("谁问的"), coerce=int, description=_l("替同事录纸质同意书，就选当面问的那一位。")
    )

    def __init__(self, resident: Resident, asking: Sequence[User], by: User, **kwargs: Any) -> None:
        super().__init__(data={"asked_by": by.id}, **kwargs)
        self.resident = resident
        people = {by.id: by.name, **{person.id: person.name for person in asking}}
        self.asked_by.choices = offering(people)
        if not resident.is_under_fourteen:
            self.kind.choices = offering(
                (k, v) for k, v in CONSENT_TOPICS.items() if k != "guardian"
            )

    def validate_answer(self, field: RadioField) -> None:
        if field.data == "withdrawn" and not self.resident.agrees_to(self.kind.data):
            raise ValidationError(_("这一项没有同意过，选不同意就好。"))


class MergeForm(Form):
    """Which of two households' own facts stay; people, visits and papers all do."""

    other = HiddenField()
    people = RadioField(
        _l("常住人口用哪一户的"),
        choices=offering([("kept", _l("留下的")), ("gone", _l("并过来的"))]),
    )
    remark = RadioField(
        _l("备注用哪一户的"),
        choices=offering(
            [("both", _l("两边都留")), ("kept", _l("留下的")), ("gone", _l("并过来的"))]
        ),
    )

    def people_count(self, kept: Household, gone: Household) -> int | None:
        """Return the number chosen; where that side has none, the other's."""
        first, second = kept.people_count, gone.people_count
        if self.people.data == "gone":
            first, second = second, first
        return second if first is None else first

    def remark_of(self, kept: Household, gone: Household) -> str:
        remarks = {"kept": [kept.remark], "gone": [gone.remark]}
        chosen = remarks.get(self.remark.data, [kept.remark, gone.remark])
        return "\n".join(dict.fromkeys(filter(None, chosen)))


class MergeResidentsForm(Form):
    """Who in the household is the same person."""

    other = RadioField(_l("和谁是同一个人"), [chosen(_l("请选是哪一位。"))])


class EraseForm(Form):
    """The last word before somebody is forgotten; it cannot be undone."""

    is_asked = BooleanField(
        _l("本人（或家里人）提出要删"),
        [required(_l("是本人提出的，请勾上。"))],
        description=_l("删了以后找不回来。"),
    )
    remark = remark_field()

    def __init__(self, remark: str, **kwargs: Any) -> None:
        """``remark`` of the home may tell of this person; without one there is nothing to edit."""
        super().__init__(data={"remark": remark}, **kwargs)
        self.remark.label.text = _("这一户的备注，写到这一位的请去掉")
        if not remark:
            del self.remark
