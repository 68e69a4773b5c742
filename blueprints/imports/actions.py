"""Storing a ledger in one transaction, and taking it out again.

Rows go in through the tables, thousands at a time, so they have no audit entries of their
own: the ``LedgerImport`` has, with its counts, and each of them is noted as imported. What has an
entry of its own was therefore touched by somebody since.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, String, Table, cast, delete, exists, insert, select, update

from blueprints.imports.ledger import LEDGERS, ChangingLedger, Job, Ledger
from blueprints.imports.models import ImportedObject, KnownColumn, LedgerImport
from blueprints.imports.plans import Plan
from blueprints.imports.reading import Said
from blueprints.imports.uploads import Upload
from core.audit import AuditEntry
from core.clock import now
from core.db import db
from core.errors import RuleBroken
from core.ledgers import Header, header_key

CHANGES_OF_ROWS = ("create", "update", "delete", "merge")


class ImportInUse(RuleBroken):
    """Work has begun with what was imported; taking it out would lose that."""

    def __str__(self) -> str:
        return _("这批里已经有人接着记了别的，不能整批撤回。")


class ImportAlreadyUndone(RuleBroken):
    def __str__(self) -> str:
        return _("这次导入已经撤回了。")


def store(plan: Plan, job: Job, upload: Upload) -> LedgerImport:
    """Store the plan's new rows, and the changed ones as far as asked; return the import."""
    done = LedgerImport(
        kind=plan.ledger.key,
        file_name=upload.name[:200],
        file_hash=upload.file_hash,
        estate_id=upload.scope,
        imported_by_id=job.by.id if job.by else None,
        counts={},
    )
    db.session.add(done)
    db.session.flush()
    job.import_id = done.id
    changed = [(row, known) for row, known in plan.changed if job.change_of(row) != "keep"]
    found = plan.reader.store(plan.new, changed, job)
    note_objects(done, job)
    done.counts = plan.counts | {"imported": 0, "updated": len(job.changed)} | found
    db.session.flush()
    return done


def note_objects(done: LedgerImport, job: Job) -> None:
    made = [(kind, made_id, None) for kind, made_id in job.made]
    rows = [
        {"import_id": done.id, "object_type": kind, "object_id": found, "before": before}
        for kind, found, before in [*made, *job.changed]
    ]
    if rows:
        db.session.execute(insert(ImportedObject.__table__), rows)


def remember_columns(ledger: Ledger, header: Header, said: Said) -> None:
    """Keep what a person changed, for the next ledger with the same headers."""
    guessed = {column.index: column.field or "" for column in header.columns}
    texts = {column.index: header_key(column.header)[:60] for column in header.columns}
    for index, name in said.fields.items():
        if name != guessed.get(index) and texts.get(index):
            db.session.merge(KnownColumn(kind=ledger.key, header=texts[index], field=name))
    db.session.flush()


def undo(done: LedgerImport) -> None:
    """Take a whole import out again. Raises ImportInUse where other work refers to it or
    somebody changed it since, and ImportAlreadyUndone.
    """
    if done.undone_at:
        raise ImportAlreadyUndone
    ledger = LEDGERS[done.kind]
    put_back(done, ledger)
    tables = db.metadata.tables
    for kind in kinds_made(done):
        layers = list(layers_of(tables[kind], made_by(done, kind), ledger.owned))
        if any_gone(done, tables[kind]) or any(
            was_touched(table, chosen) for table, chosen in layers
        ):
            raise ImportInUse
        afterwards = ledger.undoing(select(tables[kind].c.id).where(layers[0][1]))
        for table, chosen in reversed(layers):
            db.session.execute(delete(table).where(chosen))
        afterwards()
    db.session.execute(delete(ImportedObject).where(ImportedObject.import_id == done.id))
    done.undone_at = now()
    db.session.flush()


def put_back(done: LedgerImport, ledger: Ledger) -> None:
    if not isinstance(ledger, ChangingLedger):
        return
    changed = select(ImportedObject).where(
        ImportedObject.import_id == done.id, ImportedObject.before.is_not(None)
    )
    for found in db.session.scalars(changed):
        ledger.restore(found.object_type, found.object_id, found.before or {})
    db.session.flush()


def kinds_made(done: LedgerImport) -> list[str]:
    """Return the tables the import wrote to, those that refer to others first."""
    made = select(ImportedObject.object_type).where(
        ImportedObject.import_id == done.id, ImportedObject.before.is_(None)
    )
    kinds = set(db.session.scalars(made.distinct()))
    return [t.name for t in reversed(db.metadata.sorted_tables) if t.name in kinds]


def made_by(done: LedgerImport, kind: str) -> ColumnElement[bool]:
    made = select(ImportedObject.object_id).where(
        ImportedObject.import_id == done.id,
        ImportedObject.object_type == kind,
        ImportedObject.before.is_(None),
    )
    return db.metadata.tables[kind].c.id.in_(made)


def any_gone(done: LedgerImport, table: Table) -> bool:
    """Answer whether a row that the import made was taken away since, as a merging does."""
    made = select(ImportedObject.object_id).where(
        ImportedObject.import_id == done.id,
        ImportedObject.object_type == table.name,
        ImportedObject.before.is_(None),
        ~exists().where(table.c.id == ImportedObject.object_id),
    )
    return bool(db.session.scalar(select(made.exists())))


def layers_of(
    table: Table, chosen: ColumnElement[bool], owned: frozenset[str]
) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """Yield the rows chosen, then those that belong to them, and so on.

    Raises ImportInUse where a row that does not belong to the ledger refers to one of them.
    """
    yield table, chosen
    ids = select(table.c.id).where(chosen)
    for other, column in references_to(table):
        if other.name == ImportedObject.__tablename__:
            continue
        below = column.in_(ids)
        if other.name not in owned:
            if db.session.scalar(select(exists().where(below))):
                raise ImportInUse
        elif "id" in other.c:
            yield from layers_of(other, below, owned)
        else:
            yield other, below


def references_to(table: Table) -> Iterator[tuple[Table, Any]]:
    for other in db.metadata.sorted_tables:
        for key in other.foreign_keys:
            if key.column.table is table and other is not table:
                yield other, key.parent


def was_touched(table: Table, chosen: ColumnElement[bool]) -> bool:
    """Answer whether somebody changed one of these rows; imported rows have no entries."""
    if "id" not in table.c:
        return False
    ids = select(cast(table.c.id, String)).where(chosen)
    touched = exists().where(
        AuditEntry.object_type == table.name,
        AuditEntry.action.in_(CHANGES_OF_ROWS),
        AuditEntry.object_id.in_(ids),
    )
    return bool(db.session.scalar(select(touched)))


def forget_facts(kind: str, object_id: int) -> None:
    """Drop what imports remember of an object's earlier facts, but not that it was theirs."""
    same = ImportedObject.object_type == kind, ImportedObject.object_id == object_id
    db.session.execute(update(ImportedObject).where(*same).values(before=None))


def forget(objects: Mapping[str, list[int]]) -> None:
    """Drop what imports remember of these objects' earlier facts."""
    for kind, ids in objects.items():
        db.session.execute(
            delete(ImportedObject).where(
                ImportedObject.object_type == kind, ImportedObject.object_id.in_(ids)
            )
        )
