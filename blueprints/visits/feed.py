"""One person's days as an iCalendar file (RFC 5545), without a word about any resident.

Other companies' programmes keep what they fetch, so an event says how many and never who or where;
festivals and activities, which anybody may read on a notice, by their names.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import groupby

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from blueprints.accounts.models import User, secret_hash
from blueprints.accounts.signals import account_closed
from blueprints.visits.agenda import BIRTHDAY, CLAIM, DUE, LATE, PROMISE, Entry, agenda
from blueprints.visits.calendar_links import CalendarLink
from core.db import db

AHEAD_DAYS = 366
LONGEST_LINE = 75


def open_link(secret: str) -> CalendarLink | None:
    """Return the link with this secret while it is open and its person may log in."""
    found = db.session.scalar(
        select(CalendarLink)
        .where(CalendarLink.token_hash == secret_hash(secret), CalendarLink.revoked_at.is_(None))
        .options(joinedload(CalendarLink.user))
    )
    return found if found and found.user.is_active else None


def link_of(user: User) -> CalendarLink | None:
    """Return this person's open link."""
    return db.session.scalar(
        select(CalendarLink).where(
            CalendarLink.user_id == user.id, CalendarLink.revoked_at.is_(None)
        )
    )


def new_link(user: User) -> str:
    """Close this person's earlier link, make another, and return its secret."""
    earlier = link_of(user)
    if earlier:
        earlier.revoke()
        db.session.flush()
    link, secret = CalendarLink.make(user)
    db.session.add(link)
    return secret


@account_closed.connect
def close_link(user: User) -> None:
    """Let a closed account's link stay closed, also when the account is opened again."""
    link = link_of(user)
    if link:
        link.revoke()


def calendar_file(user: User, today: date, stamp: datetime, page: str) -> bytes:
    """Return the file; ``page`` is where the names are, for whoever may log in."""
    entries = agenda(user, today, today + timedelta(days=AHEAD_DAYS), today)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Linli//Visits//ZH"]
    lines += ["CALSCALE:GREGORIAN", "METHOD:PUBLISH", f"X-WR-CALNAME:{escaped(_('邻里走访'))}"]
    for entry, words in told(entries):
        lines += event(entry, f"{user.id}@linli", words, stamp, page)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines).encode()


def told(entries: Iterable[Entry]) -> Iterator[tuple[Entry, str]]:
    """Return in words what anybody may read, and of the rest how many of a kind on a day."""
    for (_on, kind), those in groupby(entries, lambda entry: (entry.on, entry.kind)):
        same = list(those)
        yield from ((entry, entry.public) for entry in same if entry.public)
        private = [entry for entry in same if not entry.public]
        if private:
            yield private[0], words_for(kind, len(private))


def words_for(kind: str, number: int) -> str:
    words = {
        DUE: _("走访 %(n)s 户", n=number),
        LATE: _("走访超期 %(n)s 户", n=number),
        BIRTHDAY: _("%(n)s 位住户过生日", n=number),
        PROMISE: _("答应的事 %(n)s 件", n=number),
        CLAIM: _("认领的心愿 %(n)s 个要办好", n=number),
    }
    return words[kind]


def event(entry: Entry, whose: str, words: str, stamp: datetime, page: str) -> list[str]:
    """Return one event."""
    return [
        "BEGIN:VEVENT",
        f"UID:{entry.kind}{entry.key}-{entry.on:%Y%m%d}-{whose}",
        f"DTSTAMP:{moment(stamp)}",
        *span(entry),
        f"SUMMARY:{escaped(words)}",
        f"URL:{page}",
        "TRANSP:TRANSPARENT",
        "CLASS:PRIVATE",
        "END:VEVENT",
    ]


def span(entry: Entry) -> tuple[str, str]:
    """Return from when until when: a whole day, unless it has hours."""
    if entry.hours:
        begin, end = entry.hours
        return f"DTSTART:{moment(begin)}", f"DTEND:{moment(end)}"
    following = entry.on + timedelta(days=1)
    return f"DTSTART;VALUE=DATE:{entry.on:%Y%m%d}", f"DTEND;VALUE=DATE:{following:%Y%m%d}"


def moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    """Return text as a value of RFC 5545, section 3.3.11."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def folded(line: str) -> str:
    """Break a line after 75 octets, never inside a character (RFC 5545, section 3.1)."""
    parts, length = [""], 0
    for sign in line:
        octets = len(sign.encode())
        if length + octets > LONGEST_LINE:
            # The blank that begins a continued line counts as well.
            parts, length = [*parts, ""], 1
        parts[-1] += sign
        length += octets
    return "\r\n ".join(parts)
