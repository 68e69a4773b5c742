"""Who signs a paper, and where the seal goes: unit, person and date around a free circle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.flow import Strip, Type
from core.lettering import centred, em, width_of
from core.papers import Seal, chinese_date
from core.typeset import balance


@dataclass(frozen=True)
class Place:
    """Where a kind of paper is signed, in mm: the middle of unit and date from the text's left
    edge, their centre from the strip's top, the strip's height; nothing stands before `start`."""

    middle: float
    centre: float
    height: float
    width: float
    start: float = 0


def signers(issuer: str, day: date, signatory: str = "") -> list[str]:
    """The lines under which the seal is put: the unit, who signs for it, the day."""
    return [line for line in (issuer, signatory, chinese_date(day)) if line]


def signature(lines: Sequence[str], seal: Seal, type_: Type, place: Place) -> Strip:
    """The lines around their middle; a unit too wide for it moves to the left, then breaks."""
    room = em(place.width - place.start, type_.size)
    set_lines = [part for line in lines for part in balance(line, room, type_.face)]
    half = max(width_of(line, type_.size, type_.face) for line in set_lines) / 2
    middle = max(min(place.middle - seal.left, place.width - half), place.start + half)
    more = seal.spare + (len(set_lines) - 2) * type_.pitch / 2
    centre = place.centre + more
    top = centre - len(set_lines) * type_.pitch / 2
    marks = [
        centred(line, middle, top + row * type_.pitch + type_.base, type_.size, type_.face)
        for row, line in enumerate(set_lines)
    ]
    below = top + len(set_lines) * type_.pitch + 4
    return Strip(
        place.height + 2 * more, (*marks, centred("（盖章）", middle, below, 9, type_.face))
    )
