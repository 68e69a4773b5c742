"""The way around, by role: four tabs on a phone, all of it on the rail of a laptop."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from flask import request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_login import current_user

from blueprints.accounts.models import ROLE_NAMES, User
from blueprints.home.access import may_search
from blueprints.home.waiting import what_waits
from core.access import ADMIN, MANAGER, MENTOR, SECRETARY, STUDENT

TABS = 4


@dataclass(frozen=True, eq=False)
class Entry:
    """One way somewhere: ``also`` are other paths that belong to the same place."""

    path: str
    icon: str
    label: LazyString
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class NavItem:
    """One entry as the frame shows it; ``badge`` counts what waits there."""

    url: str
    icon: str
    label: str
    current: bool
    tab: bool
    badge: int = 0


HOME = Entry("/", "home", _l("首页"))
TO_DO = Entry("/", "home", _l("待办"))
OWN_HOUSEHOLDS = Entry(
    "/pairings", "door", _l("结对户"), ("/households", "/visits", "/calendar", "/follow-ups")
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

    The entries are worked out only where a page shows them, not for fragments.
    """
    if not current_user.is_authenticated:
        return {"nav": tuple, "nav_cta": None}
    return {
        "nav": nav_items,
        "nav_cta": call_to_action(current_user),
        "nav_search": url_for("home.search") if may_search(current_user) else None,
        "who_note": roles_told(tuple(current_user.roles), str(get_locale())),
    }


@lru_cache
def roles_told(roles: tuple[str, ...], _language: str) -> str:
    """Return the small line under a name."""
    return "、".join(str(ROLE_NAMES[role]) for role in roles)


def nav_items() -> tuple[NavItem, ...]:
    """Return the entries of whoever is asking, the page they are on marked."""
    waiting, root = what_waits(current_user), request.script_root
    offered = entries(frozenset(current_user.roles), str(get_locale()))
    here = current_entry(offered)
    badges = {TO_DO: waiting.decisions, HOME: waiting.decisions, OWN_HOUSEHOLDS: waiting.visits}
    return tuple(
        NavItem(
            root + entry.path,
            entry.icon,
            label,
            current=entry is here,
            tab=place < TABS,
            badge=badges.get(entry, 0),
        )
        for place, (entry, label) in enumerate(offered.items())
    )


@lru_cache
def entries(roles: frozenset[str], _language: str) -> dict[Entry, str]:
    """Return the ways that these roles open, each place once, with its label."""
    offered: dict[str, Entry] = {}
    for role, ways in BY_ROLE.items():
        if role in roles:
            for entry in ways:
                offered.setdefault(entry.path, entry)
    return {entry: str(entry.label) for entry in offered.values()}


def current_entry(offered: Iterable[Entry]) -> Entry | None:
    """Return the entry whose place the requested page is in; the longest path knows best."""
    covering = [
        (len(path), entry) for entry in offered for path in (entry.path, *entry.also) if at(path)
    ]
    return max(covering, key=itemgetter(0), default=(0, None))[1]


def at(path: str) -> bool:
    """Answer whether the requested page is this one or one below it."""
    return request.path == path or (path != "/" and request.path.startswith(f"{path}/"))


def call_to_action(user: User) -> dict[str, object] | None:
    """Return the raised button: a visit, for whoever pays visits.

    The secretary's own red buttons are decisions, so there it stays calm.
    """
    if not user.has_role(STUDENT, SECRETARY):
        return None
    return {
        "url": url_for("visits.new"),
        "icon": "pen",
        "label": _("记一次走访"),
        "short": _("记走访"),
        "calm": user.has_role(SECRETARY),
    }
