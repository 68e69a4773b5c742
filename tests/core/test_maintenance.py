"""The commands of whoever looks after the machine, on a small program with two schemas."""

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from flask_babel import Babel
from flask_migrate import Migrate
from sqlalchemy import text

from app import create_app
from core import maintenance
from core.db import db
from core.db import init_app as init_db

ENVIRONMENT = """\
from alembic import context
from flask import current_app

with current_app.extensions["migrate"].db.engine.connect() as connection:
    context.configure(connection=connection, target_metadata=None)
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
"""
REVISION = """\
from alembic import op
revision, down_revision = {revision!r}, {previous!r}

def upgrade():
    op.execute({statement!r})
"""


def add_schema(folder: Path, revision: str, previous: str | None, statement: str) -> None:
    script = REVISION.format(revision=revision, previous=previous, statement=statement)
    (folder / "versions" / f"{revision}.py").write_text(script)


@pytest.fixture
def migrations(tmp_path: Path) -> Path:
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    (folder / "env.py").write_text(ENVIRONMENT)
    (folder / "alembic.ini").write_text("[alembic]\n")
    add_schema(folder, "0001", None, "CREATE TABLE visit (note TEXT)")
    return folder


@pytest.fixture
def app(tmp_path: Path, migrations: Path) -> Flask:
    instance = tmp_path / "instance"
    instance.mkdir()
    app = Flask("linli")
    app.config.update(
        LINLI_INSTANCE=str(instance), SQLALCHEMY_DATABASE_URI=f"sqlite:///{instance}/linli.db"
    )
    Babel(app, default_locale="zh_Hans_CN")
    init_db(app)
    Migrate(app, db, directory=str(migrations))
    maintenance.init_app(app)
    return app


@pytest.fixture
def cli(app: Flask) -> FlaskCliRunner:
    return app.test_cli_runner()


def add_visit(app: Flask, note: str) -> None:
    with app.app_context():
        db.session.execute(text("INSERT INTO visit VALUES (:note)"), {"note": note})
        db.session.commit()


def notes(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(text("SELECT note FROM visit")))


def backups(app: Flask) -> list[str]:
    folder = Path(app.config["LINLI_INSTANCE"]) / "backups"
    return sorted(path.name for path in folder.glob("*.tar"))


def test_a_new_instance_gets_its_tables_without_a_backup(app: Flask, cli: FlaskCliRunner) -> None:
    outcome = cli.invoke(args=["upgrade"])
    assert outcome.exit_code == 0, outcome.output
    assert "数据库已升级到 0001" in outcome.output
    assert (notes(app), backups(app)) == ([], [])


def test_a_pending_migration_is_preceded_by_a_backup(
    app: Flask, cli: FlaskCliRunner, migrations: Path
) -> None:
    cli.invoke(args=["upgrade"])
    add_visit(app, "祝婆婆")
    add_schema(migrations, "0002", "0001", "ALTER TABLE visit ADD COLUMN kind TEXT")
    outcome = cli.invoke(args=["upgrade"])
    assert "数据库已升级到 0002" in outcome.output
    (name,) = backups(app)
    assert re.fullmatch(r"\d{8}-\d{6}-before-upgrade-from-0001\.tar", name)
    assert notes(app) == ["祝婆婆"]


def test_an_upgrade_with_nothing_to_do_is_silent(app: Flask, cli: FlaskCliRunner) -> None:
    cli.invoke(args=["upgrade"])
    assert cli.invoke(args=["upgrade"]).output == ""
    assert backups(app) == []


def test_backup_and_restore_say_what_they_did(
    app: Flask, cli: FlaskCliRunner, tmp_path: Path
) -> None:
    cli.invoke(args=["upgrade"])
    add_visit(app, "祝婆婆")
    file = tmp_path / "邻里.tar.gz"
    outcome = cli.invoke(args=["backup", str(file)])
    assert outcome.output == f"已备份到 {file}（照片文件 0 个）\n"
    add_visit(app, "后来的")
    outcome = cli.invoke(args=["restore", str(file)])
    assert outcome.exit_code == 0, outcome.output
    assert "原来的数据保留在" in outcome.output
    assert notes(app) == ["祝婆婆"]


def test_restoring_an_older_schema_tells_to_upgrade(
    cli: FlaskCliRunner, migrations: Path, tmp_path: Path
) -> None:
    cli.invoke(args=["upgrade"])
    cli.invoke(args=["backup", str(tmp_path / "old.tar")])
    add_schema(migrations, "0002", "0001", "ALTER TABLE visit ADD COLUMN kind TEXT")
    assert (
        "flask --app app upgrade" in cli.invoke(args=["restore", str(tmp_path / "old.tar")]).output
    )


def test_a_backup_of_a_newer_schema_is_refused(
    app: Flask, cli: FlaskCliRunner, migrations: Path, tmp_path: Path
) -> None:
    cli.invoke(args=["upgrade"])
    cli.invoke(args=["backup", str(tmp_path / "new.tar")])
    (migrations / "versions" / "0001.py").unlink()
    add_schema(migrations, "0000", None, "SELECT 1")
    outcome = cli.invoke(args=["restore", str(tmp_path / "new.tar")])
    assert outcome.exit_code == 1
    assert "请先升级程序" in outcome.output


def test_trouble_is_told_in_plain_words(cli: FlaskCliRunner, tmp_path: Path) -> None:
    cli.invoke(args=["upgrade"])
    missing = cli.invoke(args=["restore", str(tmp_path / "没有.tar")])
    assert (missing.exit_code, "找不到" in missing.output) == (1, True)
    blocked = cli.invoke(args=["backup", "/dev/null/邻里.tar"])
    assert (blocked.exit_code, "读写失败" in blocked.output) == (1, True)
    assert "Traceback" not in missing.output + blocked.output


def test_another_database_engine_is_told_how_to_back_up(
    app: Flask, cli: FlaskCliRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        monkeypatch.setattr(db.engine.dialect, "name", "postgresql")
        outcome = cli.invoke(args=["backup", "x.tar"])
    assert "pg_dump" in outcome.output


def test_the_program_itself_offers_every_command_and_speaks_without_a_request(
    tmp_path: Path,
) -> None:
    program = create_app({"LINLI_INSTANCE": str(tmp_path / "instance"), "LINLI_DEMO": True})
    cli = program.test_cli_runner()
    file = str(tmp_path / "邻里.tar")
    for args in (["upgrade"], ["backup", file], ["restore", file], ["upgrade"]):
        outcome = cli.invoke(args=args)
        assert outcome.exit_code == 0, outcome.output
    assert "SQLite" in cli.invoke(args=["check"]).output
