"""Audit entries as people read them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from blueprints.accounts.models import User
from blueprints.settings.access import may_read_values
from blueprints.settings.calendar_forms import setting_label
from blueprints.settings.words import UNTOLD, action_name, field_name, kind_name, value_text
from core.audit import AuditEntry
from core.clock import local

# Their key begins with the account's.
OF_A_PERSON = ("user", "user_role", "user_estate")


@dataclass(frozen=True)
class Change:
    """One field; ``before`` and ``after`` are None where the reader may not know them."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Line:
    """One entry of the trail."""

    at: datetime
    who: str
    action: str
    subject: str
    changes: list[Change]


def lines(reader: User, entries: Iterable[AuditEntry], people: Mapping[int, str]) -> list[Line]:
    """Return entries in words, with as much of them as this person may read."""
    return [
        Line(
            local(entry.at),
            people.get(entry.user_id or 0, _("系统")),
            action_name(entry.action),
            subject(entry, people),
            list(changes(entry, may_read_values(reader, entry), people)),
        )
        for entry in entries
    ]


def subject(entry: AuditEntry, people: Mapping[int, str]) -> str:
    """Return what the entry is about: whose account, which setting, or a kind and a number."""
    kind, number = entry.object_type, entry.object_id
    if kind == "setting":
        return str(setting_label(number))
    if kind in OF_A_PERSON:
        number = people.get(int(number.split("-")[0]), number)
    return f"{kind_name(kind)} {number}".rstrip()


def changes(entry: AuditEntry, readable: bool, people: Mapping[int, str]) -> Iterator[Change]:
    for field in dict.fromkeys([*entry.before, *entry.after]):
        if field in UNTOLD:
            continue
        before, after = (
            value_text(entry.object_type, field, side[field], people)
            if readable and field in side
            else None
            for side in (entry.before, entry.after)
        )
        yield Change(field_name(field), before, after)
