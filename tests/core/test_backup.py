"""Taking a backup away and bringing it back, also when something goes wrong."""

import os
import stat
import tarfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from core import restore as restore_module
from core.backup import BackupError, DatabaseDamaged, NothingToBackUp, Places, backup
from core.config import DEMO_MARK
from core.db import sqlite_module
from core.restore import ArchiveDamaged, DatabaseInUse, restore
from tests.core.damages import DAMAGES

sqlite3 = sqlite_module()


def places_in(folder: Path) -> Places:
    return Places(folder, folder / "linli.db", folder / "photos")


def connect(places: Places) -> object:
    connection = sqlite3.connect(places.database, isolation_level=None, timeout=20)
    connection.execute("PRAGMA journal_mode = WAL")
    return connection


def add_visit(places: Places, note: str) -> None:
    """As the program does it: the photo is on disk before the row that names it."""
    photo = places.photos / f"{note}.jpg"
    photo.write_bytes(note.encode() * 500)
    with closing(connect(places)) as connection:
        connection.execute("INSERT INTO visit VALUES (?)", (note,))


def notes(places: Places) -> list[str]:
    with closing(sqlite3.connect(places.database)) as connection:
        return [row[0] for row in connection.execute("SELECT note FROM visit ORDER BY note")]


@pytest.fixture
def instance(tmp_path: Path) -> Places:
    places = places_in(tmp_path / "instance")
    places.photos.mkdir(parents=True)
    with closing(connect(places)) as connection:
        connection.execute("CREATE TABLE visit (note TEXT)")
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.execute("INSERT INTO alembic_version VALUES ('0001')")
    (places.instance / "secret_key").write_text("never in a backup")
    add_visit(places, "祝婆婆")
    return places


@pytest.fixture
def archive(instance: Places, tmp_path: Path) -> Path:
    backup(tmp_path / "邻里.tar", instance)
    return tmp_path / "邻里.tar"


def everything_in(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("name", ["a.tar", "a.tar.gz"])
def test_what_was_backed_up_comes_back_on_an_empty_machine(
    name: str, instance: Places, tmp_path: Path
) -> None:
    made = backup(tmp_path / name, instance)
    elsewhere = places_in(tmp_path / "new" / "instance")
    contents, aside = restore(tmp_path / name, elsewhere)
    assert notes(elsewhere) == ["祝婆婆"]
    assert everything_in(elsewhere.photos) == everything_in(instance.photos)
    assert contents == made
    assert (contents.photos, contents.revision, aside) == (1, "0001", None)
    assert stat.S_IMODE(elsewhere.database.stat().st_mode) == 0o600
    assert stat.S_IMODE(elsewhere.photos.stat().st_mode) == 0o700


def test_a_backup_is_private_and_holds_no_key(archive: Path) -> None:
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    with tarfile.open(archive) as tar:
        assert tar.getnames() == ["linli.db", "photos/祝婆婆.jpg", "manifest.json"]


def test_what_stands_only_in_the_write_ahead_log_is_backed_up_too(
    instance: Places, tmp_path: Path
) -> None:
    with closing(connect(instance)) as server:
        server.execute("PRAGMA wal_autocheckpoint = 0")
        server.execute("INSERT INTO visit VALUES ('刚刚')")
        backup(tmp_path / "b.tar", instance)
    elsewhere = places_in(tmp_path / "new")
    restore(tmp_path / "b.tar", elsewhere)
    assert "刚刚" in notes(elsewhere)


def test_a_backup_taken_while_four_people_write_is_whole(instance: Places, tmp_path: Path) -> None:
    stop = threading.Event()

    def write(writer: int) -> None:
        number = 0
        while not stop.is_set():
            add_visit(instance, f"{writer}-{number:04}")
            number += 1

    writers = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for writer in writers:
        writer.start()
    try:
        for round_ in range(5):
            backup(tmp_path / f"{round_}.tar", instance)
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    for round_ in range(5):
        elsewhere = places_in(tmp_path / f"new{round_}")
        restore(tmp_path / f"{round_}.tar", elsewhere)
        saved = notes(elsewhere)
        assert all((elsewhere.photos / f"{note}.jpg").is_file() for note in saved)
        for writer in range(4):
            mine = [note for note in saved if note.startswith(f"{writer}-")]
            assert mine == [f"{writer}-{number:04}" for number in range(len(mine))]


def test_the_previous_data_is_kept_aside_and_the_key_stays(instance: Places, archive: Path) -> None:
    add_visit(instance, "后来的")
    _contents, aside = restore(archive, instance)
    assert notes(instance) == ["祝婆婆"]
    assert aside.parent == instance.instance
    assert aside.name.startswith("replaced-")
    assert notes(places_in(aside)) == ["后来的", "祝婆婆"]
    assert (aside / "photos" / "后来的.jpg").is_file()
    assert (instance.instance / "secret_key").read_text() == "never in a backup"


def test_real_data_in_place_of_a_demo_is_no_demo_any_longer(archive: Path, tmp_path: Path) -> None:
    demo = places_in(tmp_path / "demo")
    demo.instance.mkdir()
    (demo.instance / DEMO_MARK).write_text("lin 林一舟")
    _contents, aside = restore(archive, demo)
    assert not (demo.instance / DEMO_MARK).exists()
    assert (aside / DEMO_MARK).read_text() == "lin 林一舟"


def test_a_demo_stays_marked_wherever_it_is_brought_back(instance: Places, tmp_path: Path) -> None:
    (instance.instance / DEMO_MARK).write_text("lin 林一舟")
    made = backup(tmp_path / "demo.tar", instance)
    elsewhere = places_in(tmp_path / "elsewhere")
    contents, _aside = restore(tmp_path / "demo.tar", elsewhere)
    assert contents == made
    assert contents.photos == 1
    assert (elsewhere.instance / DEMO_MARK).read_text() == "lin 林一舟"


def test_restoring_under_a_running_server_is_refused(instance: Places, archive: Path) -> None:
    with closing(connect(instance)) as server:
        server.execute("SELECT count(*) FROM visit").fetchall()
        with pytest.raises(DatabaseInUse, match="请先停止"):
            restore(archive, instance)
    assert notes(instance) == ["祝婆婆"]


def test_a_damaged_database_is_replaced_and_kept_aside(instance: Places, archive: Path) -> None:
    instance.database.write_bytes(b"not a database any more" * 400)
    _contents, aside = restore(archive, instance)
    assert notes(instance) == ["祝婆婆"]
    assert (aside / "linli.db").read_bytes().startswith(b"not a database")


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_archive_is_refused_and_nothing_changes(
    damage: Callable[[Path], None], instance: Places, archive: Path
) -> None:
    before = everything_in(instance.instance)
    damage(archive)
    with pytest.raises(ArchiveDamaged, match="现有数据没有动"):
        restore(archive, instance)
    assert everything_in(instance.instance) == before
    assert [path.name for path in instance.instance.parent.iterdir() if "evil" in path.name] == []


def test_a_backup_from_a_newer_program_is_refused(instance: Places, archive: Path) -> None:
    with pytest.raises(ArchiveDamaged, match="请先升级程序"):
        restore(archive, instance, known_revisions=["0000"])
    restore(archive, instance, known_revisions=["0000", "0001"])


def test_a_step_that_fails_midway_is_taken_back(
    instance: Places, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photos = everything_in(instance.photos)
    real_rename = os.rename

    def rename(source: Path, target: Path) -> None:
        if ".restoring-" in str(source) and source.name == "photos":
            raise OSError(28, "No space left on device")
        real_rename(source, target)

    monkeypatch.setattr(restore_module.os, "rename", rename)
    with pytest.raises(OSError, match="No space"):
        restore(archive, instance)
    assert notes(instance) == ["祝婆婆"]
    assert everything_in(instance.photos) == photos
    assert list(instance.instance.glob("replaced-*")) == []


def test_an_instance_without_data_has_nothing_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(NothingToBackUp):
        backup(tmp_path / "b.tar", places_in(tmp_path))
    assert not (tmp_path / "b.tar").exists()


def test_a_failed_backup_leaves_the_older_one_in_place(instance: Places, archive: Path) -> None:
    good = archive.read_bytes()
    content = bytearray(instance.database.read_bytes())
    content[4096:] = bytes(len(content) - 4096)
    instance.database.write_bytes(content)
    with pytest.raises(DatabaseDamaged):
        backup(archive, instance)
    assert archive.read_bytes() == good
    assert issubclass(DatabaseDamaged, BackupError)


@pytest.fixture(autouse=True)
def nothing_half_done_is_left(tmp_path: Path) -> Iterator[None]:
    yield
    leftovers = [
        path for path in tmp_path.rglob(".*") if path.name.startswith((".re", ".ba", ".w"))
    ]
    assert leftovers == []
