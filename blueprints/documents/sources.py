"""What papers are written from: wishes on the wall, the hours ledger, an activity.

Everything is read through what the person who writes may see.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from flask import url_for
from flask_login import current_user
from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    case,
    cast,
    func,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import joinedload, selectinload

from blueprints.activities.access import activities_visible_to
from blueprints.activities.models import Activity
from blueprints.households.access import buildings_visible_to, estates_visible_to
from blueprints.households.models import Building, Consent, Estate, Household, Resident
from blueprints.teams.models import ServiceEntry, Volunteer
from blueprints.teams.queries import Term, filtered, minutes_by_volunteer
from blueprints.wishes.access import ON_THE_WALL, wishes_visible_to
from blueprints.wishes.models import Wish
from blueprints.wishes.queries import fulfilled_within, may_hang
from blueprints.wishes.states import CLAIMED, PUBLISHED
from core.clock import local, today
from core.db import db
from core.papers import chinese_date
from core.settings import setting

MOST_WISHES = 60
# What ``Wish.label`` says, for the database: 2026-017.
WISH_LABEL = (
    cast(Wish.year, String)
    .concat(case((Wish.number < 10, "-00"), (Wish.number < 100, "-0"), else_="-"))
    .concat(cast(Wish.number, String))
)
WISHES_SEARCHED = (WISH_LABEL, Wish.public_text)
WEEKDAYS = "一二三四五六日"


def wishes_on_the_wall() -> Select[tuple[str, str]]:
    """Return (number, number and public words) of the wishes that are published and not yet
    fulfilled, by their numbers."""
    return (
        wishes_visible_to(current_user)
        .where(may_hang())
        .with_only_columns(WISH_LABEL, WISH_LABEL + " " + Wish.public_text)
        .order_by(Wish.year, Wish.number)
    )


def wishes_named(labels: Collection[str]) -> list[Wish]:
    """Return the wishes of these numbers, in their order."""
    named = (
        wishes_visible_to(current_user)
        .where(tuple_(Wish.year, Wish.number).in_([numbers_in(label) for label in labels]))
        .options(joinedload(Wish.household).joinedload(Household.estate))
        .order_by(Wish.year, Wish.number)
    )
    return list(db.session.scalars(named)) if labels else []


def numbers_in(label: str) -> tuple[int, int]:
    """Return year and number of 2026-017."""
    year, number = label.split("-")
    return int(year), int(number)


def wish_words(wish: Wish) -> dict[str, Any]:
    """Return a wish as everybody may read it: its estate, never its building or its wisher."""
    root = (setting("public_address") or url_for("home.index", _external=True)).rstrip("/")
    return {
        "label": wish.label,
        "wording": wish.public_text,
        "kind": wish.kind,
        "where": f"{wish.household.estate.name}的一位居民",
        "link": f"{root}/wishes/{wish.id}",
        "until": "",
        "is_taken": wish.standing == CLAIMED,
    }


def wishes_told(month: date) -> dict[str, Any]:
    """Return what became of the wishes made public or made real in a month, for a 公示.

    Under their numbers and public words; who took one on stays unnamed. Those whose household
    said no to publication are left out.
    """
    term = Term.month_of(month)
    real = and_(*fulfilled_within(month.year, month.month))
    told = (
        wishes_visible_to(current_user)
        .where(
            Wish.state.in_(ON_THE_WALL),
            or_(Wish.published_on.between(term.first, term.last), Wish.claims.any(real)),
            ~is_refused(),
        )
        .order_by(Wish.year, Wish.number)
        .limit(MOST_WISHES)
    )
    rows = [[wish.label, wish.public_text, *_progress(wish)] for wish in db.session.scalars(told)]
    return {"heads": ["心愿编号", "心愿", "认领", "进展"], "rows": rows}


def _progress(wish: Wish) -> tuple[str, str]:
    """Return who took a wish on, unnamed, and how far it is."""
    if wish.standing == PUBLISHED:
        return "等您认领", "待认领"
    return "志愿者", "在办" if wish.standing == CLAIMED else "已实现"


def is_refused() -> ColumnElement[bool]:
    """The condition under which somebody whose wish it is said no to publication, or took their
    yes back, as ``refuses_publication`` tells it."""
    asked = (Consent.kind == "publish", Consent.given_on <= today())
    latest = select(func.max(Consent.id)).where(*asked).group_by(Consent.resident_id)
    theirs = or_(Wish.resident_id.is_(None), Wish.resident_id == Resident.id)
    refusal = select(Consent.id).join(Consent.resident)
    return refusal.where(
        Consent.id.in_(latest),
        Consent.answer != "granted",
        Resident.household_id == Wish.household_id,
        theirs,
    ).exists()


def place_named(building_id: int | None, estate_id: int | None) -> str:
    """Return the name of a building, or of an estate; nothing where one may see neither."""
    named = buildings_visible_to(current_user).where(Building.id == building_id)
    if building_id is None:
        named = estates_visible_to(current_user).where(Estate.id == estate_id)
    found = db.session.scalar(named)
    return found.name if found else ""


def statement_words(volunteer_id: int, first: date, last: date) -> dict[str, Any]:
    """Return a person's confirmed service between two days, as a statement tells it."""
    return statements_of([volunteer_id], first, last)[volunteer_id]


def statements_of(
    volunteer_ids: Sequence[int], first: date, last: date
) -> dict[int, dict[str, Any]]:
    """Return what `statement_words` says of each of these people, read at once."""
    term, named = Term(first, last), Volunteer.id.in_(volunteer_ids)
    served: dict[int, list[ServiceEntry]] = {each: [] for each in volunteer_ids}
    entries = filtered(select(ServiceEntry), "confirmed", term=term)
    for entry in db.session.scalars(entries.where(ServiceEntry.volunteer_id.in_(volunteer_ids))):
        served[entry.volunteer_id].insert(0, entry)
    minutes = minutes_by_volunteer(volunteer_ids, term)
    names = db.session.execute(select(Volunteer.id, Volunteer.name).where(named))
    return {
        person: statement_of(name, served[person], minutes.get(person, 0), first, last)
        for person, name in names
    }


def statement_of(
    name: str, entries: Sequence[ServiceEntry], minutes: int, first: date, last: date
) -> dict[str, Any]:
    rows = [
        [
            str(number),
            entry.served_on.isoformat(),
            entry.what,
            entry.team.name if entry.team else "",
            spoken_minutes(entry.minutes),
        ]
        for number, entry in enumerate(entries, start=1)
    ]
    total, span = spoken_minutes(minutes), f"{chinese_date(first)}至{chinese_date(last)}"
    opening = f"{name}同志于{span}参加志愿服务，经确认共{len(rows)}次，合计{total}。具体如下："
    heads = ["序号", "日期", "内容", "队伍", "时长"]
    return {
        "name": name,
        "opening": opening,
        "entries": {"heads": heads, "rows": rows},
        "total": total,
    }


def spoken_minutes(minutes: int) -> str:
    """2小时30分, as papers write it; a correction that takes away begins with −."""
    hours, rest = divmod(abs(minutes), 60)
    text = f"{hours}小时" if hours else ""
    if rest or not hours:
        text += f"{rest}分"
    return f"−{text}" if minutes < 0 else text


def activity_for(activity_id: int | None) -> Activity | None:
    """Return an activity that the person may see, with what a paper tells of it."""
    return db.session.scalar(
        activities_visible_to(current_user)
        .where(Activity.id == activity_id)
        .options(
            joinedload(Activity.leader),
            joinedload(Activity.team),
            selectinload(Activity.attendances),
        )
    )


def plan_lines(activity: Activity) -> list[str]:
    """Return a plan's text as far as the activity tells it."""
    return [
        "一、时间和地点",
        f"{held_on(activity)}{f'，{activity.place}' if activity.place else ''}。",
        *(["二、负责", who_leads(activity)] if who_leads(activity) else ["二、负责", "待定。"]),
        "三、怎么办",
        *(activity.plan.splitlines() or ["待定。"]),
        "四、安全和别的",
        "现场有人值守，备好药箱；遇到天气不好，另行通知。",
    ]


def summary_lines(activity: Activity) -> list[str]:
    """Return a summary's text: when, how many came, what became of it; no neighbour's name."""
    came = [each for each in activity.attendances if each.minutes is None or each.minutes >= 0]
    place = f"在{activity.place}" if activity.place else ""
    return [
        f"{held_on(activity)}，{place}举办“{activity.title}”，志愿者{len(came)}人到场。",
        *(activity.write_up.splitlines() or ["办得怎么样，请在这里写几句。"]),
    ]


def held_on(activity: Activity) -> str:
    """2026年9月25日（周五）19:00至21:00."""
    begin, end = local(activity.starts_at), local(activity.ends_at)
    weekday = WEEKDAYS[begin.weekday()]
    return f"{chinese_date(begin.date())}（周{weekday}）{begin:%H:%M}至{end:%H:%M}"


def who_leads(activity: Activity) -> str:
    names = [
        activity.team.name if activity.team else "",
        activity.leader.name if activity.leader else "",
    ]
    return "，".join(name for name in names if name) + ("。" if any(names) else "")


def issuer_may_prove() -> bool:
    """Answer whether the issuer may give a 志愿服务记录证明: a 居委会 or a registered volunteer
    organisation (民政部令第67号); a company may not."""
    return setting("issuer_type") != "company"
