"""The way around, by role: four tabs on a phone, all of it on the rail of a laptop."""

from dataclasses import dataclass

from flask import request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from core.access import ROLES


@dataclass(frozen=True)
class NavItem:
    """One entry; ``badge`` counts what waits there."""

    url: str
    icon: str
    label: str
    current: bool
    tab: bool
    badge: int = 0


def navigation() -> dict[str, object]:
    """Return what the frame of every page needs to know of the way around."""
    if not current_user.is_authenticated:
        return {"nav": [], "nav_cta": None}
    offered = [item for item in entries() if current_user.has_role(*item[4])]
    tabs = {endpoint for endpoint, *_rest in offered[:4]}
    nav = [
        NavItem(url_for(endpoint), icon, label, is_current(prefix), endpoint in tabs)
        for endpoint, prefix, icon, label, _roles in offered
    ]
    return {
        "nav": nav,
        "nav_cta": call_to_action(),
        "who_note": "、".join(current_user.role_names),
    }


def entries() -> list[tuple[str, str, str, str, tuple[str, ...]]]:
    """Return (endpoint, path prefix, icon, label, roles), the most used first."""
    return [
        ("home.index", "/", "home", _("首页"), ROLES),
    ]


def is_current(prefix: str) -> bool:
    if prefix == "/":
        return request.path == "/"
    return request.path == prefix or request.path.startswith(f"{prefix}/")


def call_to_action() -> dict[str, object] | None:
    """Return the raised button: what this person does most."""
    return None
