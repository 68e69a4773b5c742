"""One file to take away, one file to bring back: the database and the photos.

The archive is a tar (gzipped when its name ends in .gz) of linli.db, photos/ and manifest.json
with the SHA-256 of each, and of a demo's mark, so that made-up people stay marked wherever they
are brought back. The secret key is deliberately not in it: whoever finds a backup must not
be able to forge a login with it. On a new machine everybody just logs in again.
"""

import hashlib
import json
import os
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from core.config import DEMO_MARK
from core.db import sqlite_module
from core.errors import RuleBroken
from core.files import written_whole

sqlite3 = sqlite_module()

DATABASE = "linli.db"
PHOTOS = "photos"
MANIFEST = "manifest.json"
FORMAT = 1


class BackupError(RuleBroken):
    """A backup or restore that did not happen; str() says why and that nothing was changed."""

    def __init__(self, message: LazyString) -> None:
        self.message = message
        super().__init__(message)

    def __str__(self) -> str:
        return str(self.message)


class NothingToBackUp(BackupError):
    """There is no database yet."""

    def __init__(self) -> None:
        super().__init__(_l("还没有数据库，没有可备份的内容"))


class DatabaseDamaged(BackupError):
    """The live database is not sound; a copy of it would only look like a backup."""

    def __init__(self) -> None:
        super().__init__(_l("数据库文件有损坏，没有做成备份。请先恢复上一份备份"))


@dataclass(frozen=True)
class Places:
    """Where an instance keeps its data."""

    instance: Path
    database: Path
    photos: Path


@dataclass(frozen=True)
class Contents:
    """What an archive holds: photos counts files, thumbnails included; made_at is UTC."""

    made_at: datetime
    revision: str | None
    photos: int


def backup(file: Path, places: Places) -> Contents:
    """Write a consistent copy of the running instance to file (mode 0600), whole or not at all.

    Photos lie on disk before the row that names them is committed and are never rewritten, so the
    database is copied first and every photo it names is then found. Raises NothingToBackUp
    and DatabaseDamaged.
    """
    if not places.database.is_file():
        raise NothingToBackUp
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=places.instance, prefix=".backup-") as folder:
        copy = Path(folder) / DATABASE
        _copy_database(places.database, copy)
        revision = _revision(copy)
        sources = [*_sources(copy, places.photos), *_mark(places)]
        mode = "w:gz" if file.suffix in (".gz", ".tgz") else "w"
        with written_whole(file) as out, tarfile.open(fileobj=out, mode=mode) as archive:
            listed = dict(_added(archive, sources))
            contents = Contents(datetime.now(UTC), revision, count_photos(listed))
            _add_manifest(archive, contents, listed)
    return contents


def _copy_database(source: Path, target: Path) -> None:
    """SQLite's online backup: one snapshot, however many people are writing (sqlite.org/backup)."""
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        try:
            live.execute("PRAGMA busy_timeout = 5000")
            live.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            sound = is_sound(copy)
        except sqlite3.DatabaseError as error:
            raise DatabaseDamaged from error
    if not sound:
        raise DatabaseDamaged


def _sources(database: Path, photos: Path) -> Iterator[tuple[str, Path]]:
    yield DATABASE, database
    if photos.is_dir():
        for path in sorted(photos.iterdir()):
            if path.is_file() and not path.name.startswith("."):
                yield f"{PHOTOS}/{path.name}", path


def _mark(places: Places) -> Iterator[tuple[str, Path]]:
    if (places.instance / DEMO_MARK).is_file():
        yield DEMO_MARK, places.instance / DEMO_MARK


def count_photos(names: Iterable[str]) -> int:
    """Count the files of photos among the names of an archive, thumbnails included."""
    return sum(name.startswith(f"{PHOTOS}/") for name in names)


class Hashing:
    """A reader that hashes what passes through it."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self.file.read(size)
        self.digest.update(data)
        return data


def _added(
    archive: tarfile.TarFile, sources: Iterable[tuple[str, Path]]
) -> Iterator[tuple[str, dict[str, int | str]]]:
    for name, path in sources:
        try:
            file = path.open("rb")
        except FileNotFoundError:
            continue  # a photo erased since the listing; the database copy is older than that
        with file:
            size = os.fstat(file.fileno()).st_size
            reader = Hashing(file)
            archive.addfile(_member(name, size), reader)
        yield name, {"size": size, "sha256": reader.digest.hexdigest()}


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    member.mtime = int(datetime.now(UTC).timestamp())
    return member


def _add_manifest(archive: tarfile.TarFile, contents: Contents, listed: dict) -> None:
    text = json.dumps(
        {
            "format": FORMAT,
            "made_at": contents.made_at.isoformat(),
            "revision": contents.revision,
            "files": listed,
        }
    ).encode()
    with tempfile.TemporaryFile() as file:
        file.write(text)
        file.seek(0)
        archive.addfile(_member(MANIFEST, len(text)), file)


def is_sound(connection: sqlite3.Connection) -> bool:
    return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def _revision(path: Path) -> str | None:
    with closing(sqlite3.connect(path)) as connection:
        try:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.OperationalError:
            return None  # no migration has run yet
    return row[0] if row else None
