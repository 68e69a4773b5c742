"""Commands for whoever looks after the machine: backup, restore, upgrade."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from flask_babel import gettext as _

from core.backup import DATABASE, PHOTOS, BackupError, Places, backup
from core.clock import local, now
from core.config import ROOT
from core.db import db
from core.errors import RuleBroken
from core.kept import forget_old
from core.photos import Photo, photo_folder, sweep
from core.restore import restore

if TYPE_CHECKING:
    from alembic.script import ScriptDirectory


def init_app(app: Flask) -> None:
    """Register the commands; only a command line needs Alembic, which takes a while to load."""
    for command in (
        backup_command,
        restore_command,
        upgrade_command,
        sweep_photos_command,
        forget_forms_command,
    ):
        app.cli.add_command(command)
    if click.get_current_context(silent=True):
        know_migrations(app)


def know_migrations(app: Flask) -> None:
    """Tell Flask-Migrate of the application, once."""
    from flask_migrate import Migrate

    if "migrate" not in app.extensions:
        Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=True)


def migrate() -> None:
    """Bring the database to the newest schema."""
    from flask_migrate import upgrade

    know_migrations(current_app)
    upgrade()


def told_plainly(command: Callable[..., None]) -> Callable[..., None]:
    """Let a command end with the error's own words and a failing status, not a stack trace."""

    @wraps(command)
    def wrapped(*args: object, **options: object) -> None:
        try:
            command(*args, **options)
        except RuleBroken as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            told = _("%(file)s 读写失败：%(reason)s", file=error.filename, reason=error.strerror)
            raise click.ClickException(told) from error

    return wrapped


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@with_appcontext
@told_plainly
def backup_command(file: Path) -> None:
    """把数据库和照片存成一个文件 FILE（.tar 或 .tar.gz），程序不用停。"""
    contents = backup(file.resolve(), places())
    click.echo(_("已备份到 %(file)s（照片文件 %(photos)s 个）", file=file, photos=contents.photos))


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@with_appcontext
@told_plainly
def restore_command(file: Path) -> None:
    """用备份 FILE 换下现有数据；现有数据挪到一旁保留。先停止程序再运行。"""
    here = places()
    db.session.remove()
    db.engine.dispose()
    contents, aside = restore(file, here, known_revisions())
    moment = local(contents.made_at).strftime("%Y-%m-%d %H:%M")
    click.echo(_("已恢复 %(moment)s 的备份（照片文件 %(n)s 个）", moment=moment, n=contents.photos))
    if aside:
        click.echo(_("原来的数据保留在 %(folder)s", folder=aside))
    if contents.revision != newest_revision():
        click.echo(_("备份来自旧版本，请运行 flask --app app upgrade"))


@click.command("upgrade")
@with_appcontext
@told_plainly
def upgrade_command() -> None:
    """把数据库升级到这个版本；有数据时先自动备份到 backups 文件夹。"""
    current = current_revision()
    if current == newest_revision():
        return
    if current is not None and db.engine.dialect.name == "sqlite":
        file = automatic_backup_file(current)
        backup(file, places())
        click.echo(_("升级前已备份到 %(file)s", file=file))
    migrate()
    click.echo(_("数据库已升级到 %(revision)s", revision=newest_revision()))


def places() -> Places:
    """Where this instance keeps its data. Raises BackupError for a database that is no file."""
    if db.engine.dialect.name != "sqlite":
        raise BackupError(_("数据库不在本机文件里，请用 pg_dump 和 pg_restore，并另存照片文件夹"))
    instance = Path(current_app.config["LINLI_INSTANCE"])
    database = Path(db.engine.url.database or instance / DATABASE)
    return Places(instance, database, instance / PHOTOS)


def automatic_backup_file(revision: str) -> Path:
    folder = Path(current_app.config["LINLI_INSTANCE"]) / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / f"{now():%Y%m%d-%H%M%S}-before-upgrade-from-{revision}.tar"


def current_revision() -> str | None:
    """The schema the database has; None when it has none yet."""
    from alembic.runtime.migration import MigrationContext

    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest_revision() -> str | None:
    return _scripts().get_current_head()


def known_revisions() -> list[str]:
    """Every schema this program has ever had."""
    return [script.revision for script in _scripts().walk_revisions()]


def _scripts() -> "ScriptDirectory":
    from alembic.script import ScriptDirectory

    know_migrations(current_app)
    return ScriptDirectory.from_config(current_app.extensions["migrate"].migrate.get_config())


@click.command("sweep-photos")
@with_appcontext
@told_plainly
def sweep_photos_command() -> None:
    """删去没有记录认领的照片文件（断电时可能留下），每晚运行一次。"""
    known = db.session.scalars(db.select(Photo.name)).all()
    click.echo(_("删去了 %(n)s 个没有用的照片文件", n=sweep(photo_folder(), known)))


@click.command("forget-forms")
@with_appcontext
def forget_forms_command() -> None:
    """删去登录过期时替人留着、过了一天没来取的表单。每晚运行。"""
    forgotten = forget_old()
    db.session.commit()
    click.echo(_("清掉了 %(n)s 张旧表单。", n=forgotten))
