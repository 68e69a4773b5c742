"""Reading what was imported before."""

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from blueprints.accounts.models import User
from blueprints.imports.ledger import LEDGERS
from blueprints.imports.models import LedgerImport
from core.db import db

LATEST = 20


def imports_visible_to(user: User) -> Select[tuple[LedgerImport]]:
    """Return the imports of the ledgers this person may read in."""
    kinds = [key for key, ledger in LEDGERS.items() if ledger.may_import(user)]
    return (
        select(LedgerImport)
        .where(LedgerImport.kind.in_(kinds))
        .options(joinedload(LedgerImport.estate), joinedload(LedgerImport.imported_by))
    )


def latest_imports(user: User, kind: str) -> list[LedgerImport]:
    """Return the newest imports of one kind."""
    found = imports_visible_to(user).where(LedgerImport.kind == kind)
    return list(db.session.scalars(found.order_by(LedgerImport.id.desc()).limit(LATEST)))
