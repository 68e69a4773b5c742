"""The migrations build the same database as the models."""

import re
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from app import create_app
from core.db import db
from core.maintenance import migrate


def triggers() -> dict[str, str]:
    rows = db.session.execute(db.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    return {row.name: re.sub(r"\s+", " ", row.sql).lower() for row in rows}


def test_the_migrations_and_the_models_agree(tmp_path: Path) -> None:
    migrated = create_app({"TESTING": True, "LINLI_INSTANCE": str(tmp_path / "migrated")})
    created = create_app({"TESTING": True, "LINLI_INSTANCE": str(tmp_path / "created")})
    with migrated.app_context():
        migrate()
        with db.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, db.metadata) == []
        after_migration = triggers()
    with created.app_context():
        db.create_all()
        assert triggers() == after_migration
