"""The way around, by role: four tabs on a phone, all of it on the rail of a laptop."""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_login import current_user

from blueprints.accounts.models import ROLE_NAMES
from blueprints.home.access import may_search
from blueprints.home.waiting import Waiting, what_waits
from core.access import ADMIN, MANAGER, MENTOR, SECRETARY, STUDENT, Asker
from core.i18n import language, listed

TABS = 4


@dataclass(frozen=True, eq=False)
class Entry:
    """One way somewhere: ``also`` are other paths that belong to the same place."""

    path: str
    icon: str
    label: LazyString
    also: tuple[str, ...] = ()


class NavItem(NamedTuple):
    """One entry as the frame shows it; ``badge`` counts what waits there, ``counts`` says what."""

    url: str
    icon: str
    label: str
    current: bool
    tab: bool
    badge: int = 0
    counts: str = ""


class Call(NamedTuple):
    """The raised button: its short label is a phone's, and calm means not in the first colour."""

    url: str
    icon: str
    label: str
    short: str
    calm: bool = False


HOME = Entry("/", "home", _l("首页"))
TO_DO = Entry("/", "home", _l("待办"))
OWN_HOUSEHOLDS = Entry(
    "/pairings",
    "door",
    _l("结对户"),
    ("/households", "/visits", "/calendar", "/follow-ups", "/absences"),
)
HOUSEHOLDS = Entry("/households", "door", _l("住户与结对"), ("/pairings", "/absences"))
VISITS = Entry("/visits", "pen", _l("走访"), ("/calendar", "/follow-ups"))
WISHES = Entry("/wishes", "wish", _l("微心愿"))
MAP = Entry("/estates", "map", _l("楼栋图"), ("/buildings",))
ACTIVITIES = Entry("/activities", "flag", _l("活动与签到"))
TEAMS = Entry("/teams", "users", _l("志愿队伍"), ("/volunteers",))
HOURS = Entry("/hours", "clock", _l("服务时长"))
DOCUMENTS = Entry("/documents", "file", _l("文书"), ("/postings",))
OWN_ACCOUNT = Entry("/account", "user", _l("我的"))
ACCOUNTS = Entry("/accounts", "key", _l("账号"))
SETTINGS = Entry("/settings", "gear", _l("设置"))
AUDIT = Entry("/settings/audit", "shield", _l("审计记录"))

# The most used first: the first four are the tabs of a phone. Who holds several roles gets
# the tabs of the first of them, and the rest behind.
BY_ROLE: dict[str, tuple[Entry, ...]] = {
    SECRETARY: (
        TO_DO, MAP, WISHES, DOCUMENTS, HOUSEHOLDS, VISITS, TEAMS, ACTIVITIES, HOURS,
        ACCOUNTS, SETTINGS,
    ),
    MANAGER: (HOME, ACTIVITIES, TEAMS, HOURS, MAP, WISHES, DOCUMENTS, HOUSEHOLDS),
    STUDENT: (
        HOME, OWN_HOUSEHOLDS, WISHES, OWN_ACCOUNT, MAP, ACTIVITIES, TEAMS, HOURS, DOCUMENTS,
    ),
    MENTOR: (HOME, ACTIVITIES, TEAMS, OWN_ACCOUNT),
    ADMIN: (HOME, ACCOUNTS, SETTINGS, AUDIT),
}  # fmt: skip


def navigation() -> dict[str, object]:
    """Return what the frame of every page needs to know of the way around.

    What takes a query is worked out only where a page shows it, not for fragments.
    """
    if not current_user.is_authenticated:
        return {"nav": tuple}
    user = current_user._get_current_object()
    asked = tuple(user.roles), language(), request.script_root
    return {
        "nav": lambda: nav_items(what_waits(user), *asked),
        "unread": lambda: what_waits(user).unread,
        **standing(*asked),
    }


@lru_cache
def standing(roles: tuple[str, ...], _language: str, _root: str) -> dict[str, object]:
    """Return what the frame shows of everybody with these roles, on every page."""
    asker = Asker(frozenset(roles))
    return {
        "nav_cta": call_to_action(asker),
        "nav_search": url_for("home.search") if may_search(asker) else None,
        "who_note": listed(ROLE_NAMES[role] for role in roles),
    }


def call_to_action(asker: Asker) -> Call | None:
    """Return the raised button: a visit, for whoever pays visits.

    The secretary's own red buttons are decisions, so there it stays calm.
    """
    if not asker.has_role(STUDENT, SECRETARY):
        return None
    calm = asker.has_role(SECRETARY)
    return Call(url_for("visits.new"), "pen", _("记一次走访"), _("记走访"), calm)


def nav_items(
    waiting: Waiting, roles: tuple[str, ...], spoken: str, root: str
) -> tuple[NavItem, ...]:
    """Return the entries of whoever is asking, the page they are on marked."""
    here = current_entry(places(roles), request.path)
    return items(roles, spoken, root, here, waiting.decisions, waiting.visits)


def current_entry(known: dict[str, Entry], path: str) -> Entry | None:
    """Return the entry whose place a page is in; the longest path knows best."""
    while path not in known and path not in ("", "/"):
        path = path.rpartition("/")[0]
    return known.get(path)


@lru_cache
def places(roles: tuple[str, ...]) -> dict[str, Entry]:
    """Return every path that belongs to an entry of these roles."""
    known: dict[str, Entry] = {}
    for entry in entries(roles):
        for path in (entry.path, *entry.also):
            known.setdefault(path, entry)
    return known


@lru_cache
def entries(roles: tuple[str, ...]) -> tuple[Entry, ...]:
    """Return the ways that these roles open, each place once."""
    offered: dict[str, Entry] = {}
    for role, ways in BY_ROLE.items():
        if role in roles:
            for entry in ways:
                offered.setdefault(entry.path, entry)
    return tuple(offered.values())


@lru_cache(maxsize=1_000)
def items(
    roles: tuple[str, ...],
    _language: str,
    root: str,
    here: Entry | None,
    decisions: int,
    visits: int,
) -> tuple[NavItem, ...]:
    """Return the entries as the frame shows them."""
    badges = {TO_DO: decisions, HOME: decisions, OWN_HOUSEHOLDS: visits}
    return tuple(
        NavItem(
            root + entry.path,
            entry.icon,
            str(entry.label),
            current=entry is here,
            tab=place < TABS,
            badge=badges.get(entry, 0),
            counts=_("户该去看") if entry is OWN_HOUSEHOLDS else "",
        )
        for place, entry in enumerate(entries(roles))
    )
