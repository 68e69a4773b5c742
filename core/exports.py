"""Lists to take along as .xlsx files; who took which list, and how much of it, is on record.

A room's export hands its rows in here, behind the same filters and rights as its page.
"""

import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import Response, request, send_file
from flask_babel.speaklater import LazyString
from sqlalchemy import Select

from core.audit import HIDDEN, record_export
from core.clock import today
from core.db import WRITES, db
from core.workbooks import XLSX, workbook_bytes

T = TypeVar("T")
BATCH = 500
# What people search for is mostly a resident's name, which the trail must not keep. Whatever is no
# number, day or code of ours was typed by somebody, too.
SEARCH = "q"
CODE = re.compile(r"[a-z0-9_-]{1,20}", re.ASCII)


@dataclass(frozen=True)
class Column(Generic[T]):
    """One column of an exported list: its header, and what stands there for a row."""

    title: LazyString
    value: Callable[[T], object]


def in_batches(rows: Select[tuple[T]]) -> Iterator[Sequence[T]]:
    """Read a select of any length a few hundred objects at a time."""
    yield from db.session.scalars(rows.execution_options(yield_per=BATCH)).partitions()


def send_list(
    kind: str, title: str, columns: Sequence[Column[T]], rows: Iterable[T], in_full: bool = False
) -> Response:
    """Answer with the list as a file, and log it.

    ``kind`` is what the trail calls the objects. ``in_full`` notes that nothing was masked.
    """
    counted = Counted(rows)
    lines = ([column.value(row) for column in columns] for row in counted)
    file = workbook_bytes(title, [column.title for column in columns], lines)
    if request.method == "GET":
        log(kind, counted.number, in_full)
    name = f"{title}-{today().isoformat()}.xlsx"
    return send_file(io.BytesIO(file), mimetype=XLSX, as_attachment=True, download_name=name)


class Counted(Iterable[T]):
    """Rows that are passed on and counted."""

    def __init__(self, rows: Iterable[T]) -> None:
        self.rows, self.number = rows, 0

    def __iter__(self) -> Iterator[T]:
        for row in self.rows:
            self.number += 1
            yield row


def filters() -> str:
    """Return what the address narrows the list down to, without the words searched for."""
    asked = {
        name: value if is_code(value) and name != SEARCH else HIDDEN
        for name, value in request.args.items()
        if value and name != "page" and is_code(name)
    }
    return ", ".join(f"{name}={value}" for name, value in sorted(asked.items()))


def is_code(text: str) -> bool:
    return CODE.fullmatch(text) is not None


def log(kind: str, rows: int, in_full: bool) -> None:
    """Note the export in a transaction of its own, after the file is made.

    A file is fetched by its address, so this happens in a GET; and while a long list was read,
    nobody had to wait for the write lock.
    """
    db.session.rollback()
    with db.session.begin():
        db.session.connection(execution_options=WRITES)
        record_export(kind, rows, filters=filters(), in_full=in_full)
