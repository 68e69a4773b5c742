"""What a month's report and a student's growth file are compiled from.

Each figure is asked of the room that owns it, so that papers agree with pages. Nothing here
reads a resident: of wishes the public number and words, of visits how many.
"""

from calendar import monthrange
from datetime import date
from typing import Any

from sqlalchemy import func, select

from blueprints.accounts.models import User, UserRole
from blueprints.activities.models import Activity, ActivityPhoto, Attendance
from blueprints.activities.queries import activities_in_month, beginning_of
from blueprints.documents.kinds import DOCUMENT_KINDS
from blueprints.documents.milestones import milestones_between
from blueprints.documents.models import ISSUED, Document
from blueprints.documents.sources import spoken_minutes, statement_words
from blueprints.households.models import Estate
from blueprints.teams.models import Volunteer
from blueprints.teams.queries import Term, confirmed_minutes_by_month, minutes_total
from blueprints.visits.models import Visit
from blueprints.visits.queries import month_figures, visits_met_in_month
from blueprints.wishes.models import Claim, Wish
from blueprints.wishes.queries import fulfilled_in_month
from core.access import STUDENT
from core.clock import local
from core.db import db
from core.papers import chinese_date, month_and_day
from core.photos import Photo

MONTHS, MOST_PHOTOS, SMALL = 6, 24, 5


def last_day(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])


def months_until(month: date) -> list[date]:
    """Return the first days of the last months, the month of this day at the end."""
    number = month.year * 12 + month.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(number - MONTHS + 1, number + 1)]


def report_words(month: date) -> dict[str, Any]:
    """Return a month's figures, charts and lists as a draft stores them."""
    months = months_until(month)
    minutes = confirmed_minutes_by_month(month, MONTHS)
    met = [visits_met_in_month(each.year, each.month) for each in months]
    visits = month_figures(month.year, month.month)
    labels = [f"{each.month}月" for each in months]
    last = f"上月{spoken_minutes(minutes[-2])}"
    figures = [
        figure("志愿服务", f"{minutes[-1] / 60:.1f}".removesuffix(".0"), "小时", last),
        figure("走访", str(visits.met), "户次", f"去了{visits.visits}次"),
        figure("活动", str(activities_in_month(month)), "场", ""),
        figure("微心愿", str(fulfilled_in_month(month.year, month.month)), "件", "本月实现"),
    ]
    hours = [round(each / 60) for each in minutes]
    return {
        "figures": figures,
        "hours": chart("近六个月已确认的志愿服务时长（小时）", labels, hours),
        "visits": chart("近六个月见到人的走访（户次）", labels, met),
        "activities": activities_held(month),
        "wishes": wishes_made_real(month),
    }


def figure(label: str, value: str, unit: str, note: str) -> dict[str, str]:
    return {"label": label, "value": value, "unit": unit, "note": note}


def chart(caption: str, labels: list[str], values: list[int]) -> dict[str, Any]:
    return {"caption": caption, "labels": labels, "values": values}


def activities_held(month: date) -> dict[str, Any]:
    """Return what was held in a month and how many came; small numbers stay vague."""
    first, last = month.replace(day=1), last_day(month)
    came = func.count(Attendance.id)
    rows = db.session.execute(
        select(Activity.starts_at, Activity.title, Activity.place, came)
        .outerjoin(Attendance, Attendance.activity_id == Activity.id)
        .where(
            Activity.state == "held",
            Activity.starts_at >= beginning_of(first),
            Activity.starts_at < beginning_of(date.fromordinal(last.toordinal() + 1)),
        )
        .group_by(Activity.id)
        .order_by(Activity.starts_at)
    )
    listed = [
        [month_and_day(local(at).date()), title, place, f"{count}人" if count >= SMALL else "不足5"]
        for at, title, place, count in rows
    ]
    return {"heads": ["日期", "活动", "地点", "志愿者"], "rows": listed}


def wishes_made_real(month: date) -> dict[str, Any]:
    """Return the wishes fulfilled in a month, by number and in their public words."""
    first = beginning_of(month.replace(day=1))
    following = beginning_of(date.fromordinal(last_day(month).toordinal() + 1))
    rows = db.session.scalars(
        select(Wish)
        .join(Claim, Claim.wish_id == Wish.id)
        .where(Claim.fulfilled_at >= first, Claim.fulfilled_at < following)
        .order_by(Wish.year, Wish.number)
    )
    return {"heads": ["编号", "心愿"], "rows": [[wish.label, wish.public_text] for wish in rows]}


def photos_of_month(month: date) -> list[tuple[str, str]]:
    """Return (file name, caption) of the photos of a month's activities."""
    first = beginning_of(month.replace(day=1))
    following = beginning_of(date.fromordinal(last_day(month).toordinal() + 1))
    rows = db.session.execute(
        select(Photo.name, Activity.title, Activity.starts_at)
        .join(ActivityPhoto, ActivityPhoto.photo_id == Photo.id)
        .join(Activity, ActivityPhoto.activity_id == Activity.id)
        .where(Activity.starts_at >= first, Activity.starts_at < following)
        .order_by(Activity.starts_at, Photo.id)
        .limit(MOST_PHOTOS)
    )
    return [(name, f"{month_and_day(local(at).date())} {title}") for name, title, at in rows]


def students() -> list[tuple[str, str]]:
    """Return (id, name) of every student with an account, by name."""
    rows = db.session.execute(
        select(User.id, User.name)
        .join(UserRole, UserRole.user_id == User.id)
        .where(UserRole.role == STUDENT)
        .order_by(User.name, User.id)
    )
    return [(str(user_id), name) for user_id, name in rows]


def arrived_on(user_id: int) -> str:
    """Return the day a student came to the company, as on paper; empty where nobody noted it."""
    day = db.session.scalar(select(User.started_on).where(User.id == user_id))
    return chinese_date(day) if day else ""


def growth_words(user_id: int, first: date, last: date) -> dict[str, Any]:
    """Return a student's own work between two days; of residents it holds counts alone."""
    user = db.session.get_one(User, user_id)
    volunteer = db.session.scalar(select(Volunteer).where(Volunteer.user_id == user_id))
    months = months_until(last)
    met = [visits_of(user_id, each, last_day(each)) for each in months]
    minutes = minutes_total(volunteer=volunteer.id, term=Term(first, last)) if volunteer else 0
    attended = attended_by(volunteer, first, last)
    figures = [
        figure("志愿服务", f"{minutes / 60:.1f}".removesuffix(".0"), "小时", "已确认"),
        figure("走访", str(visits_of(user_id, first, last)), "户次", "见到人的"),
        figure("活动", str(len(attended["rows"])), "场", "到场"),
        figure("微心愿", str(wishes_of(user_id, first, last)), "件", "认领并实现"),
    ]
    estates = db.session.scalars(
        select(Estate.name).where(Estate.id.in_(user.estate_ids)).order_by(Estate.name)
    )
    return {
        "name": user.name,
        "estate": "、".join(estates),
        "figures": figures,
        "visits": chart("近六个月走访结对邻里（户次）", [f"{m.month}月" for m in months], met),
        "activities": attended,
        "hours": hours_of(volunteer, first, last),
        "papers": papers_of(volunteer, first, last),
        "milestones": milestones_between(user_id, volunteer, first, last),
    }


def visits_of(user_id: int, first: date, last: date) -> int:
    counted = select(func.count(Visit.id)).where(
        Visit.visitor_id == user_id,
        Visit.visited_on.between(first, last),
        Visit.met_somebody,
    )
    return db.session.scalar(counted) or 0


def wishes_of(user_id: int, first: date, last: date) -> int:
    counted = select(func.count(Claim.id)).where(
        Claim.claimer_id == user_id,
        Claim.fulfilled_at >= beginning_of(first),
        Claim.fulfilled_at < beginning_of(date.fromordinal(last.toordinal() + 1)),
    )
    return db.session.scalar(counted) or 0


def attended_by(volunteer: Volunteer | None, first: date, last: date) -> dict[str, Any]:
    heads = ["日期", "活动", "地点"]
    if volunteer is None:
        return {"heads": heads, "rows": []}
    rows = db.session.execute(
        select(Activity.starts_at, Activity.title, Activity.place)
        .join(Attendance, Attendance.activity_id == Activity.id)
        .where(
            Attendance.volunteer_id == volunteer.id,
            Activity.starts_at >= beginning_of(first),
            Activity.starts_at < beginning_of(date.fromordinal(last.toordinal() + 1)),
        )
        .order_by(Activity.starts_at)
    )
    return {
        "heads": heads,
        "rows": [[local(at).date().isoformat(), title, place] for at, title, place in rows],
    }


def hours_of(volunteer: Volunteer | None, first: date, last: date) -> dict[str, Any]:
    if volunteer is None:
        return {"heads": ["序号", "日期", "内容", "队伍", "时长"], "rows": []}
    return statement_words(volunteer.id, first, last)["entries"]


def papers_of(volunteer: Volunteer | None, first: date, last: date) -> dict[str, Any]:
    """Return the valid papers made out to somebody."""
    heads = ["日期", "文书", "编号", "名称"]
    if volunteer is None:
        return {"heads": heads, "rows": []}
    papers = db.session.scalars(
        select(Document)
        .where(
            Document.volunteer_id == volunteer.id,
            Document.state == ISSUED,
            Document.dated_on.between(first, last),
            Document.kind.in_(("certificate", "appointment")),
        )
        .order_by(Document.dated_on, Document.id)
    )
    return {
        "heads": heads,
        "rows": [
            [each.dated_on.isoformat(), str(DOCUMENT_KINDS[each.kind]), each.serial, each.title]
            for each in papers
        ],
    }


def account_of(volunteer_id: int) -> int | None:
    """Return the account of a volunteer, if they have one."""
    return db.session.scalar(select(Volunteer.user_id).where(Volunteer.id == volunteer_id))


def volunteer_id_of(user_id: int) -> int | None:
    """Return under which volunteer a student's own papers are found."""
    return db.session.scalar(select(Volunteer.id).where(Volunteer.user_id == user_id))
