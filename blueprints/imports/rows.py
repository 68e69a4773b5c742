"""What becomes of each row of a ledger, before anything is stored."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from flask_babel.speaklater import LazyString

from core.ledgers import Column
from core.sheets import CellValue, text_of

Status = Literal["good", "duplicate", "near_duplicate", "error", "blank"]
STATUSES: tuple[Status, ...] = ("good", "duplicate", "near_duplicate", "error", "blank")

Cells: TypeAlias = Mapping[str, Sequence[CellValue]]


@dataclass(frozen=True, slots=True)
class Issue:
    """A reason or a hint: a fixed code for programs, and words for people."""

    code: str
    text: LazyString
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        return str(self.text) % self.values


@dataclass(frozen=True, slots=True)
class Reading:
    """A row's record, or the issues that keep it out; warnings stop nothing."""

    record: Any
    issues: Sequence[Issue] = ()
    warnings: Sequence[Issue] = ()


@dataclass(frozen=True, slots=True)
class RowRef:
    """Where a row stands."""

    sheet: str
    number: int


@dataclass(frozen=True, slots=True, eq=False)
class LedgerRow:
    """One row of the ledger and what becomes of it.

    `record` is there unless the row is blank or has an error; `like` names the earlier row of a
    duplicate; `warnings` are for people to see and stop nothing; `cells` are each field's.
    """

    sheet: str
    number: int
    status: Status
    record: Any = None
    issues: tuple[Issue, ...] = ()
    warnings: tuple[Issue, ...] = ()
    like: RowRef | None = None
    cells: Cells = field(default_factory=dict)

    @property
    def shown(self) -> dict[str, str]:
        """Each field as it was typed."""
        return {name: " ".join(map(text_of, values)) for name, values in self.cells.items()}

    @property
    def place(self) -> RowRef:
        return RowRef(self.sheet, self.number)

    @property
    def code(self) -> str:
        """The first reason's fixed name; empty for a good or blank row."""
        return self.issues[0].code if self.issues else ""

    @property
    def reason(self) -> str:
        """Every reason in plain words; empty for a good or blank row."""
        return "；".join(issue.reason for issue in self.issues)

    @property
    def hints(self) -> str:
        """Every warning in plain words."""
        return "；".join(issue.reason for issue in self.warnings)


@dataclass(frozen=True, slots=True)
class LedgerSheet:
    """A sheet that was taken for a ledger, and how its columns were understood."""

    name: str
    title: str
    header_row: int
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class LedgerPreview:
    """What a ledger says, row by row."""

    rows: tuple[LedgerRow, ...]
    sheets: tuple[LedgerSheet, ...]
    skipped_sheets: tuple[str, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many rows have each status, and how many there are as `rows`."""
        found = Counter(row.status for row in self.rows)
        return {"rows": len(self.rows)} | {status: found[status] for status in STATUSES}

    def rows_with(self, status: Status) -> list[LedgerRow]:
        """The rows of one status, in the ledger's order."""
        return [row for row in self.rows if row.status == status]

    def warned(self, code: str) -> list[LedgerRow]:
        """The rows with one kind of warning."""
        return [row for row in self.rows if any(issue.code == code for issue in row.warnings)]


@dataclass(frozen=True, slots=True)
class Question:
    """What only a person can answer about a row: `options` are (value, words)."""

    key: str
    text: str
    options: tuple[tuple[str, str], ...]
    default: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact of a record that is registered otherwise."""

    label: LazyString
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What is registered of a good row already: nothing, the same, or something else."""

    object_id: int | None = None
    differences: tuple[Difference, ...] = ()

    @property
    def is_new(self) -> bool:
        return self.object_id is None


NEW = Standing()
