"""The migrations build the same database as the models, and keep what is in it."""

import json
import re
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import upgrade

from app import create_app
from blueprints.documents.paper_settings import settings_of
from core.db import db
from core.maintenance import know_migrations, migrate


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


def test_wordings_of_papers_are_kept_when_they_move_together(tmp_path: Path) -> None:
    app = create_app({"TESTING": True, "LINLI_INSTANCE": str(tmp_path)})
    old = {"title": "嘉奖令", "salutation": "", "honour": "标兵", "issuer": "", "reason": "热心"}
    with app.app_context():
        know_migrations(app)
        upgrade(revision="0020")
        chosen = {"certificate": old | {"black": True, "patterns": {"2026": "甲{年}{号}"}}}
        insert = db.text("INSERT INTO setting (name, value) VALUES ('paper_settings', :value)")
        with db.engine.begin() as connection:
            connection.execute(insert, {"value": json.dumps(chosen)})
        migrate()
        kept = settings_of("certificate")
        assert kept.words == {"title": "嘉奖令", "honour": "标兵", "reason": "热心"}
        assert (kept.black, kept.patterns) == (True, {"2026": "甲{年}{号}"})
