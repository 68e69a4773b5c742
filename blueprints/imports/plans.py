"""What an import would do to what is registered already; nothing is stored here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select

from blueprints.imports.ledger import Ledger, Reader
from blueprints.imports.models import KnownColumn
from blueprints.imports.reading import Said, read_ledger
from blueprints.imports.rows import LedgerPreview, LedgerRow, Question, RowRef, Standing
from core.clock import today
from core.db import db
from core.sheets import Sheet


@dataclass(frozen=True)
class Plan:
    """A ledger that was read, beside what is registered already."""

    ledger: Ledger
    reader: Reader
    preview: LedgerPreview
    standings: Mapping[RowRef, Standing]

    @cached_property
    def new(self) -> list[LedgerRow]:
        """The good rows that nothing is registered of yet."""
        return [row for row in self._good if self.standings[row.place].is_new]

    @cached_property
    def already(self) -> list[LedgerRow]:
        """The good rows that are registered just so: importing again adds nothing."""
        return [
            row
            for row in self._good
            if not self.standings[row.place].is_new and not self.standings[row.place].differences
        ]

    @cached_property
    def changed(self) -> list[tuple[LedgerRow, Standing]]:
        """The good rows that are registered with other facts."""
        return [
            (row, standing)
            for row in self._good
            if (standing := self.standings[row.place]).differences
        ]

    @cached_property
    def _good(self) -> list[LedgerRow]:
        return self.preview.rows_with("good")

    @cached_property
    def questions(self) -> list[Question]:
        """What only a person can answer."""
        by_place = {row.place: row for row in self.new}
        near = {
            row: by_place[row.like]
            for row in self.preview.rows_with("near_duplicate")
            if row.like in by_place
        }
        return self.reader.questions(self.new, near)

    @property
    def errors(self) -> list[LedgerRow]:
        return self.preview.rows_with("error")

    @property
    def warned(self) -> list[LedgerRow]:
        """The rows that come in and still deserve a look."""
        return [row for row in self.new if row.warnings]

    @property
    def counts(self) -> dict[str, int]:
        """The preview's counts, with new, changed and already registered told apart."""
        return self.preview.counts | {
            "new": len(self.new),
            "changed": len(self.changed),
            "already": len(self.already),
        }


def plan_import(
    ledger: Ledger,
    workbook: Sequence[Sheet],
    *,
    name: str,
    scope: int | None = None,
    said: Mapping[str, Said] | None = None,
) -> Plan:
    """Read a ledger and compare it with what is registered. Raises a WorkbookError."""
    reader = ledger.reader(scope, today())
    known = known_columns(ledger.key)
    preview = read_ledger(ledger, reader, workbook, name, known=known, said=said)
    good = preview.rows_with("good")
    standings = reader.standings([row.record for row in good])
    found = {row.place: standing for row, standing in zip(good, standings, strict=True)}
    return Plan(ledger, reader, preview, found)


def known_columns(kind: str) -> dict[str, str]:
    """Return what people said headers mean in this kind of ledger."""
    rows = db.session.execute(
        select(KnownColumn.header, KnownColumn.field).where(KnownColumn.kind == kind)
    )
    return {header: name for header, name in rows}
