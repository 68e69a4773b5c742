"""The calendar: a month on a laptop, a list on a phone, and a feed for other programmes."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from flask import Response, abort, flash, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from blueprints.visits import blueprint
from blueprints.visits.access import LOOKING_AFTER
from blueprints.visits.agenda import Entry, agenda, due_by_day, visits_paid
from blueprints.visits.feed import calendar_file, link_of, new_link, open_link
from blueprints.visits.queries import last_of_month
from core.access import public, roles_required
from core.clock import now, today
from core.dates import WEEKDAYS
from core.db import db
from core.htmx import see_other
from core.settings import setting

FIRST_YEAR, LAST_YEAR = 2000, 2098
SHOWN_ONCE = "calendar_link"


@dataclass
class Day:
    """One day of the month with what falls on it."""

    on: date
    entries: list[Entry] = field(default_factory=list)
    paid: int = 0
    # Everybody's visits that fall due; told to the secretary only.
    due: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.entries or self.paid or self.due)


@blueprint.get("/calendar")
@roles_required(*LOOKING_AFTER)
def calendar() -> ResponseReturnValue:
    """Show a month: what is due, whose birthday it is, what was promised, what was done."""
    first = asked_month()
    link = link_of(current_user)
    return render_template(
        "visits/calendar.html",
        first=first,
        days=days_of(first),
        weekday_words=WEEKDAYS,
        earlier=(first - timedelta(days=1)).replace(day=1),
        later=last_of_month(first) + timedelta(days=1),
        link=link,
        secret=session.pop(SHOWN_ONCE, None) if link else None,
    )


def asked_month() -> date:
    """Return the first day of the month in the address, or of this one."""
    try:
        asked = date.fromisoformat(f"{request.args['month']}-01")
    except (KeyError, ValueError):
        return today().replace(day=1)
    return asked if FIRST_YEAR <= asked.year <= LAST_YEAR else today().replace(day=1)


def days_of(first: date) -> list[Day]:
    """Return each day of the month that begins on ``first``."""
    last = last_of_month(first)
    paid = visits_paid(current_user, first, last)
    due = due_by_day(current_user, first, last)
    days = {}
    for number in range((last - first).days + 1):
        on = first + timedelta(days=number)
        days[on] = Day(on, paid=paid.get(on, 0), due=due.get(on, 0))
    for entry in agenda(current_user, first, last, today()):
        days[entry.on].entries.append(entry)
    return list(days.values())


@blueprint.post("/calendar/link")
@roles_required(*LOOKING_AFTER)
def make_calendar_link() -> ResponseReturnValue:
    """Make a private link; an earlier one stops working."""
    secret = new_link(current_user)
    answer = see_other(url_for("visits.calendar", _anchor="link"))
    db.session.commit()
    session[SHOWN_ONCE] = secret
    return answer


@blueprint.post("/calendar/link/revocation")
@roles_required(*LOOKING_AFTER)
def revoke_calendar_link() -> ResponseReturnValue:
    """Close the link."""
    link = link_of(current_user)
    if link:
        link.revoke()
    answer = see_other(url_for("visits.calendar"))
    db.session.commit()
    flash(_("链接作废了，手机日历不会再更新。"), "ok")
    return answer


@blueprint.get("/calendar/<secret>.ics")
@public
def calendar_feed(secret: str) -> ResponseReturnValue:
    """Serve the days of whoever made this link, without names; an unknown link is 404."""
    link = open_link(secret)
    if link is None:
        abort(404)
    address = setting("public_address") or request.url_root
    page = f"{address.rstrip('/')}{url_for('visits.calendar')}"
    response = Response(calendar_file(link.user, today(), now(), page), mimetype="text/calendar")
    response.headers["Cache-Control"] = "private, no-store"
    return response
