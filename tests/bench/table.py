"""The one table that `make bench` prints."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

HEADERS = ("what", "ours", "measured against", "ratio", "must hold", "held?")


@dataclass(frozen=True)
class Row:
    """One figure of the table. `held` is None where nothing is promised, only reported."""

    what: str
    ours: str
    against: str
    ratio: float | None
    must: str
    held: bool | None

    @property
    def cells(self) -> tuple[str, ...]:
        """The row as it is printed."""
        ratio = "–" if self.ratio is None else f"{self.ratio:.2f}"
        verdict = {True: "yes", False: "NO", None: "–"}[self.held]
        return self.what, self.ours, self.against, ratio, self.must, verdict


def at_most(what: str, ours: float, against: float, most: float, unit: str = "ms") -> Row:
    """A row of two times or sizes, the first at most so many times the second."""
    ratio = ours / against
    return Row(
        what, f"{ours:.1f} {unit}", f"{against:.1f} {unit}", ratio, f"≤ {most}", ratio <= most
    )


def limit(what: str, ours: float, most: float, unit: str) -> Row:
    """A row of one figure with a fixed limit."""
    return Row(what, f"{ours:.1f} {unit}", "–", None, f"≤ {most:g} {unit}", ours <= most)


def reported(what: str, ours: str) -> Row:
    """A row that promises nothing."""
    return Row(what, ours, "–", None, "reported", None)


def as_text(rows: Iterable[Row]) -> str:
    """The table, aligned, Chinese characters counted as two columns wide."""
    lines = [HEADERS, *(row.cells for row in rows)]
    widths = [max(columns(cell) for cell in column) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            cell + " " * (width - columns(cell)) for cell, width in zip(line, widths, strict=True)
        ).rstrip()
        for line in lines
    )


def columns(text: str) -> int:
    """How wide a terminal shows a text."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
