"""What is typed about teams, volunteers and hours."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select
from wtforms import (
    BooleanField,
    DateField,
    Field,
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
from blueprints.teams.models import DAY_MINUTES, SERVICE_KINDS, TEAM_KINDS, Volunteer
from core.choices import offered_by, offering
from core.clock import today
from core.forms import EditForm, Form, chosen, required
from core.phones import PhoneError, masked_phone, parse_phones, uncovered
from core.picking import PickField

NOBODY = (0, "—")
SOMEBODY_ELSE = "new"


def number_or_none(value: str | int | None) -> int | None:
    """Read a select's value; its first choice, 0, stands for none."""
    return int(value) if value and int(value) else None


def not_in_the_future(_form: Form, field: Field) -> None:
    if field.data and field.data > today():
        raise ValidationError(_("这一天还没到。"))


def choice_field(label: object, **kwargs: object) -> SelectField:
    """A select over rows of a table, with a first choice that stands for none."""
    return SelectField(
        label, [Optional()], coerce=number_or_none, choices=offering([NOBODY]), **kwargs
    )


class TeamForm(EditForm):
    name = StringField(_l("队名"), [required(_l("请填队名。")), Length(max=60)])
    kind = RadioField(_l("做什么"), choices=offering(TEAM_KINDS), default="care")
    estate_id = choice_field(_l("哪个小区"), description=_l("不限小区就空着。"))
    purpose = TextAreaField(
        _l("做些什么事"), [Length(max=500)], description=_l("一两句话，写给想加入的人看。")
    )
    founded_on = DateField(_l("哪天成立"), [Optional(), not_in_the_future])
    closed_on = DateField(
        _l("哪天解散"),
        [Optional(), not_in_the_future],
        description=_l("还在就空着。解散以后，成员和时长都留着。"),
    )

    def offer(self, estates: Sequence[tuple[int, str]]) -> None:
        self.estate_id.choices = offering([NOBODY, *estates])


class PersonForm(Form):
    """Names somebody of the register; of several people with one name, the form asks which."""

    name = StringField(
        _l("姓名"),
        [required(_l("请填姓名。")), Length(max=60)],
        description=_l("名册里有这个人就用名册里的，没有就新登记。"),
        render_kw={"autocomplete": "off"},
    )
    which = RadioField(_l("是哪一位"), [Optional()], choices=[], validate_choice=False)

    def choose(self, known: Sequence[Volunteer], teams: dict[int, list[str]]) -> Volunteer | None:
        """Return who is meant, or None for somebody new; leave an error where it is unclear."""
        if not known or self.which.data == SOMEBODY_ELSE:
            return None
        if len(known) == 1:
            return known[0]
        self.which.choices = offering(
            [
                (str(person.id), "、".join(teams.get(person.id, [])) or _("还没有队伍"))
                for person in known
            ]
            + [(SOMEBODY_ELSE, _("都不是，是另一位"))]
        )
        picked = [person for person in known if str(person.id) == self.which.data]
        if not picked:
            self.which.errors = [_("名册里有 %(n)s 位同名的，选一位。", n=len(known))]
        return picked[0] if picked else None


def not_over_already(_form: Form, field: Field) -> None:
    if field.data and field.data < today():
        raise ValidationError(_("任期要到今天或以后。"))


def leads_until_field() -> DateField:
    return DateField(
        _l("队长当到哪天"),
        [Optional(), not_over_already],
        description=_l("任期没定就空着。到了那天不会自动停，只提醒该换届了。"),
    )


class MemberForm(PersonForm):
    """Adds somebody to a team."""

    joined_on = DateField(
        _l("哪天入队"), [required(_l("请填入队日期。")), not_in_the_future], default=today
    )
    is_leader = BooleanField(_l("是队长"))
    leads_until = leads_until_field()


class LeadershipForm(Form):
    """A leader's planned term, when it begins or later."""

    leads_until = leads_until_field()


class MembershipEndForm(Form):
    left_on = DateField(_l("哪天离队"), [required(_l("请填离队日期。"))], default=today)


class VolunteerForm(EditForm):
    name = StringField(_l("姓名"), [required(_l("请填姓名。")), Length(max=60)])
    phone = StringField(
        _l("电话"), [Optional()], render_kw={"inputmode": "tel", "autocomplete": "off"}
    )
    skills = StringField(
        _l("会什么"), [Length(max=200)], description=_l("如：理发、修电器、写毛笔字。")
    )
    service_list = SelectMultipleField(
        _l("愿意做哪几类"), choices=[], validate_choice=False, default=[]
    )
    user_id = PickField(
        _l("登录账号"),
        [Optional()],
        looks_for=_l("找别的账号"),
        coerce=number_or_none,
        description=_l("连上账号，自己就能看到自己的时长。没有账号就空着。"),
    )
    joined_on = DateField(
        _l("哪天开始做志愿者"), [required(_l("请填日期。")), not_in_the_future], default=today
    )
    left_on = DateField(_l("哪天不做了"), [Optional(), not_in_the_future])
    agrees_to_publish = BooleanField(
        _l("同意公示姓名和时长"), description=_l("本人说过同意才勾。不勾，公示里就不写。")
    )
    is_child = BooleanField(
        _l("未满 14 岁"), description=_l("监护人同意以后才能报名、记到场；不公示。")
    )
    guardian_agreed_on = DateField(_l("监护人哪天同意的"), [Optional(), not_in_the_future])

    def __init__(self, *args: Any, obj: Volunteer | None = None, **kwargs: Any) -> None:
        super().__init__(*args, obj=obj, **kwargs)
        self.held = obj.phone if obj else ""
        if self.held and self.phone.data == self.held and not self.is_submitted():
            self.phone.data = masked_phone(self.held)

    def validate_phone(self, field: Field) -> None:
        """Take one number as people write it, and keep its digits; covered, it is the one on file."""
        try:
            text = uncovered(field.data or "", [self.held])
            field.data = "".join(phone.number for phone in parse_phones(text)[:1])
        except PhoneError as error:
            raise ValidationError(str(error)) from error

    def offer(self, accounts: Select[tuple[int, str]], services: Sequence[str]) -> None:
        self.user_id.offer(accounts, (User.name, User.username), first=[(0, _("没有账号"))])
        self.service_list.choices = offering((word, word) for word in dict.fromkeys(services))

    @property
    def agreed_on(self) -> date | None:
        """Return when a guardian agreed; of a grown-up nobody is asked."""
        return self.guardian_agreed_on.data if self.is_child.data else None

    def validate_service_list(self, field: Field) -> None:
        offered = offered_by(field)
        field.data = [word for word in field.data or [] if word in offered]

    def validate_agrees_to_publish(self, field: Field) -> None:
        # 个人信息保护法, article 31; domain rule: nothing on a child is ever public.
        if field.data and self.is_child.data:
            raise ValidationError(_("未满 14 岁的不公示。"))


class OwnHoursForm(Form):
    """Time served outside the activities; the hours of paid duty do not belong here."""

    what = StringField(
        _l("做了什么"),
        [required(_l("请写做了什么。")), Length(max=120)],
        description=_l("一句话，不写别人的姓名、门牌和电话。"),
    )
    kind = RadioField(_l("哪一类"), choices=offering(SERVICE_KINDS), default="other")
    served_on = DateField(
        _l("哪一天"), [required(_l("请填日期。")), not_in_the_future], default=today
    )
    hours = IntegerField(
        _l("几小时"), [Optional(), NumberRange(0, 24, _l("填 0 到 24。"))], default=1
    )
    minutes = IntegerField(
        _l("几分钟"), [Optional(), NumberRange(0, 59, _l("填 0 到 59。"))], default=0
    )
    team_id = choice_field(_l("哪支队伍"))
    own_time = BooleanField(
        _l("是自己的时间，不是上班"),
        [required(_l("上班值班不算志愿时长。是自己的时间才勾。"))],
        description=_l("路上的时间不算。"),
    )

    def offer(self, teams: Sequence[tuple[int, str]]) -> None:
        self.team_id.choices = offering([NOBODY, *teams])

    @property
    def total(self) -> int:
        """Return the time in minutes."""
        return (self.hours.data or 0) * 60 + (self.minutes.data or 0)

    def validate_hours(self, _field: Field) -> None:
        if not 0 < self.total <= DAY_MINUTES:
            raise ValidationError(_("时长要多于 0 分钟，一天最多 24 小时。"))


class DecisionForm(Form):
    decision = RadioField(
        _l("算不算"),
        [chosen(_l("请选确认或退回。"))],
        choices=offering([("confirm", _l("确认")), ("reject", _l("退回"))]),
    )
    reason = StringField(
        _l("为什么退回"), [Length(max=200)], description=_l("退回才要写，本人看得到。")
    )

    def validate_reason(self, field: Field) -> None:
        if self.decision.data == "reject" and not field.data:
            raise ValidationError(_("请写为什么退回。"))


class CorrectionForm(Form):
    """A signed number of minutes, asked for in words."""

    change = RadioField(
        _l("怎么改"),
        [chosen(_l("请选多记了还是少记了。"))],
        choices=offering([("less", _l("多记了，减掉")), ("more", _l("少记了，补上"))]),
    )
    minutes = IntegerField(
        _l("多少分钟"),
        [
            required(_l("请填多少分钟。")),
            NumberRange(1, DAY_MINUTES, _l("填 1 到 1440。")),
        ],
    )
    reason = StringField(_l("为什么"), [required(_l("请写为什么要改。")), Length(max=200)])

    @property
    def signed_minutes(self) -> int:
        return -self.minutes.data if self.change.data == "less" else self.minutes.data
