"""What is typed to draft a paper: one form per kind, named after it."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, Field, RadioField, StringField, TextAreaField
from wtforms.validators import Length, ValidationError

from blueprints.documents.contents import LABELS, Draft, claims_in
from blueprints.documents.kinds import APPOINTMENT, CERTIFICATE, NOTICE
from blueprints.documents.models import Document
from core.clock import today
from core.fonts import KAI, SANS, Face, missing_characters
from core.forms import EditForm, chosen, required
from core.settings import setting

SOMEONE_ELSE = "other"
REASON_LENGTH, MATTER_LENGTH = 120, 300
# A slip of the pen in the year would give the paper another year's number.
DATED_WITHIN = timedelta(days=400)
POSTED_FOR = timedelta(days=7)


def one_paragraph(text: str | None) -> str:
    """Join lines: papers set a text as one paragraph."""
    return "".join(line.strip() for line in (text or "").splitlines())


def printable(face: Face) -> Callable[[Any, Field], None]:
    """Refuse characters that no typeface has, while they can still be changed."""

    def check(_form: Any, field: Field) -> None:
        missing = missing_characters(field.data or "", face)
        if missing:
            raise ValidationError(_("字库里没有“%(missing)s”，印不出来。", missing=missing))

    return check


def no_false_claim(_form: Any, field: Field) -> None:
    for word in claims_in(field.data or ""):
        raise ValidationError(_("这份文书上不能写“%(word)s”。", word=word))


def near_today(_form: Any, field: Field) -> None:
    if field.data and abs(field.data - today()) > DATED_WITHIN:
        raise ValidationError(_("离今天太远了，看看年份对不对。"))


def line(name: str, length: int, *checks: Any, **kwargs: Any) -> StringField:
    """One line of a paper, under its usual label."""
    return StringField(LABELS[name], [*checks, Length(max=length)], **kwargs)


def paragraph(name: str, length: int, *checks: Any, **kwargs: Any) -> TextAreaField:
    """A paragraph of a paper; how long it is, is counted while one types."""
    counted = _l("{n} / %(length)s 字", length=length)
    keywords = {"rows": 4, "maxlength": length, "data-count-text": counted}
    return TextAreaField(
        LABELS[name],
        [*checks, Length(max=length)],
        filters=[one_paragraph],
        render_kw=keywords,
        **kwargs,
    )


def paper_date() -> DateField:
    return DateField(
        LABELS["dated_on"], [required(_l("请填落款日期。")), near_today], default=today
    )


def a_year_on() -> date:
    """The last day of a year that begins today."""
    return today() + timedelta(days=364)


def issuer_field(*checks: Any) -> StringField:
    return line("issuer", 40, required(_l("请填落款单位。")), *checks)


class PaperForm(EditForm):
    """A draft as it is typed; over an existing draft it compares with the stored words.

    A field's name is the word's name in the paper's content.
    """

    kind: str
    template = "paper"
    # What the register lists the paper under: a title, and the person it is made out to.
    titled_by = "title"
    made_out_to = ""
    # What is usually right as it is filled in, folded away at the end.
    folded: tuple[str, ...] = ("dated_on", "issuer")

    def __init__(self, *args: Any, paper: Document | None = None, **kwargs: Any) -> None:
        super().__init__(*args, obj=self.words_of(paper) if paper else None, **kwargs)

    @classmethod
    def words_of(cls, paper: Document) -> SimpleNamespace:
        """Return a draft's words by the names of the fields."""
        words = SimpleNamespace(**paper.content, dated_on=paper.dated_on, version=paper.version)
        for name, word in paper.content.items():
            unbound = getattr(cls, name, None)
            if unbound is not None and unbound.field_class is DateField:
                setattr(words, name, date.fromisoformat(word) if word else None)
        return words

    def suggest(self) -> None:
        """Fill in what is usual, for a new paper."""
        self.issuer.data = setting("issuer_name")

    def typed(self, *names: str) -> dict[str, str]:
        return {name: self[name].data for name in names}

    def draft(self) -> Draft:
        """Return the draft as drafts are stored: plain words, days as ISO dates."""
        words = {
            field.name: field.data.isoformat() if isinstance(field.data, date) else field.data
            for field in self.shown_fields()
            if field.name != "dated_on"
        }
        return Draft(
            self.kind,
            words,
            self.dated_on.data,
            title=words[self.titled_by],
            recipient=words.get(self.made_out_to, ""),
        )


class CertificateForm(PaperForm):
    kind, template = CERTIFICATE, "certificate"

    volunteer = RadioField(_l("发给谁"), [chosen(_l("请选发给谁。"))])
    name = line("name", 24, printable(KAI))
    honour = line(
        "honour",
        20,
        no_false_claim,
        printable(KAI),
        description=_l("空着就只写事由。"),
    )
    reason = paragraph(
        "reason",
        REASON_LENGTH,
        no_false_claim,
        printable(KAI),
        description=_l("空着就按已确认的服务记录写。"),
    )
    dated_on = paper_date()
    issuer = issuer_field(no_false_claim, printable(KAI))

    @classmethod
    def words_of(cls, paper: Document) -> SimpleNamespace:
        words = super().words_of(paper)
        words.volunteer = str(paper.volunteer_id or SOMEONE_ELSE)
        return words

    def offer(self, people: Sequence[tuple[int, str]]) -> None:
        """Let one choose among these (id, name), or write another name."""
        choices = [(str(person_id), name) for person_id, name in people]
        self.volunteer.choices = [*choices, (SOMEONE_ELSE, _l("别的人"))]

    def suggest(self) -> None:
        """Fill in what is usual, for a new paper."""
        self.honour.data = setting("certificate_honour")
        self.issuer.data = setting("issuer_name")

    @property
    def volunteer_id(self) -> int | None:
        chosen_one = self.volunteer.data or SOMEONE_ELSE
        return None if chosen_one == SOMEONE_ELSE else int(chosen_one)

    def validate(self, extra_validators: Any = None) -> bool:
        """Somebody who is not on the list needs a name, and a reason from hand."""
        valid = super().validate(extra_validators)
        if self.volunteer.data != SOMEONE_ELSE:
            return valid
        asked = ((self.name, _("请写姓名。")), (self.reason, _("请写事由。")))
        for field, words in asked:
            if not field.data:
                field.errors = [*field.errors, words]
                valid = False
        return valid

    def draft(self, name: str | None = None, reason: str | None = None) -> Draft:
        """Return the draft; for a volunteer with the name on the list and the usual reason."""
        content = self.typed("honour", "reason", "issuer")
        content["name"] = name or self.name.data
        content["reason"] = content["reason"] or reason or ""
        return Draft(
            CERTIFICATE,
            content,
            self.dated_on.data,
            title=content["honour"],
            recipient=content["name"],
            volunteer_id=self.volunteer_id,
        )


class NoticeForm(PaperForm):
    kind = NOTICE
    titled_by = "subject"
    folded = ("phone_label", "dated_on", "issuer")

    subject = line(
        "subject",
        60,
        required(_l("请写标题。")),
        printable(SANS),
        description=_l("一句话说清哪里、什么事：示3栋清洗水箱，临时停水"),
    )
    addressees = line("addressees", 30, required(_l("请写给谁看。")), printable(SANS))
    matter = paragraph("matter", MATTER_LENGTH, required(_l("请写正文。")), printable(SANS))
    time = line("time", 60, printable(SANS), description=_l("9月21日（周一）8:30至17:00"))
    place = line("place", 60, printable(SANS))
    scope = line("scope", 60, printable(SANS), description=_l("写到楼栋为止：示3栋全部住户"))
    prepare = line("prepare", 60, printable(SANS))
    after = paragraph("after", 120, printable(SANS))
    phone_label = line("phone_label", 20, required(_l("请写这是什么电话。")), printable(SANS))
    phone = line(
        "phone",
        18,
        required(_l("请填电话，邻居有事要打。")),
        description=_l("印得很大。默认是值班电话。"),
        render_kw={"inputmode": "tel"},
    )
    remove_on = DateField(
        LABELS["remove_on"],
        [required(_l("请填撕除日期。"))],
        default=lambda: today() + POSTED_FOR,
        description=_l("事情过去的第二天。印得很大，到时候按它来撕。"),
    )
    dated_on = paper_date()
    issuer = issuer_field(printable(SANS))

    def suggest(self) -> None:
        super().suggest()
        self.addressees.data = "各位邻居"
        self.phone_label.data = "24小时值班电话"
        self.phone.data = setting("duty_phone")

    def validate_phone(self, field: Field) -> None:
        if any(
            not (letter.isascii() and letter.isdigit())
            for letter in field.data
            if letter not in " -"
        ):
            raise ValidationError(_("电话只写数字，可以用空格隔开。"))

    def validate_remove_on(self, field: Field) -> None:
        if field.data and self.dated_on.data and field.data < self.dated_on.data:
            raise ValidationError(_("撕除日期比落款日期还早。"))


class AppointmentForm(PaperForm):
    kind = APPOINTMENT
    titled_by, made_out_to = "post", "name"

    name = line("name", 24, required(_l("请写姓名。")), printable(KAI))
    post = line(
        "post",
        40,
        required(_l("请写请他做什么。")),
        printable(KAI),
        description=_l("如：桥机嘉园义务质量总监"),
    )
    starts_on = DateField(LABELS["starts_on"], [required(_l("请填哪天起。"))], default=today)
    ends_on = DateField(LABELS["ends_on"], [required(_l("请填哪天止。"))], default=a_year_on)
    duty = paragraph("duty", 120, required(_l("请写职责。")), no_false_claim, printable(KAI))
    terms = paragraph("terms", 60, no_false_claim, printable(KAI))
    dated_on = paper_date()
    issuer = issuer_field(no_false_claim, printable(KAI))

    def suggest(self) -> None:
        super().suggest()
        self.terms.data = "本职务为义务性质，不取报酬"

    def validate_ends_on(self, field: Field) -> None:
        if field.data and self.starts_on.data and field.data <= self.starts_on.data:
            raise ValidationError(_("止的那天比起的那天还早。"))


FORMS: dict[str, type[PaperForm]] = {
    form.kind: form for form in (CertificateForm, AppointmentForm, NoticeForm)
}
