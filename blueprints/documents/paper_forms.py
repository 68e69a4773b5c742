"""What is typed for certificates and appointments."""

from types import SimpleNamespace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, Field
from wtforms.validators import ValidationError

from blueprints.documents.contents import LABELS
from blueprints.documents.kinds import APPOINTMENT, CERTIFICATE
from blueprints.documents.models import Document
from blueprints.documents.one_person import SOMEONE_ELSE, ForOne, volunteer_field
from blueprints.documents.paper_fields import (
    PaperForm,
    a_year_on,
    issuer_field,
    line,
    no_false_claim,
    paper_date,
    paragraph,
    printable,
)
from blueprints.documents.paper_settings import PaperSettings
from blueprints.documents.people import Candidate, Served, candidates, usual_reason
from blueprints.teams.queries import Term
from core.choices import offered_by
from core.clock import today
from core.fonts import KAI
from core.forms import required
from core.settings import setting

REASON_LENGTH = 120


class CertificateForm(ForOne, PaperForm):
    kind, template = CERTIFICATE, "certificate"
    titled_by, whom = "honour", ("volunteer", "name")
    usual = {"honour": "", "reason": ""}

    offered_first = ((SOMEONE_ELSE, _l("别的人")),)

    volunteer = volunteer_field(_l("发给谁"), _l("请选发给谁。"))
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
        words.volunteer = paper.volunteer_id or SOMEONE_ELSE
        return words

    @property
    def within(self) -> Term:
        return Term.year_of(today())

    def people(self) -> dict[int, Candidate]:
        """Return what is told of each of those who are offered."""
        offered = [number for number in offered_by(self.volunteer) if number != SOMEONE_ELSE]
        return candidates(offered, today())

    @classmethod
    def wordings(cls, chosen: PaperSettings) -> dict[str, str]:
        """Return the usual honour, which is a setting of its own."""
        own = super().wordings(chosen)
        return own | {"honour": own["honour"] or setting("certificate_honour")}

    def put(self, wordings: dict[str, str]) -> None:
        """Leave the reason open: it comes from the ledger, of whoever is picked."""
        super().put({name: word for name, word in wordings.items() if name != "reason"})

    def words_for(self, person: Served) -> dict[str, Any]:
        """Return the paper's words; a reason left open is told by the person's year."""
        words = super().words_for(person)
        return words | {"reason": words["reason"] or usual_reason(person, today())}

    def validate(self, extra_validators: Any = None) -> bool:
        """Somebody who is not on the list needs a name, and a reason from hand."""
        valid = super().validate(extra_validators)
        if "volunteer" not in self or self.volunteer.data != SOMEONE_ELSE:
            return valid
        asked = ((self.name, _("请写姓名。")), (self.reason, _("请写事由。")))
        for field, words in asked:
            if not field.data:
                field.errors = [*field.errors, words]
                valid = False
        return valid


class AppointmentForm(PaperForm):
    kind = APPOINTMENT
    titled_by, whom = "post", ("name",)
    usual = {"post": "", "duty": "", "terms": "本职务为义务性质，不取报酬"}

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

    def validate_ends_on(self, field: Field) -> None:
        if field.data and self.starts_on.data and field.data <= self.starts_on.data:
            raise ValidationError(_("止的那天比起的那天还早。"))
