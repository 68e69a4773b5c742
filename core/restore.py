"""Bring a backup back: verify all of it beside the data, then exchange by renaming."""

import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path, PurePosixPath

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from core.backup import (
    DATABASE,
    FORMAT,
    MANIFEST,
    PHOTOS,
    BackupError,
    Contents,
    Hashing,
    Places,
    count_photos,
    is_sound,
)
from core.clock import now
from core.config import DEMO_MARK
from core.db import sqlite_module
from core.files import sync_folder

sqlite3 = sqlite_module()

_CHUNK = 1024 * 1024
_MAX_MANIFEST_BYTES = 64 * _CHUNK


class ArchiveDamaged(BackupError):
    """The archive is not exactly what was once written."""

    def __init__(self, detail: LazyString) -> None:
        super().__init__(_l("备份文件不能用：%(detail)s。现有数据没有动", detail=detail))


class DatabaseInUse(BackupError):
    """The server still has the database open; swapping it would lose what is being written."""

    def __init__(self) -> None:
        super().__init__(_l("程序还在运行。请先停止它再恢复。现有数据没有动"))


def restore(
    file: Path, places: Places, known_revisions: Iterable[str] | None = None
) -> tuple[Contents, Path | None]:
    """Bring an archive back; what was there before moves to replaced-<time>/ in the instance.

    Returns the contents and that folder (None when there was nothing). Everything is unpacked and
    verified beside the data before the first file is moved. Raises ArchiveDamaged when the archive
    is not whole or comes from a newer program (its schema is not among known_revisions), and
    DatabaseInUse; both leave all as it was.
    """
    places.instance.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=places.instance, prefix=".restoring-") as folder:
        fresh = Path(folder)
        contents = _unpacked(file, fresh)
        _check_database(fresh / DATABASE, contents, known_revisions)
        _close_database(places.database)
        aside = _swap(fresh, places)
    return contents, aside


def _unpacked(file: Path, folder: Path) -> Contents:
    """Unpack into an empty folder and compare every file with the manifest."""
    try:
        with tarfile.open(file, "r:*") as archive:
            found = {name: digest for name, digest in _extracted(archive, folder)}
    except FileNotFoundError as error:
        raise ArchiveDamaged(_l("找不到 %(file)s", file=file)) from error
    except (tarfile.TarError, EOFError, OSError) as error:
        raise ArchiveDamaged(_l("读不完整")) from error
    sync_folder(folder / PHOTOS)
    manifest = _manifest(folder / MANIFEST)
    found.pop(MANIFEST, None)
    if found != manifest["files"]:
        raise ArchiveDamaged(_l("内容与清单不符"))
    made_at = datetime.fromisoformat(manifest["made_at"])
    return Contents(made_at, manifest["revision"], count_photos(found))


def _extracted(archive: tarfile.TarFile, folder: Path) -> Iterator[tuple[str, dict]]:
    (folder / PHOTOS).mkdir(mode=0o700)
    for member in archive:
        if not (member.isfile() and _is_expected(member.name)):
            raise ArchiveDamaged(_l("里面有不该有的 %(name)s", name=member.name))
        source = archive.extractfile(member)
        # Exclusive creation refuses a name that comes twice.
        try:
            target = os.open(folder / member.name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError as error:
            raise ArchiveDamaged(_l("%(name)s 出现了两次", name=member.name)) from error
        reader = Hashing(source)
        with os.fdopen(target, "wb") as out:
            shutil.copyfileobj(reader, out, _CHUNK)
            out.flush()
            os.fsync(out.fileno())
        yield member.name, {"size": member.size, "sha256": reader.digest.hexdigest()}


def _is_expected(name: str) -> bool:
    """Only the kinds of names we write, never a path that leaves the folder."""
    if name in (DATABASE, MANIFEST, DEMO_MARK):
        return True
    path = PurePosixPath(name)
    photo = path.name
    return name == f"{PHOTOS}/{photo}" and bool(photo) and not photo.startswith(".")


def _manifest(path: Path) -> dict:
    try:
        if path.stat().st_size > _MAX_MANIFEST_BYTES:
            raise ValueError
        manifest = json.loads(path.read_text())
        if manifest["format"] != FORMAT or DATABASE not in manifest["files"]:
            raise ValueError
        datetime.fromisoformat(manifest["made_at"])
        manifest["revision"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ArchiveDamaged(_l("缺少清单，或清单读不懂")) from error
    return manifest


def _check_database(path: Path, contents: Contents, known_revisions: Iterable[str] | None) -> None:
    try:
        with closing(sqlite3.connect(path)) as connection:
            sound = is_sound(connection)
    except sqlite3.DatabaseError:
        sound = False
    if not sound:
        raise ArchiveDamaged(_l("里面的数据库有损坏"))
    if known_revisions is not None and contents.revision not in {None, *known_revisions}:
        raise ArchiveDamaged(_l("它来自更新的版本，请先升级程序"))


def _close_database(path: Path) -> None:
    """Fold the write-ahead log into the file; SQLite refuses while anyone else has it open."""
    if not path.is_file():
        return
    with closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as connection:
        try:
            connection.execute("PRAGMA journal_mode=DELETE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
        except sqlite3.OperationalError as error:
            raise DatabaseInUse from error
        except sqlite3.DatabaseError:
            return  # damaged beyond opening: the very case a restore is for


def _swap(fresh: Path, places: Places) -> Path | None:
    """Move the old data aside and the new in; when a step fails, move everything back."""
    old = [path for path in _data_of(places) if path.exists()]
    aside = _aside(places.instance) if old else None
    with _undone_on_failure(aside) as moved:
        for path in old:
            _move(path, aside / path.name, moved)
        _move(fresh / DATABASE, places.database, moved)
        _move(fresh / PHOTOS, places.photos, moved)
        if (fresh / DEMO_MARK).exists():
            _move(fresh / DEMO_MARK, places.instance / DEMO_MARK, moved)
    for folder in {places.instance, places.database.parent, places.photos.parent, aside} - {None}:
        sync_folder(folder)
    return aside


def _data_of(places: Places) -> list[Path]:
    journals = [Path(f"{places.database}{ending}") for ending in ("-wal", "-shm", "-journal")]
    return [places.database, *journals, places.photos, places.instance / DEMO_MARK]


def _aside(instance: Path) -> Path:
    name = f"replaced-{now():%Y%m%d-%H%M%S-%f}"
    (instance / name).mkdir(mode=0o700)
    return instance / name


def _move(source: Path, target: Path, moved: list[tuple[Path, Path]]) -> None:
    os.rename(source, target)
    moved.append((source, target))


@contextmanager
def _undone_on_failure(aside: Path | None) -> Iterator[list[tuple[Path, Path]]]:
    moved: list[tuple[Path, Path]] = []
    try:
        yield moved
    except OSError:
        for source, target in reversed(moved):
            os.rename(target, source)
        if aside:
            aside.rmdir()
        raise
