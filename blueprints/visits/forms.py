"""What is typed about visits."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from sqlalchemy import Row
from wtforms import (
    BooleanField,
    DateField,
    Field,
    IntegerField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import Length, NumberRange, Optional, ValidationError

from blueprints.households.models import Household, Resident
from blueprints.visits.checks import as_day, needed, not_past, refuse_day
from blueprints.visits.extras import WISH_KINDS, wish_heard
from blueprints.visits.models import NOT_MET_REASONS, VISIT_KINDS
from blueprints.visits.told import Promise, Told
from core.choices import offered_by, offering
from core.clock import today
from core.forms import Form, chosen
from core.photo_slots import promised
from core.photos import Photo, PhotoRefused, discard_photo, photo_folder, take_in

Owner = Row[tuple[int, str]]
OTHER = "other"
MET, NOT_MET = "yes", "no"
MINUTES = ("15", "30", "60")
LONGEST_VISIT = 720
MOST_PHOTOS = 10


class VisitFields:
    """What is told of a visit, for the new one and for the correction."""

    met = RadioField(
        _l("见到了吗"),
        [chosen(_l("选一下这次见到人没有。"))],
        choices=offering([(MET, _l("见到了")), (NOT_MET, _l("没见到"))]),
    )
    not_met_reason = RadioField(
        _l("怎么没见到"),
        [needed(lambda form: form.met.data == NOT_MET, _l("选一下怎么没见到。")), Optional()],
        choices=offering(NOT_MET_REASONS),
    )
    residents = SelectMultipleField(_l("见到谁"), coerce=int)
    kinds = SelectMultipleField(_l("做了什么"), choices=offering(VISIT_KINDS), default=["chat"])
    day = RadioField(_l("哪天"), [chosen(_l("选一下哪天去的。"))], validate_choice=False)
    other_day = DateField(
        _l("是哪一天"),
        [needed(lambda form: form.day.data == OTHER, _l("填一下是哪一天。")), Optional()],
    )
    minutes = RadioField(
        _l("待了多久"),
        [Optional()],
        choices=offering(
            [
                ("15", _l("15 分")),
                ("30", _l("30 分")),
                ("60", _l("1 小时")),
                (OTHER, _l("别的时长")),
            ]
        ),
        default="30",
    )
    other_minutes = IntegerField(
        _l("多少分钟"),
        [
            needed(
                lambda form: form.was_met and form.minutes.data == OTHER, _l("写一下多少分钟。")
            ),
            Optional(),
            NumberRange(1, LONGEST_VISIT, message=_l("写 1 到 720 分钟。")),
        ],
        render_kw={"inputmode": "numeric"},
    )
    note = TextAreaField(
        _l("记一句"),
        [Length(max=1000, message=_l("最多 1000 个字。"))],
        description=_l("不写病情、证件号和电话，别人看得到这句。"),
        render_kw={"rows": 3},
    )
    photos = MultipleFileField(_l("照片"))
    on_duty = BooleanField(_l("这是上班时间去的"), description=_l("勾上就不计志愿时长"))

    blocked: dict[str, str] = {}
    photo_note = ""

    def offer_household(self, household: Household) -> None:
        """Offer the residents, and of a household that declined photos none to take."""
        self.residents.choices = offering(
            (person.id, person.called) for person in household.residents
        )
        self.blocked = {
            str(person.id): _("缺监护人同意")
            for person in household.residents
            if not person.may_be_recorded
        }
        self.offer_photos(household.head)

    def offer_photos(self, head: Resident | None) -> None:
        """Say whether the head of the household agreed to photos; where it did not, take none."""
        answer = head.consent("photo") if head else None
        if answer is None:
            self.photo_note = _("先问一句能不能拍")
        elif answer.answer == "granted":
            self.photo_note = _("%(name)s同意拍照", name=head.called)
        else:
            del self.photos

    def offer_days(self) -> None:
        """Offer today and yesterday by their dates, so that a form that waited stays right."""
        self.day.choices = offered_days()
        if self.day.data and self.day.data not in offered_by(self.day):
            self.other_day.raw_data = [self.day.data]
            self.other_day.data = as_day(self.day.data)
            self.day.data = OTHER

    @property
    def was_met(self) -> bool:
        return self.met.data == MET

    @property
    def visited_on(self) -> date | None:
        return self.other_day.data if self.day.data == OTHER else as_day(self.day.data)

    @property
    def told(self) -> Told:
        """Return what a valid form tells; of a call in vain only the reason and the note."""
        visited_on, on_duty, note = self.visited_on, self.on_duty.data, self.note.data
        if not self.was_met:
            return Told(visited_on, False, self.not_met_reason.data, on_duty=on_duty, note=note)
        return Told(
            visited_on,
            True,
            resident_ids=tuple(self.residents.data),
            kinds=tuple(self.kinds.data),
            minutes=self.minutes_spent,
            on_duty=on_duty,
            note=note,
        )

    @property
    def minutes_spent(self) -> int | None:
        chosen_minutes = self.minutes.data
        if chosen_minutes == OTHER:
            return self.other_minutes.data
        return int(chosen_minutes) if chosen_minutes else None

    def validate_residents(self, field: Field) -> None:
        if self.was_met and set(map(str, field.data or [])) & set(self.blocked):
            raise ValidationError(_("有一位缺监护人同意，先不记。"))

    def validate_kinds(self, field: Field) -> None:
        if self.was_met and not field.data:
            raise ValidationError(_("选一样做了什么。"))

    def validate_other_day(self, field: Field) -> None:
        if self.day.data == OTHER:
            refuse_day(field.data)

    def take_photos(self, by_id: int, room_for: int = MOST_PHOTOS) -> list[Photo] | None:
        """Store the photos and return them, or store none, say which one is refused, and None."""
        files = [file for file in (self.photos.data or []) if file.filename] if self.photos else []
        if len(files) + len(promised()) > room_for:
            self.photos.errors = [_("一次走访最多 %(most)s 张照片。", most=MOST_PHOTOS)]
            return None
        taken: list[Photo] = []
        try:
            for file in files:
                taken.append(take_in(file, by_id))
        except PhotoRefused as refused:
            discard(taken)
            self.photos.errors = [str(refused)]
            return None
        return taken


def offered_days() -> list[SelectChoice]:
    """Offer today and yesterday by their dates, and a way to any other day."""
    days = {today(): _("今天"), today() - timedelta(days=1): _("昨天")}
    return offering({day.isoformat(): name for day, name in days.items()} | {OTHER: _("别的日子")})


def discard(photos: Sequence[Photo]) -> None:
    """Take photos off the disk that no visit will name."""
    for photo in photos:
        discard_photo(photo.name, photo_folder())


class VisitForm(VisitFields, Form):
    """One visit, in under a minute; what was heard along the way folds away."""

    agrees = BooleanField(
        _l("当面问过，同意我们来走访"), description=_l("口头同意，记在户主名下，随时可以撤回")
    )
    wish_what = StringField(
        _l("想要什么"),
        [Length(max=60, message=_l("最多 60 个字。"))],
        render_kw={"placeholder": _l("如：修一台收音机")},
    )
    wish_kind = RadioField(_l("算哪类"), choices=offering(WISH_KINDS), default="thing")
    follow_what = StringField(
        _l("答应了什么事"),
        [Length(max=200, message=_l("最多 200 个字。"))],
        render_kw={"placeholder": _l("如：周五带一副老花镜")},
    )
    follow_owner = RadioField(_l("谁来办"), [Optional()], coerce=int, validate_choice=False)
    follow_due = DateField(_l("什么时候办"), [Optional(), not_past])
    next_on = DateField(_l("约好下次哪天来"), [Optional(), not_past])

    def __init__(self, household: Household, owners: Sequence[Owner], **kwargs: Any) -> None:
        """``owners`` may take a promise on; the first of them does unless another is chosen."""
        super().__init__(**kwargs)
        self.offer_household(household)
        self.follow_owner.choices = offering((person.id, person.name) for person in owners)
        if self.follow_owner.data is None:
            self.follow_owner.data = owners[0].id
        if not self.is_submitted() and self.day.data is None:
            self.day.data = today().isoformat()
            self.residents.data = [p.id for p in household.residents[:1] if p.may_be_recorded]
        self.offer_days()
        if any(person.agrees_to("visit") for person in household.residents):
            del self.agrees
        if not wish_heard.receivers:
            del self.wish_what, self.wish_kind

    def validate_follow_what(self, field: Field) -> None:
        if self.follow_due.data and not field.data:
            raise ValidationError(_("写一句答应了什么事，或者去掉日子。"))

    def validate_follow_owner(self, field: Field) -> None:
        if self.follow_what.data and field.data not in offered_by(field):
            raise ValidationError(_("选一下谁来办。"))

    @property
    def promise(self) -> Promise | None:
        if not self.follow_what.data:
            return None
        return Promise(self.follow_what.data, self.follow_due.data, self.follow_owner.data)
