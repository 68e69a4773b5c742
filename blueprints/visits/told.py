"""What somebody tells of one visit, between the form and the record."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Told:
    """What is told of one visit. Nothing but the reason is kept of a call in vain."""

    visited_on: date
    met: bool
    not_met_reason: str | None = None
    resident_ids: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()
    minutes: int | None = None
    on_duty: bool = False
    note: str = ""


@dataclass(frozen=True)
class Promise:
    """What was promised during a visit; no day means soon, no owner whoever was there."""

    what: str
    due_on: date | None
    owner_id: int | None = None
