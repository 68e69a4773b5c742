"""The backup page tells when the last backup was made, and warns when that is long ago."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from core.clock import now


@pytest.fixture
def folder(app: Flask) -> Path:
    path = Path(app.config["LINLI_INSTANCE"]) / "backups"
    path.mkdir()
    return path


def archive(folder: Path, name: str, days_ago: float) -> None:
    path = folder / name
    path.write_bytes(b"x" * 2000)
    moment = (now() - timedelta(days=days_ago)).timestamp()
    os.utime(path, (moment, moment))


def test_without_a_backup_the_page_tells_how_to_make_one(browser: Any, admin: Any) -> None:
    page = browser(admin).get("/settings/backup").text
    assert "还没有备份" in page
    assert "flask --app app backup" in page


def test_the_newest_backup_comes_first(browser: Any, admin: Any, folder: Path) -> None:
    archive(folder, "day-1.tar", 3)
    archive(folder, "day-3.tar", 1)
    page = browser(admin).get("/settings/backup").text
    assert page.index("day-3.tar") < page.index("day-1.tar")
    assert "超过两天" not in page


def test_an_old_backup_is_a_warning(browser: Any, qin: Any, folder: Path) -> None:
    archive(folder, "day-1.tar.gz", 3)
    assert "超过两天" in browser(qin).get("/settings/backup").text


def test_other_files_in_the_folder_are_no_backups(browser: Any, admin: Any, folder: Path) -> None:
    archive(folder, "notes.txt", 0)
    assert "还没有备份" in browser(admin).get("/settings/backup").text
