"""What is typed about activities, and the list of who came."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    Field,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    MultipleFileField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
    ValidationError,
)
from wtforms import Form as Subform
from wtforms.validators import InputRequired, Length, NumberRange, Optional, StopValidation
from wtforms.widgets import HiddenInput

from blueprints.activities.models import ACTIVITY_KINDS, Activity, Attendance
from blueprints.activities.series import EVERY, ActivitySeries, TooManyOccurrences
from blueprints.teams.forms import NOBODY, choice_field
from blueprints.teams.models import DAY_MINUTES, Volunteer
from core.choices import offering, photos_by_place
from core.clock import SHANGHAI, local, today
from core.day_words import format_minutes
from core.forms import EditForm, Form, required
from core.photo_slots import promised

BETWEEN_NAMES = re.compile(r"[\n、，,;；]+")
MOST_PHOTOS = 9
ONCE, ONE, LATER = "once", "one", "later"
SCOPES = [(ONE, _l("只这一场")), (LATER, _l("这场和以后的"))]


def needed_when_it_comes_again(form: Form, field: Field) -> None:
    """Ask for the last day of a series; one activity alone has none."""
    if form.comes_again and not field.data:
        field.errors = []  # what a browser's empty date field left there
        raise StopValidation(_("请填排到哪天。"))


class ActivityForm(EditForm):
    title = StringField(_l("办什么"), [required(_l("请填活动名称。")), Length(max=80)])
    kind = RadioField(_l("哪一类"), choices=offering(ACTIVITY_KINDS), default="other")
    team_id = choice_field(_l("哪支队伍来办"))
    day = DateField(_l("哪一天"), [required(_l("请填日期。"))], default=today)
    begins = TimeField(_l("几点开始"), [InputRequired(_l("请填几点开始。"))])
    ends = TimeField(_l("几点结束"), [InputRequired(_l("请填几点结束。"))])
    estate_id = choice_field(_l("哪个小区"))
    repeats = RadioField(
        _l("多久一次"),
        choices=offering([(ONCE, _l("就这一次")), *EVERY.items()]),
        default=ONCE,
    )
    until = DateField(
        _l("排到哪天"),
        [needed_when_it_comes_again, Optional()],
        description=_l("到这天为止先都排好，每一场以后还能单独改、单独取消。"),
    )
    scope = RadioField(_l("改哪些场"), choices=offering(SCOPES), default=ONE)
    place = StringField(_l("在哪里"), [Length(max=80)])
    capacity = IntegerField(
        _l("最多几人"),
        [Optional(), NumberRange(1, 999, _l("填 1 到 999。"))],
        description=_l("报满以后的人排候补，有人退出就补上。不限就空着。"),
    )
    leader_id = choice_field(_l("谁负责"), description=_l("负责人记到场、写记录。"))
    plan = TextAreaField(_l("怎么办"), [Length(max=2000)])

    @classmethod
    def over(cls, activity: Activity) -> "ActivityForm":
        """Return the form filled in from an activity, or from what was sent."""
        form = cls(
            obj=activity,
            begins=local(activity.starts_at).time(),
            ends=local(activity.ends_at).time(),
        )
        del form.repeats, form.until
        if activity.series_id is None:
            del form.scope
        return form

    @classmethod
    def blank(cls, team_id: int | None) -> "ActivityForm":
        """Return the form for a new activity, which may come again."""
        form = cls(team_id=team_id)
        del form.scope
        return form

    @property
    def comes_again(self) -> bool:
        return self.repeats.data != ONCE

    @property
    def goes_for_later_ones(self) -> bool:
        return "scope" in self and self.scope.data == LATER

    def offer(
        self,
        teams: Sequence[tuple[int, str]],
        estates: Sequence[tuple[int, str]],
        leaders: Sequence[tuple[int, str]],
    ) -> None:
        self.team_id.choices = offering([NOBODY, *teams])
        self.estate_id.choices = offering([NOBODY, *estates])
        self.leader_id.choices = offering([NOBODY, *leaders])

    def validate_ends(self, field: Field) -> None:
        if self.begins.data and field.data and field.data <= self.begins.data:
            raise ValidationError(_("结束要晚于开始。"))

    def validate_until(self, field: Field) -> None:
        if not (self.comes_again and self.day.data):
            return
        if field.data <= self.day.data:
            raise ValidationError(_("要比第一场晚。"))
        series = ActivitySeries(every=self.repeats.data, first_on=self.day.data, until=field.data)
        try:
            series.days_after(self.day.data)
        except TooManyOccurrences as refused:
            raise ValidationError(str(refused)) from refused

    @property
    def starts_at(self) -> datetime:
        return datetime.combine(self.day.data, self.begins.data, SHANGHAI)

    @property
    def ends_at(self) -> datetime:
        return datetime.combine(self.day.data, self.ends.data, SHANGHAI)

    def stored_value(self, field: Field, obj: Activity) -> Any:
        if field.name == "scope":
            return field.data
        moments = {"begins": obj.starts_at, "ends": obj.ends_at}
        if field.name in moments:
            return local(moments[field.name]).time()
        return super().stored_value(field, obj)


class CancelForm(Form):
    scope = RadioField(_l("取消哪些场"), choices=offering(SCOPES), default=ONE)


class ExtendForm(Form):
    until = DateField(_l("排到哪天"), [required(_l("请填排到哪天。"))])


class PresenceForm(Subform):
    """One line of the list: somebody who came, or did not."""

    volunteer_id = IntegerField(widget=HiddenInput())
    noted = HiddenField()
    present = BooleanField(_l("到了"))
    minutes = IntegerField(_l("分钟"))
    on_duty = BooleanField(_l("在岗"))

    def validate_minutes(self, field: Field) -> None:
        if not self.present.data:
            field.errors = []
            return
        if field.data is None or not 1 <= field.data <= DAY_MINUTES:
            raise ValidationError(_("到了的人，分钟要填 1 到 1440。"))


class AttendanceForm(EditForm):
    rows = FieldList(FormField(PresenceForm))
    names = TextAreaField(
        _l("还有谁来了"),
        [Length(max=1000)],
        description=_l("一行一个名字。名册里没有的会新登记；时长先按计划的算，存好再改。"),
    )
    people: dict[int, Volunteer] = {}
    # What each of them is called before whoever fills the form in.
    called: dict[int, str] = {}
    noted: dict[int, Attendance] = {}

    @classmethod
    def over(cls, activity: Activity, people: Sequence[Volunteer]) -> "AttendanceForm":
        """Return the list of an activity: whoever has gone to the ledger is not on it."""
        noted = {attendance.volunteer_id: attendance for attendance in activity.attendances}
        sent = {key for key, attendance in noted.items() if attendance.is_in_ledger}
        expected = {signup.volunteer_id for signup in activity.coming}
        rows = [
            {
                "volunteer_id": person.id,
                "noted": "y" if person.id in noted else "",
                "present": person.id in noted
                or (not noted and (person.id in expected or not expected)),
                "minutes": noted[person.id].minutes_so_far
                if person.id in noted
                else activity.planned_minutes,
                "on_duty": person.id in noted and noted[person.id].on_duty,
            }
            for person in people
            if person.id not in sent
        ]
        return cls(obj=activity, rows=rows)

    @property
    def volunteer_ids(self) -> list[int]:
        return [row.volunteer_id.data for row in self.rows if row.volunteer_id.data]

    @property
    def typed_names(self) -> list[str]:
        """Return the names that were added, each once."""
        names = (name.strip() for name in BETWEEN_NAMES.split(self.names.data or ""))
        return list(dict.fromkeys(name for name in names if name))

    def ask_which(self, namesakes: Sequence[Volunteer]) -> None:
        """Put several people of one name on the list, so that the right one can be ticked."""
        listed = set(self.volunteer_ids)
        for person in namesakes:
            self.people[person.id] = person
            if person.id not in listed:
                self.rows.append_entry({"volunteer_id": person.id, "present": False})
        self.names.errors = [
            _(
                "“%(name)s”有几位同名的，已排进名单。勾上来的那位，再把名字从这里去掉。",
                name=namesakes[0].name,
            )
        ]

    def differences(self, obj: Activity) -> Iterator[tuple[str, str, str]]:
        noted = {a.volunteer_id: (True, a.minutes, a.on_duty) for a in obj.attendances}
        for row in self.rows:
            name = self.called.get(row.volunteer_id.data)
            mine = spoken(row.present.data, row.minutes.data, row.on_duty.data)
            theirs = spoken(*noted.get(row.volunteer_id.data, (False, 0, False)))
            if name and mine != theirs:
                yield name, mine, theirs


def spoken(present: bool, minutes: int | None, on_duty: bool) -> str:
    """Say in words whether somebody came, and for how long."""
    if not present:
        return _("没到")
    time = format_minutes(minutes or 0)
    return _("%(time)s，在岗", time=time) if on_duty else time


class RecordForm(EditForm):
    write_up = TextAreaField(
        _l("办得怎么样"),
        [Length(max=4000)],
        description=_l("不写居民的全名、门牌、电话和病情。"),
    )
    photos = MultipleFileField(_l("照片"), description=_l("最多 9 张。先问过再拍，不拍孩子的脸。"))
    drop_photos = SelectMultipleField(
        _l("去掉哪张照片"), coerce=int, description=_l("去掉的照片从服务器上删掉，找不回来。")
    )

    @classmethod
    def over(cls, activity: Activity) -> "RecordForm":
        """Return the form of an activity, with the photos that can be taken out again."""
        form = cls(version=str(activity.version), write_up=activity.write_up)
        form.drop_photos.choices = photos_by_place(activity.photo_rows)
        return form

    @property
    def files(self) -> list[Any]:
        """Return the files that were chosen; an empty slot sends one without a name."""
        return [file for file in self.photos.data or [] if getattr(file, "filename", "")]

    def validate_photos(self, _field: Field) -> None:
        if len(self.files) + len(promised()) > MOST_PHOTOS:
            raise ValidationError(_("一次最多 %(n)s 张。", n=MOST_PHOTOS))

    def stored_value(self, field: Field, obj: Activity) -> Any:
        # Photos are added and taken out, never replaced: there is nothing to compare.
        return obj.write_up if field.name == "write_up" else field.data
