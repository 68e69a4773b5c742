"""The migrations build the same database as the models, and keep what is in it."""

import json
import re
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade

from app import create_app
from blueprints.documents.paper_settings import settings_of
from blueprints.households.models import SearchTerm
from core.db import db
from core.maintenance import know_migrations, migrate
from tests import factories


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


def test_households_known_before_are_found_by_the_initials_of_a_spoken_name(tmp_path: Path) -> None:
    app = create_app({"TESTING": True, "LINLI_INSTANCE": str(tmp_path)})
    with app.app_context():
        know_migrations(app)
        migrate()
        home = factories.household(name="祝秀英")
        factories.resident(home, "欧阳兰", honorific="婆婆")
        by_initials = SearchTerm.term.in_(("oypp", "opp", "oylpp"))
        db.session.execute(db.delete(SearchTerm).where(by_initials))
        db.session.commit()
        downgrade(revision="0022")
        migrate()
        assert set(db.session.scalars(db.select(SearchTerm.term).where(by_initials))) == {"oypp"}
