"""The migrations build the same database as the models, and keep what is in it."""

import json
import re
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade

from app import create_app
from blueprints.accounts.models import User
from blueprints.documents.paper_settings import settings_of
from blueprints.households.models import Building, Household, Resident, SearchTerm
from blueprints.visits.models import Visit, VisitPhoto
from blueprints.wishes.models import Claim, Wish
from core.audit import record
from core.clock import today
from core.db import db
from core.maintenance import know_migrations, migrate
from core.photos import Photo
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


def test_who_was_forgotten_before_is_forgotten_in_proofs_and_photos_too(tmp_path: Path) -> None:
    app = create_app({"TESTING": True, "LINLI_INSTANCE": str(tmp_path)})
    with app.app_context():
        know_migrations(app)
        migrate()
        student = factories.user("lin", "林一舟", ["student"])
        gone = told_of(factories.household(name="—"), student)
        known = told_of(factories.household(factories.room(block()), phone="10000000009"), student)
        db.session.rollback()
        downgrade(revision="0023")
        migrate()
        db.session.expire_all()
        words = dict(
            db.session.execute(db.select(Wish.household_id, Claim.resident_words).join(Claim)).all()
        )
        assert words == {gone: "", known: "腰松快多了"}
        struck = db.select(Visit.household_id, Visit.void_reason)
        assert dict(db.session.execute(struck).all()) == {gone: "", known: "写错了人"}
        assert len(db.session.scalars(db.select(VisitPhoto.photo_id)).all()) == 1
        assert len(db.session.scalars(db.select(Photo.id)).all()) == 2


def test_who_was_forgotten_before_no_longer_gives_the_home_its_name(tmp_path: Path) -> None:
    app = create_app({"TESTING": True, "LINLI_INSTANCE": str(tmp_path)})
    with app.app_context():
        know_migrations(app)
        migrate()
        home = factories.household(name="—")
        son, gone = factories.resident(home, "祝建平"), factories.head(home)
        unknown = factories.household(factories.room(block()), name="—", phone="10000000009")
        record("erase", gone)
        db.session.commit()
        downgrade(revision="0024")
        migrate()
        db.session.expire_all()
        facts = Resident.id, Resident.erased_on.is_not(None), Resident.position == 0
        assert db.session.execute(db.select(*facts).order_by(Resident.id)).all() == [
            (gone.id, True, False), (son.id, False, True),
            (factories.head(unknown).id, False, True),
        ]  # fmt: skip


def block() -> Building:
    return factories.building(factories.estate("侨亚小区"))


def told_of(home: Household, by: User) -> int:
    """A struck-out visit with a photo, and a wish made real with another; return the household."""
    factories.saved(
        Visit(
            household_id=home.id, visitor_id=by.id, visited_on=today(), met=True,
            void_reason="写错了人", photo_rows=[VisitPhoto(photo_id=factories.photo(by).id)],
        )
    )  # fmt: skip
    wish = factories.wish(home, by, state="fulfilled")
    factories.saved(
        Claim(
            wish_id=wish.id, claimer_id=by.id, due_on=today(), resident_words="腰松快多了",
            photo_id=factories.photo(by).id,
        )
    )  # fmt: skip
    return home.id
