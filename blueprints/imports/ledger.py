"""What a room says of its ledger: its columns, what a row means, and how rows are stored."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from sqlalchemy import Select, Table

from blueprints.accounts.models import User
from blueprints.imports.rows import NEW, Cells, LedgerRow, Question, Reading, RowRef, Standing
from core.i18n import in_number
from core.ledgers import Field, plain_text


@dataclass
class Job:
    """One storing of a ledger: who asked, what was answered, and what came of it so far."""

    by: User | None
    import_id: int | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    # What becomes of rows that are registered otherwise: "keep", "fill" or "replace"; and of
    # single rows for which somebody said something else.
    changes: str = "keep"
    row_changes: Mapping[RowRef, str] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    tell: Callable[[int], None] = lambda _done: None
    made: list[tuple[str, int]] = field(default_factory=list)
    changed: list[tuple[str, int, dict[str, Any]]] = field(default_factory=list)

    def answer(self, question: Question) -> str:
        """What was answered; the question's own default when nobody said anything."""
        given = self.answers.get(question.key, question.default)
        return given if given in dict(question.options) else question.default

    def change_of(self, row: LedgerRow) -> str:
        """What becomes of a row that is registered otherwise: "keep", "fill" or "replace"."""
        return self.row_changes.get(row.place) or self.changes

    def note_made(self, table: Table, ids: Sequence[int]) -> None:
        """Remember what was made, so that the whole import can be taken back."""
        self.made += [(table.name, made_id) for made_id in ids]


class Reader(ABC):
    """One reading of one workbook; made with everything registered at hand."""

    @abstractmethod
    def read(self, cells: Cells) -> Reading:
        """Judge one row."""

    @abstractmethod
    def open_sheet(self, title: str, fields: frozenset[str], name: str) -> None:
        """Take what stands above the headers into account (estate, year), and which columns are
        there. Raises a WorkbookError that names the file.
        """

    @abstractmethod
    def identity(self, record: Any) -> Hashable | None:
        """What makes two rows one and the same thing; None for rows that are never compared."""

    def look_back(self, rows: Sequence[LedgerRow]) -> Sequence[LedgerRow]:
        """See the rows once more together, to add warnings across them."""
        return rows

    def standings(self, records: Sequence[Any]) -> list[Standing]:
        """What is registered of each record already."""
        return [NEW] * len(records)

    def questions(
        self, new: Sequence[LedgerRow], near: Mapping[LedgerRow, LedgerRow]
    ) -> list[Question]:
        """What a person must say; `near` gives each near duplicate's first row."""
        return []

    @abstractmethod
    def store(
        self, new: Sequence[LedgerRow], changed: Sequence[tuple[LedgerRow, Standing]], job: Job
    ) -> dict[str, int]:
        """Write the rows down; return further counts by the names of ``Ledger.count_labels``."""


class Ledger(ABC):
    """One kind of ledger."""

    key: ClassVar[str]
    title: ClassVar[LazyString]
    hint: ClassVar[LazyString]
    # “%(count)s 户”, for buttons and messages.
    amount: ClassVar[LazyString]
    fields: ClassVar[Mapping[str, Field]]
    # Any one of these sets of columns is enough.
    required: ClassVar[tuple[tuple[str, ...], ...]]
    # Which fields tell a person what row this is.
    telling: ClassVar[tuple[str, ...]]
    near_text: ClassVar[LazyString] = _l("和第%(row)s行像是同一个，请选一行")
    count_labels: ClassVar[Mapping[str, LazyString]] = {}
    # Tables whose rows go when the row they belong to is taken back.
    owned: ClassVar[frozenset[str]] = frozenset()
    confirm_form: ClassVar[type | None] = None
    confirm_part: ClassVar[str] = ""

    def amount_of(self, count: int) -> str:
        """Say how many rows there are in the words of this ledger: 3 户."""
        return in_number(str(self.amount), {"count": count}) % {"count": count}

    @abstractmethod
    def may_import(self, user: User) -> bool:
        """Whether this person reads such ledgers in."""

    def scopes(self, user: User) -> list[tuple[int, str]]:
        """Whose ledger it may be (the estates), or nothing to choose from."""
        return []

    def scope_named(self, name: str) -> int | None:
        """The scope of that name; None when there is none."""
        return None

    def goes_to(self, row: LedgerRow) -> str:
        """Where a good row's own words put it, for people to see before; empty: nothing to tell."""
        return ""

    def scope_of(self, rows: Sequence[LedgerRow]) -> int | None:
        """The scope that rows say themselves, where nobody chose one."""
        return None

    @abstractmethod
    def reader(self, scope: int | None, today: date) -> Reader:
        """Begin a reading with what is registered now."""

    def missing_first(self) -> tuple[str, LazyString, LazyString] | None:
        """What must be registered before: (address, title, words); None when nothing is."""
        return None

    @abstractmethod
    def next_page(self, scope: int | None) -> tuple[str, LazyString]:
        """Where to look at what was read in: its address and words."""

    def faulty_link(self, rows: Sequence[LedgerRow], scope: int | None) -> tuple[str, str] | None:
        """Where the reason of faulty rows can be mended here, if it can."""
        return None

    def undoing(self, chosen: Select[tuple[int]]) -> Callable[[], None]:
        """See what is about to be taken back; return what is to be done afterwards."""
        return lambda: None


class ChangingLedger(Ledger):
    """A ledger that also changes what is registered already, and can put it back."""

    @abstractmethod
    def restore(self, table: str, object_id: int, before: Mapping[str, Any]) -> None:
        """Put an object back as it was before the import changed it. Raises ImportInUse."""


LEDGERS: dict[str, Ledger] = {}


def register(ledger: Ledger) -> None:
    """Let a room's ledger be read in; called once, when the room is imported."""
    LEDGERS[ledger.key] = ledger


def words_of(cells: Cells, name: str) -> str:
    """A field's first text that says something, as typed."""
    return next(filter(None, map(plain_text, cells.get(name, ()))), "")
