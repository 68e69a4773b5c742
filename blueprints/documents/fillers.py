"""What fills a new paper in, from the page on which one asked for it."""

from collections.abc import Callable
from datetime import date, timedelta

from flask import request
from flask_babel import gettext as _

from blueprints.documents import sources
from blueprints.documents.kinds import (
    APPOINTMENT,
    CERTIFICATE,
    GROWTH,
    MINUTES,
    NOTICE,
    PLAN,
    PROOF,
    PUBLIC_NOTICE,
    REMINDER,
    REPORT,
    STATEMENT,
    SUMMARY,
    THANKS,
)
from blueprints.documents.paper_fields import PaperForm
from blueprints.documents.people import honoured, served, to_be_named, usual_reason
from blueprints.documents.records import account_of
from core.choices import offered_by
from core.clock import local, today
from core.dates import month_from

HONOURS_ANNOUNCED = "以下志愿者拟予表彰，现予公示。名单按姓名排，不分先后。"
WISHES_ANNOUNCED = "以下心愿由邻居和志愿者自愿认领，现予公示，请大家监督。"


def fill_in(form: PaperForm) -> None:
    """Fill in what is usual, then what the address says: an activity, a volunteer, a month."""
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


def _minutes_of_activity(form: PaperForm) -> None:
    """Begin the minutes of what was held, its record as what everybody said."""
    activity = sources.activity_for(request.args.get("activity", type=int))
    if activity is None:
        return
    form["title"].data = f"{activity.title}纪要"
    form["held"].data, form["place"].data = sources.held_on(activity), activity.place
    form["chair"].data = (activity.leader and activity.leader.name) or form["chair"].data
    form["reports"].data = activity.write_up.splitlines()


def _notice(form: PaperForm) -> None:
    """Invite to an activity, or write to those who live where one stands."""
    activity = sources.activity_for(request.args.get("activity", type=int))
    if activity is None:
        form["scope"].data = _neighbours("{}全部住户")
        return
    form["subject"].data = f"“{activity.title}”请您来"
    form["matter"].data = f"我们办“{activity.title}”，欢迎各位邻居来。"
    form["time"].data, form["place"].data = sources.held_on(activity), activity.place
    form["remove_on"].data = local(activity.ends_at).date() + timedelta(days=1)


def _reminder(form: PaperForm) -> None:
    form["details"].data = _neighbours("请{}的邻居留意") or form["details"].data


def _neighbours(words: str) -> str:
    """Put the building or estate on whose page one stood into these words; nothing without."""
    place = sources.place_named(
        request.args.get("building", type=int), request.args.get("estate", type=int)
    )
    return words.format(place) if place else ""


def _public_notice(form: PaperForm) -> None:
    """Name who is to be honoured, or tell how a month's wishes went."""
    ids = [int(one) for one in request.args.get("volunteers", "").split(",") if one.isdecimal()]
    if not ids:
        _wishes_of_month(form)
        return
    named = to_be_named(ids)
    form["subject"].data = f"{today().year}年度拟表彰志愿者名单"
    form["matter"].data = form["matter"].data or HONOURS_ANNOUNCED
    form["entries"].data = honoured(named, today())
    form["remove_on"].data = form["shown_until"].data + timedelta(days=1)
    if left := len(set(ids)) - len(named):
        form["entries"].description = _("有 %(n)s 人没有列上：没同意公示，或者未满 14 岁。", n=left)


def _wishes_of_month(form: PaperForm) -> None:
    """Tell everybody how a month's wishes went."""
    month = _asked_month()
    if month is None:
        return
    form["subject"].data = f"{month.year}年{month.month}月微心愿办理情况"
    form["matter"].data = form["matter"].data or WISHES_ANNOUNCED
    form["entries"].data = sources.wishes_told(month)


def _pick_volunteer(form: PaperForm) -> None:
    """Pick the volunteer in the list; a certificate also tells their year."""
    person = form.pick(request.args.get("volunteer", type=int))
    if person and form.kind == CERTIFICATE:
        form["reason"].data = usual_reason(person, today())


def _write_to_volunteer(form: PaperForm) -> None:
    """Make a letter out to the volunteer, with their year where the wording names it."""
    picked = request.args.get("volunteer", 0, type=int)
    person = served([picked], today()).get(picked)
    if person:
        words = form.words_for(person)
        for name in (*form.whom, *form.usual):
            form[name].data = words[name]


def _growth_of(form: PaperForm) -> None:
    account = str(account_of(request.args.get("volunteer", 0, type=int)))
    if account in offered_by(form["student"]):
        form["student"].data = account


def _asked_month() -> date | None:
    """Read the month of the address, written 2026-09 or as its first day."""
    return request.args.get("month", type=month_from)


def _report_of_month(form: PaperForm) -> None:
    month = _asked_month()
    if month and month.isoformat() in offered_by(form["month"]):
        form["month"].data = month.isoformat()


_FILLERS: dict[str, Callable[[PaperForm], None]] = {
    PLAN: _from_activity,
    SUMMARY: _from_activity,
    MINUTES: _minutes_of_activity,
    NOTICE: _notice,
    REMINDER: _reminder,
    PUBLIC_NOTICE: _public_notice,
    CERTIFICATE: _pick_volunteer,
    STATEMENT: _pick_volunteer,
    PROOF: _pick_volunteer,
    APPOINTMENT: _write_to_volunteer,
    THANKS: _write_to_volunteer,
    GROWTH: _growth_of,
    REPORT: _report_of_month,
}
