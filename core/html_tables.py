"""Tables of an HTML page: what many office systems write and name .xls."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from core.sheets import (
    MAX_COLUMNS,
    MAX_ROWS,
    NotAWorkbook,
    Sheet,
    WorkbookTooLong,
    text_rows,
)

_STARTS = re.compile(r"\s*(<\?xml[^>]*>|<!--.*?-->|<!doctype[^>]*>|\s)*<(html|table|meta|head|body)",
                     re.IGNORECASE | re.DOTALL)  # fmt: skip
_SPACE = re.compile(r"[ \t\r\f\v\xa0]+")
_UNSEEN = ("script", "style", "head")
# No office table joins more rows than this into one cell.
_MOST_JOINED = 1_000


def looks_like_html(text: str) -> bool:
    """Answer whether a text is an HTML page rather than lines of values."""
    return _STARTS.match(text) is not None


def read_tables(text: str, name: str) -> tuple[Sheet, ...]:
    """Every table that holds something, rows counted from 1. Raises NotAWorkbook without one.

    A cell over several columns or rows holds its value throughout, as merged cells do.
    """
    reader = _TableReader(name)
    reader.feed(text)
    reader.close()
    stem = Path(name).stem
    titles = (
        stem if number == 0 else f"{stem} {number + 1}" for number in range(len(reader.grids))
    )
    sheets = (
        Sheet(title, text_rows(grid.lines(), grid.spread))
        for title, grid in zip(titles, reader.grids, strict=True)
    )
    found = tuple(sheet for sheet in sheets if sheet.rows)
    if not found:
        raise NotAWorkbook(name)
    return found


class _Grid:
    """One table, its joined cells filled."""

    def __init__(self) -> None:
        self.rows: list[dict[int, str]] = []
        self.joined: dict[int, dict[int, str]] = {}
        self.filled: dict[int, set[int]] = {}

    @property
    def spread(self) -> dict[int, frozenset[int]]:
        return {row + 1: frozenset(columns) for row, columns in self.filled.items()}

    def begin_row(self) -> None:
        row = len(self.rows)
        self.rows.append(self.joined.pop(row, {}))
        if self.rows[row]:
            self.filled[row] = set(self.rows[row])

    def add(self, text: str, across: int, down: int) -> None:
        if not self.rows:
            self.begin_row()
        row, cells = len(self.rows) - 1, self.rows[-1]
        left = next(column for column in range(MAX_COLUMNS + 1) if column not in cells)
        for column in range(left, min(left + across, MAX_COLUMNS)):
            cells[column] = text
            if column > left:
                self.filled.setdefault(row, set()).add(column)
            for below in range(row + 1, row + down):
                self.joined.setdefault(below, {})[column] = text

    def lines(self) -> Iterator[tuple[int, list[str]]]:
        for number, cells in enumerate(self.rows, start=1):
            last = max(cells, default=-1)
            yield number, [cells.get(column, "") for column in range(last + 1)]


class _TableReader(HTMLParser):
    """Collects tables; one inside another counts as text of its cell's neighbours."""

    def __init__(self, name: str) -> None:
        super().__init__(convert_charrefs=True)
        self.name = name
        self.grids: list[_Grid] = []
        self.within = 0
        self.unseen = 0
        self.pieces: list[str] | None = None
        self.size = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self.unseen += 1
        elif tag == "table":
            self.finish_cell()
            self.within += 1
            self.grids.append(_Grid())
        elif tag == "br" and self.pieces is not None:
            self.pieces.append("\n")
        elif self.within and tag == "tr":
            self.finish_cell()
            self.grids[-1].begin_row()
            if len(self.grids[-1].rows) > MAX_ROWS:
                raise WorkbookTooLong(self.name, limit=MAX_ROWS)
        elif self.within and tag in ("td", "th"):
            self.finish_cell()
            given = dict(attrs)
            self.size = (_count(given.get("colspan")), _count(given.get("rowspan")))
            self.pieces = []

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self.unseen = max(self.unseen - 1, 0)
        elif tag in ("td", "th", "tr"):
            self.finish_cell()
        elif tag == "table":
            self.finish_cell()
            self.within = max(self.within - 1, 0)

    def handle_data(self, data: str) -> None:
        if self.pieces is not None and not self.unseen:
            self.pieces.append(data)

    def finish_cell(self) -> None:
        if self.pieces is not None and self.grids:
            lines = "".join(self.pieces).split("\n")
            text = "\n".join(filter(None, (_SPACE.sub(" ", line).strip() for line in lines)))
            self.grids[-1].add(text, *self.size)
        self.pieces = None


def _count(text: str | None) -> int:
    number = int(text) if text and text.isascii() and text.isdigit() else 1
    return min(max(number, 1), _MOST_JOINED)
