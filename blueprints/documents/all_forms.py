"""The form of every kind of paper, and what fills a new one in."""

from collections.abc import Callable

from flask import request

from blueprints.documents import sources
from blueprints.documents.kinds import PLAN, PROOF, STATEMENT, SUMMARY
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


def fill_in(form: PaperForm) -> None:
    """Fill a new paper in from where the person came: an activity's or a volunteer's page."""
    form.suggest()
    filler = _FILLERS.get(form.kind)
    if filler:
        filler(form)


def _from_activity(form: PaperForm) -> None:
    activity = sources.activity_for(request.args.get("activity", type=int))
    if activity is None:
        return
    is_plan = form.kind == PLAN
    form["title"].data = f"{activity.title}{'方案' if is_plan else '小结'}"
    form["body"].data = (sources.plan_lines if is_plan else sources.summary_lines)(activity)


def _from_volunteer(form: PaperForm) -> None:
    picked = request.args.get("volunteer", "")
    if picked in dict(form["volunteer"].choices):
        form["volunteer"].data = picked


_FILLERS: dict[str, Callable[[PaperForm], None]] = {
    PLAN: _from_activity,
    SUMMARY: _from_activity,
    STATEMENT: _from_volunteer,
    PROOF: _from_volunteer,
}
