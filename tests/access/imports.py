"""Who may read ledgers in; whose upload it is, the tests of the import show."""

from typing import Any

from blueprints.imports.models import LedgerImport
from tests import factories
from tests.access.cases import Case, all_get

NO_ROWS = dict.fromkeys(("imported", "already", "duplicate", "near_duplicate", "error"), 0)

secretary_only = all_get(403, secretary=200)
not_theirs = all_get(404, secretary=200)
nobody_s = all_get(404)


def build(w: Any) -> None:
    """Add a ledger that was read in."""
    w.ledger = factories.saved(
        LedgerImport(
            kind="households",
            file_name="台账.xlsx",
            file_hash="0",
            estate_id=w.estate.id,
            counts=NO_ROWS,
        )
    )


def kept(path: str = ""):
    return lambda w: f"/imports/uploads/{'x' * 32}{path}"


CASES = [
    Case("imports.new", lambda w: "/households/import", secretary_only),
    Case("imports.new", lambda w: "/households/import", all_get(403, secretary=422), "POST"),
    Case("imports.new", lambda w: "/nothing/import", nobody_s),
    Case("imports.preview", kept(), nobody_s),
    Case("imports.preview", kept(), nobody_s, "POST"),
    Case("imports.columns", kept("/columns"), nobody_s),
    Case("imports.columns", kept("/columns"), nobody_s, "POST"),
    Case("imports.faulty", kept("/faulty.xlsx"), nobody_s),
    # It says nothing of anybody: how far an upload of one's own is.
    Case("imports.progress", kept("/progress"), all_get(200)),
    Case("imports.done", lambda w: f"/imports/{w.ledger.id}", not_theirs),
    Case(
        "imports.undo_import",
        lambda w: f"/imports/{w.ledger.id}/undoing",
        all_get(404, secretary=303),
        "POST",
    ),
]
