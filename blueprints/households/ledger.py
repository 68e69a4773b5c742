"""The office's household ledger, read and judged row by row; nothing is stored here."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Literal

from flask_babel import lazy_gettext as _l

from blueprints.households.ledger_cells import (
    FIELDS,
    LABELS,
    REQUIRED,
    Cells,
    HouseholdRecord,
    Issue,
    Registry,
    read_record,
)
from core.addresses import building_key
from core.excel import read_workbook
from core.ledgers import (
    Column,
    ColumnsMissing,
    Header,
    HeaderNotFound,
    data_rows,
    find_header,
    is_blank,
    title_of,
)
from core.sheets import Sheet, SheetRow, WorkbookError, text_of

Status = Literal["good", "duplicate", "near_duplicate", "error", "blank"]
_STATUSES: tuple[Status, ...] = ("good", "duplicate", "near_duplicate", "error", "blank")
_REPEATABLE = frozenset(["phones"])


class EstateUnclear(WorkbookError):
    """Neither the title nor a column says which of several estates the rows belong to."""

    text = _l("没看出“%(name)s”是哪个小区的。请先选小区。")


@dataclass(frozen=True, slots=True)
class RowRef:
    """Where another row stands."""

    sheet: str
    number: int


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One row of the ledger and what becomes of it.

    `record` is there unless the row is blank or has an error; `like` names the earlier row of a
    duplicate; `warnings` are for people to see and stop nothing; `shown` is each field as typed.
    """

    sheet: str
    number: int
    status: Status
    record: HouseholdRecord | None = None
    issues: tuple[Issue, ...] = ()
    warnings: tuple[Issue, ...] = ()
    like: RowRef | None = None
    shown: Mapping[str, str] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """The first reason's fixed name; empty for a good or blank row."""
        return self.issues[0].code if self.issues else ""

    @property
    def reason(self) -> str:
        """Every reason in plain words; empty for a good or blank row."""
        return "；".join(issue.reason for issue in self.issues)


@dataclass(frozen=True, slots=True)
class LedgerSheet:
    """A sheet that was taken for a household ledger, and how its columns were understood."""

    name: str
    title: str
    header_row: int
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class LedgerPreview:
    """What an import would do, before it does anything."""

    rows: tuple[LedgerRow, ...]
    sheets: tuple[LedgerSheet, ...]
    skipped_sheets: tuple[str, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many rows have each status, and how many there are as `rows`."""
        found = Counter(row.status for row in self.rows)
        return {"rows": len(self.rows)} | {status: found[status] for status in _STATUSES}

    def rows_with(self, status: Status) -> list[LedgerRow]:
        """The rows of one status, in the ledger's order."""
        return [row for row in self.rows if row.status == status]


def read_household_ledger(
    source: bytes | Path,
    known_buildings: Mapping[str, Collection[str]],
    today: date,
    *,
    name: str = "",
    estate: str = "",
) -> LedgerPreview:
    """Read a ledger and judge each row against the registered buildings of every estate.

    A row's estate is what its 小区 column says, else `estate`, else the one in the title, else
    the only one there is. `name` is what messages call the file. Raises a WorkbookError when
    the file cannot be read, or HeaderNotFound, ColumnsMissing or EstateUnclear.
    """
    workbook = read_workbook(source, name)
    name = name or (source.name if isinstance(source, Path) else "")
    ledgers = _ledgers(workbook, name)
    registry = {e: {building_key(b): b for b in known_buildings[e]} for e in known_buildings}
    judge = _Judge(registry, today)
    rows = [
        row
        for sheet, header in ledgers
        for row in judge.rows(sheet, header, estate or _estate_of(sheet, header, registry, name))
    ]
    read = {sheet.name for sheet, _header in ledgers}
    return LedgerPreview(
        tuple(_with_shared_rooms(rows)),
        tuple(LedgerSheet(s.name, title_of(s, h), h.row, h.columns) for s, h in ledgers),
        tuple(sheet.name for sheet in workbook if sheet.name not in read),
    )


def _ledgers(workbook: tuple[Sheet, ...], name: str) -> list[tuple[Sheet, Header]]:
    """The visible sheets with all the columns a household needs."""
    found = [
        (sheet, header)
        for sheet in workbook
        if not sheet.hidden and (header := find_header(sheet, FIELDS, _REPEATABLE))
    ]
    complete = [(sheet, header) for sheet, header in found if not header.missing(REQUIRED)]
    if not found:
        raise HeaderNotFound(name, columns=_labels(REQUIRED))
    if not complete:
        raise ColumnsMissing(name, columns=_labels(found[0][1].missing(REQUIRED)))
    return complete


def _labels(fields: Collection[str]) -> str:
    return "、".join(str(LABELS[name]) for name in fields)


def _estate_of(sheet: Sheet, header: Header, registry: Registry, name: str) -> str:
    title = title_of(sheet, header)
    named = [estate for estate in registry if estate in title]
    if named or len(registry) == 1:
        return max(named or registry, key=len)
    if header.indexes("estate"):
        return ""
    raise EstateUnclear(name)


class _Judge:
    """Remembers the rows seen so far, to tell the first from its repetitions."""

    def __init__(self, registry: Registry, today: date) -> None:
        self.registry, self.today = registry, today
        self.same_cells: dict[tuple[str, ...], RowRef] = {}
        self.same_household: dict[tuple[str, ...], RowRef] = {}

    def rows(self, sheet: Sheet, header: Header, estate: str) -> Iterator[LedgerRow]:
        compared = [c.index for c in header.columns if c.field != "serial" and not c.hidden]
        indexes = {name: header.indexes(name) for name in LABELS}
        for row in data_rows(sheet, header):
            if is_blank(row, header):
                yield LedgerRow(sheet.name, row.number, "blank")
                continue
            cells = {name: [row.value(i) for i in found] for name, found in indexes.items()}
            as_typed = tuple(text_of(row.value(index)) for index in compared)
            yield self._judged(sheet.name, row, cells, as_typed, estate)

    def _judged(
        self, sheet: str, row: SheetRow, cells: Cells, as_typed: tuple[str, ...], estate: str
    ) -> LedgerRow:
        record, issues, warnings = read_record(cells, self.registry, estate, self.today)
        if row.hidden:
            warnings.append(Issue("hidden_row", _l("这一行在 Excel 里是隐藏的")))
        judged = LedgerRow(
            sheet,
            row.number,
            "good" if record else "error",
            record,
            tuple(issues),
            tuple(warnings),
            shown={name: " ".join(map(text_of, values)) for name, values in cells.items()},
        )
        return self._compared(judged, as_typed) if record else judged

    def _compared(self, row: LedgerRow, as_typed: tuple[str, ...]) -> LedgerRow:
        """Only rows without errors count as the first: a corrected repetition must get in."""
        here, record = RowRef(row.sheet, row.number), row.record
        household = (*record.address, record.head_name) if record else ()
        first = self.same_cells.setdefault(as_typed, here)
        if first != here:
            return _repetition(row, "duplicate", first, _l("和第%(row)s行完全相同"))
        first = self.same_household.setdefault(household, here)
        if first != here:
            text = _l("和第%(row)s行房号、姓名相同，其他不完全相同，请选一行")
            return _repetition(row, "near_duplicate", first, text)
        return row


def _repetition(row: LedgerRow, status: Status, first: RowRef, text: object) -> LedgerRow:
    issue = Issue(status, text, {"row": _row_name(row, first)})
    return replace(row, status=status, like=first, issues=(issue,))


def _row_name(row: LedgerRow, other: RowRef) -> str:
    return str(other.number) if row.sheet == other.sheet else f"{other.sheet}!{other.number}"


def _with_shared_rooms(rows: list[LedgerRow]) -> Iterator[LedgerRow]:
    """Warn where one room has heads of different names, as flats let in parts do."""
    rooms: dict[tuple[str, ...], list[LedgerRow]] = defaultdict(list)
    for row in rows:
        if row.status == "good" and row.record:
            rooms[row.record.address].append(row)
    for row in rows:
        others = rooms.get(row.record.address, []) if row.status == "good" and row.record else []
        names = [_row_name(row, RowRef(o.sheet, o.number)) for o in others if o is not row]
        if not names:
            yield row
            continue
        text = _l("同一房号还有别的姓名：第%(rows)s行")
        issue = Issue("same_room_other_name", text, {"rows": "、".join(names)})
        yield replace(row, warnings=(*row.warnings, issue))
