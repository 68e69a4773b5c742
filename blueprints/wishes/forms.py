"""What is typed about wishes."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    Field,
    IntegerField,
    RadioField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length, NumberRange, Optional, ValidationError

from blueprints.households.models import Resident
from blueprints.wishes.states import WISH_KINDS
from blueprints.wishes.wording import in_parts, private_places, told
from core.choices import offering
from core.clock import today
from core.forms import EditForm, Form, chosen, required
from core.photos import Photo, PhotoRefused, take_in
from core.privacy import Finding

WHOLE_FAMILY = ""


class WishFields:
    """What is written down about a wish, for the new one and for the correction."""

    what = StringField(
        _l("想要什么"),
        [required(_l("写一下想要什么。")), Length(max=60, message=_l("最多 60 个字。"))],
        description=_l("写东西或事情就好，不写姓名、门牌和病情。"),
        render_kw={"placeholder": _l("如：修一台收音机")},
    )
    kind = RadioField(
        _l("哪一类"),
        [chosen(_l("选一类。"))],
        choices=offering(WISH_KINDS),
        default="thing",
    )
    resident = RadioField(_l("谁的心愿"), [Optional()], default=WHOLE_FAMILY)
    detail = TextAreaField(
        _l("给办的人看的细节"),
        [Length(max=500, message=_l("最多 500 个字。"))],
        description=_l("尺寸、颜色、什么时候方便。不写病情，不会公开。"),
        render_kw={"rows": 3},
    )
    blocked: dict[str, str] = {}

    def offer_residents(self, residents: Sequence[Resident]) -> None:
        """Offer the whole family and each resident; say who cannot be written down, and why."""
        self.resident.choices = offering(
            [(WHOLE_FAMILY, _("全家"))]
            + [(str(resident.id), resident.called) for resident in residents]
        )
        reasons = {str(resident.id): why_not(resident) for resident in residents}
        self.blocked = {choice: reason for choice, reason in reasons.items() if reason}

    def validate_resident(self, field: Field) -> None:
        if field.data in self.blocked:
            raise ValidationError(self.blocked[field.data])

    @property
    def resident_id(self) -> int | None:
        return int(self.resident.data) if self.resident.data else None


def why_not(resident: Resident) -> str:
    """Return why no wish is written down in this resident's name, or nothing.

    A wish is meant for the wall, and nothing about a child under 14 is ever public
    (个人信息保护法, articles 28 and 31).
    """
    if resident.is_under_fourteen:
        return _("不满 14 岁，记在全家名下")
    answer = resident.consent("record")
    if answer and answer.answer != "granted":
        return _("不同意记录")
    return ""


class CollectForm(WishFields, Form):
    """A wish that was heard."""


class ReviseForm(WishFields, EditForm):
    """A wish that was written down wrongly."""

    def stored_value(self, field: Field, obj: object) -> object:
        if field.name == "resident":
            return str(obj.resident_id or WHOLE_FAMILY)  # type: ignore[attr-defined]
        return super().stored_value(field, obj)


class ApprovalForm(EditForm):
    """The secretary's decision. The text is scanned before it is out, also for ``known_names``
    and for the household's own ``door``."""

    decision = RadioField(
        _l("决定"),
        [chosen(_l("选公开或退回。"))],
        choices=offering([("approve", _l("公开")), ("decline", _l("退回"))]),
    )
    public_text = StringField(
        _l("公开后大家看到的话"),
        [Length(max=60, message=_l("最多 60 个字。"))],
        description=_l("不写姓名、门牌、电话、年龄和病情。"),
    )
    reason = StringField(
        _l("退回的原因"),
        [Length(max=200, message=_l("最多 200 个字。"))],
        description=_l("只有记心愿的同事看得到。"),
    )
    findings: Sequence[Finding] = ()
    known_names: Iterable[str] = ()
    door = ""

    @property
    def marked_text(self) -> list[tuple[str, bool]]:
        """Return the typed text in pieces, with those marked that must not be public."""
        return in_parts(self.public_text.data or "", self.findings)

    @property
    def is_approval(self) -> bool:
        return self.decision.data == "approve"

    def validate_public_text(self, field: Field) -> None:
        if not self.is_approval:
            return
        if not field.data:
            raise ValidationError(_("写一句公开后大家看到的话。"))
        self.findings = private_places(field.data, list(self.known_names), self.door)
        if self.findings:
            raise ValidationError(told(self.findings))

    def validate_reason(self, field: Field) -> None:
        if self.decision.data == "decline" and not field.data:
            raise ValidationError(_("写一句为什么退回。"))


class ClaimForm(Form):
    """Until when somebody takes a wish on; without a day, for as long as is usual."""

    until = DateField(_l("哪天前办好"), [Optional()])

    def __init__(self, *, days: int) -> None:
        super().__init__()
        self.last_day = today() + timedelta(days=days)
        if not self.is_submitted():
            self.until.data = self.last_day

    @property
    def due_on(self) -> date:
        return self.until.data or self.last_day

    def validate_until(self, field: Field) -> None:
        if not today() <= field.data <= self.last_day:
            raise ValidationError(_("选今天到最后期限之间的一天。"))


class ReasonForm(Form):
    """Why a step back is taken."""

    reason = StringField(
        _l("原因"),
        [required(_l("写一句原因。")), Length(max=200, message=_l("最多 200 个字。"))],
    )


class ReleaseForm(Form):
    """Giving a wish back. Within the day it was taken, nobody has to explain."""

    reason = StringField(_l("原因"), [Length(max=200, message=_l("最多 200 个字。"))])

    def __init__(self, *, must_explain: bool) -> None:
        super().__init__()
        self.must_explain = must_explain

    def validate_reason(self, field: Field) -> None:
        if self.must_explain and not field.data:
            raise ValidationError(_("写一句原因，方便下一位接着办。"))


class FulfilForm(Form):
    """That it is done, with a word, a picture and what it cost."""

    note = TextAreaField(
        _l("怎么办的"),
        [required(_l("写一句怎么办的。")), Length(max=500, message=_l("最多 500 个字。"))],
        render_kw={"rows": 3},
    )
    photo = FileField(_l("照片"), description=_l("拍东西就好，不拍人脸和门牌。"))
    photo_shows_resident = BooleanField(_l("照片里有住户，本人同意拍"))
    cost = IntegerField(
        _l("自己花了多少（元）"),
        [Optional(), NumberRange(min=0, max=99999, message=_l("写整数，单位是元。"))],
        render_kw={"inputmode": "numeric"},
    )
    stored_photo: Photo | None = None
    agrees_to_photos = False

    def validate_photo_shows_resident(self, field: Field) -> None:
        """A picture of a person needs that person's consent (《民法典》, article 1019)."""
        if field.data and not self.agrees_to_photos:
            raise ValidationError(_("住户页上没有记下同意拍照。换一张没有人的，或者先去问一声。"))

    @property
    def proof(self) -> dict[str, object]:
        """Return what was typed as the action takes it."""
        return {
            "note": self.note.data,
            "cost_yuan": self.cost.data,
            "photo": self.stored_photo,
            "photo_shows_resident": self.photo_shows_resident.data,
        }

    def take_photo_in(self, by_id: int) -> bool:
        """Store the picture, if there is one; a refused one is told at its field by name."""
        try:
            self.stored_photo = take_in(self.photo.data, by_id) if self.photo.data else None
        except PhotoRefused as refusal:
            self.photo.errors = [str(refusal)]
            return False
        return True


class ConfirmForm(Form):
    """What the resident said on the phone."""

    outcome = RadioField(
        _l("住户怎么说"),
        [chosen(_l("选办好了或还没办好。"))],
        choices=offering([("done", _l("办好了")), ("not_yet", _l("还没办好"))]),
    )
    words = TextAreaField(
        _l("原话"),
        [required(_l("记一句住户的原话。")), Length(max=200, message=_l("最多 200 个字。"))],
        description=_l("不写病情。"),
        render_kw={"rows": 2},
    )


class ThanksForm(Form):
    """A word of thanks to whoever took part; the button alone says it as well."""

    words = StringField(_l("一句感谢的话"), [Length(max=200, message=_l("最多 200 个字。"))])
