"""The form of every kind of paper."""

from blueprints.documents.paper_fields import PaperForm
from blueprints.documents.paper_forms import AppointmentForm, CertificateForm
from blueprints.documents.posted_forms import (
    ClaimCardsForm,
    NoticeForm,
    PublicNoticeForm,
    ReminderForm,
    WishWallForm,
)
from blueprints.documents.record_forms import GrowthForm, ReportForm
from blueprints.documents.text_forms import (
    MinutesForm,
    PlanForm,
    ProofForm,
    StatementForm,
    SummaryForm,
    ThanksForm,
)

_FORMS = (
    CertificateForm, AppointmentForm, ThanksForm, StatementForm, ProofForm, NoticeForm,
    PublicNoticeForm, ReminderForm, WishWallForm, ClaimCardsForm, PlanForm, SummaryForm,
    MinutesForm, ReportForm, GrowthForm,
)  # fmt: skip
FORMS: dict[str, type[PaperForm]] = {form.kind: form for form in _FORMS}
