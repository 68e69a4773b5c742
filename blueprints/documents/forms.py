"""What is typed to draft a paper, to make it void, and to note where it hangs."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, Field, RadioField, StringField, TextAreaField
from wtforms.validators import Length, ValidationError

from blueprints.documents.contents import LABELS, Draft, claims_in
from blueprints.documents.models import CERTIFICATE, NOTICE, Document
from core.clock import today
from core.fonts import KAI, SANS, Face, missing_characters
from core.forms import EditForm, Form, chosen, required
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
        raise ValidationError(_("证书上不能写“%(word)s”。", word=word))


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


def issuer_field(*checks: Any) -> StringField:
    return line("issuer", 40, required(_l("请填落款单位。")), *checks)


class PaperForm(EditForm):
    """A draft as it is typed; over an existing draft it compares with the stored words."""

    kind: str

    def __init__(self, *args: Any, paper: Document | None = None, **kwargs: Any) -> None:
        super().__init__(*args, obj=self.words_of(paper) if paper else None, **kwargs)

    @staticmethod
    def words_of(paper: Document) -> SimpleNamespace:
        """Return a draft's words by the names of the fields."""
        return SimpleNamespace(**paper.content, dated_on=paper.dated_on, version=paper.version)

    def typed(self, *names: str) -> dict[str, str]:
        return {name: self[name].data for name in names}


class CertificateForm(PaperForm):
    kind = CERTIFICATE

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

    @staticmethod
    def words_of(paper: Document) -> SimpleNamespace:
        words = PaperForm.words_of(paper)
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

    subject = line("subject", 60, required(_l("请写标题。")), printable(SANS))
    addressees = line("addressees", 30, required(_l("请写给谁看。")), printable(SANS))
    matter = paragraph("matter", MATTER_LENGTH, required(_l("请写正文。")), printable(SANS))
    time = line("time", 60, printable(SANS))
    place = line("place", 60, printable(SANS))
    scope = line("scope", 60, printable(SANS))
    prepare = line("prepare", 60, printable(SANS))
    after = paragraph("after", 120, printable(SANS))
    phone_label = line("phone_label", 20, required(_l("请写这是什么电话。")), printable(SANS))
    phone = line("phone", 18, required(_l("请填电话，邻居有事要打。")))
    remove_on = DateField(
        LABELS["remove_on"],
        [required(_l("请填撕除日期。"))],
        default=lambda: today() + POSTED_FOR,
        description=_l("事情过去的第二天。印得很大，到时候按它来撕。"),
    )
    dated_on = paper_date()
    issuer = issuer_field(printable(SANS))

    @staticmethod
    def words_of(paper: Document) -> SimpleNamespace:
        words = PaperForm.words_of(paper)
        words.remove_on = date.fromisoformat(words.remove_on)
        return words

    def suggest(self) -> None:
        """Fill in what is usual, for a new paper."""
        self.addressees.data = "各位邻居"
        self.phone_label.data = "24小时值班电话"
        self.phone.data = setting("duty_phone")
        self.issuer.data = setting("issuer_name")

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

    def draft(self) -> Draft:
        names = [name for name in LABELS if name in self and name not in ("dated_on", "remove_on")]
        content = self.typed(*names) | {"remove_on": self.remove_on.data.isoformat()}
        return Draft(NOTICE, content, self.dated_on.data, title=self.subject.data)


class VoidForm(Form):
    reason = StringField(
        _l("为什么作废"),
        [required(_l("请写为什么作废。")), Length(max=200)],
        description=_l("登记簿里会一直看得到这句话。"),
    )
