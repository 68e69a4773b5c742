"""Killed, full or hurried: either a paper is issued with its number and its file, or it is not."""

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from random import Random
from threading import Thread
from typing import Any

import pytest
from flask import Flask

from blueprints.documents import batch_routes
from blueprints.documents.models import Document, IssuedFile, SerialCounter
from core.db import db
from tests import factories
from tests.documents.batches import finished, served, words
from tests.documents.drafts import certificate_draft
from tests.documents.over_the_wire import Clerk, Server

# Each round starts a server and kills it; bounded, so that the test can always be run.
ROUNDS, DRAFTS, PEOPLE = 3, 40, 12


def whole_papers() -> list[int]:
    """Return the ids of the issued papers, after looking that none is half one: each has a number
    of its own without a gap, and its file; no draft has a number."""
    db.session.rollback()
    assert db.session.scalar(db.text("PRAGMA integrity_check")) == "ok"
    papers = db.session.scalars(db.select(Document).order_by(Document.serial_number)).all()
    issued = [paper for paper in papers if paper.is_issued]
    assert [paper.serial_number for paper in issued] == list(range(1, len(issued) + 1))
    assert (db.session.scalar(db.select(SerialCounter.last)) or 0) == len(issued)
    files = {file.document_id: file for file in db.session.scalars(db.select(IssuedFile))}
    assert set(files) == {paper.id for paper in issued}
    for file in files.values():
        assert sha256(file.pdf).hexdigest() == file.sha256
        assert file.pdf.startswith(b"%PDF-")
        assert file.pdf.rstrip().endswith(b"%%EOF")
    assert all(paper.serial is None for paper in papers if paper.is_draft)
    ids = [paper.id for paper in issued]
    db.session.expunge_all()
    db.session.rollback()
    return ids


@pytest.fixture
def start(app: Flask, tmp_path: Path) -> Iterator[Callable[[], Server]]:
    """Start the server on this test's database; whatever still runs at the end is killed."""
    running: list[Server] = []

    def begin() -> Server:
        db.session.rollback()
        db.engine.dispose()
        running.append(Server(Path(app.config["LINLI_INSTANCE"]), tmp_path / "server.log"))
        return running[-1]

    yield begin
    for server in running:
        if server.process.poll() is None:
            server.kill()


def test_a_server_killed_while_it_issues_papers_leaves_whole_papers_or_none(
    start: Callable[[], Server], qin: Any
) -> None:
    ids = [certificate_draft(qin, name=f"方晓禾{n}").id for n in range(DRAFTS)]
    waiting, told, chance, clerk = list(ids), set[int](), Random(7), None
    for _round in range(ROUNDS):
        server = start()
        clerk = clerk or Clerk(server.port, "qin")
        clerk.port = server.port

        worker = Thread(target=issue_until_it_dies, args=(clerk, waiting, told))
        worker.start()
        time.sleep(0.3 + chance.random() * 0.7)
        server.kill()
        worker.join()
        issued = whole_papers()
        assert told <= set(issued), "a paper that was called issued is gone"
        waiting = [paper_id for paper_id in ids if paper_id not in issued]
    assert len(issued) > 0
    server = start()
    clerk.port = server.port
    assert clerk.send(f"/documents/{waiting[0]}/issue", {})[0] == 303
    assert len(whole_papers()) == len(issued) + 1


def issue_until_it_dies(clerk: Clerk, waiting: list[int], told: set[int]) -> None:
    """Issue one paper after another; note those that the server called issued."""
    with suppress(OSError):
        for paper_id in waiting:
            if clerk.send(f"/documents/{paper_id}/issue", {})[0] == 303:
                told.add(paper_id)


def test_a_server_killed_while_it_prints_a_batch_has_issued_all_of_it_or_nothing(
    start: Callable[[], Server], qin: Any
) -> None:
    people = [served(qin, f"林一舟{n}", 100) for n in range(PEOPLE)]
    typed, clerk, batch = words(people), None, ""
    for share in (0.5, 1.0):
        server = start()
        clerk = clerk or Clerk(server.port, "qin")
        clerk.port = server.port
        path, form = (f"{batch}/start", {}) if batch else ("/batches/new", typed)
        status, batch, _page = clerk.send(path, form)
        assert status == 303
        wait_until_printed(clerk, batch, share)
        server.kill()
        count = len(whole_papers())
        assert count in (0, PEOPLE)
        if count:
            break
    server = start()
    clerk.port = server.port
    if not count:
        assert "中途断了" in clerk.ask(batch)[2]
        assert clerk.send(f"{batch}/start", {})[0] == 303
        wait_until_printed(clerk, batch, 2)
    assert f"{PEOPLE} 份都签发了" in clerk.ask(batch)[2]
    assert len(whole_papers()) == PEOPLE


def wait_until_printed(clerk: Clerk, batch: str, share: float) -> None:
    """Wait until so much of the batch is printed, or until it is done."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        page = clerk.ask(batch)[2]
        if "都签发了" in page:
            return
        if "正在印" in page:
            done = int(page.split("正在印，")[1].split(" /")[0])
            if done >= share * PEOPLE:
                return
    raise TimeoutError(batch)


def test_two_secretaries_at_once_share_no_number_and_issue_nothing_twice(
    start: Callable[[], Server], qin: Any
) -> None:
    factories.user("zhou", "周书记", ["secretary"])
    ids = [certificate_draft(qin, name=f"方晓禾{n}").id for n in range(12)]
    server = start()
    clerks = [Clerk(server.port, name) for name in ("qin", "zhou")]

    def issue_all(clerk: Clerk) -> list[int]:
        return [clerk.send(f"/documents/{paper_id}/issue", {})[0] for paper_id in ids]

    with ThreadPoolExecutor(2) as pool:
        answers = list(zip(*pool.map(issue_all, clerks), strict=True))
    assert {tuple(sorted(pair)) for pair in answers} == {(303, 409)}
    assert len(whole_papers()) == len(ids)


@pytest.fixture
def small_disk(app: Flask, tmp_path: Path) -> Iterator[Path]:
    """The instance on a disk of 12 MB that can really fill up. Only root may mount one."""
    instance, kept = Path(app.config["LINLI_INSTANCE"]), tmp_path / "kept"
    db.session.remove()
    db.engine.dispose()
    shutil.copytree(instance, kept)
    disk = ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(instance)]
    if subprocess.run(disk, check=False, capture_output=True).returncode:
        pytest.skip("only root may mount a small disk")
    shutil.copytree(kept, instance, dirs_exist_ok=True)
    yield instance
    db.session.remove()
    db.engine.dispose()
    subprocess.run(["umount", str(instance)], check=True)


def fill(folder: Path) -> Path:
    """Use up every byte of the disk."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (1 << 16, 1 << 9, 1):
            try:
                while True:
                    file.write(b"0" * size)
            except OSError:
                continue
    return filler


def test_a_full_disk_is_told_and_leaves_a_draft_and_its_number(
    small_disk: Path, secretary: Any, qin: Any
) -> None:
    draft = certificate_draft(qin).id
    secretary.get(f"/documents/{draft}")
    filler = fill(small_disk)
    refused = secretary.send(f"/documents/{draft}/issue")
    assert refused.status_code == 500
    assert "磁盘满了，这次没有存上。以前存的都在。" in refused.text
    assert secretary.get(f"/documents/{draft}").status_code == 200
    assert whole_papers() == []
    filler.unlink()
    assert secretary.send(f"/documents/{draft}/issue").status_code == 303
    assert whole_papers() == [draft]


def test_a_disk_that_fills_up_while_a_batch_prints_issues_none_of_it(
    monkeypatch: Any, small_disk: Path, secretary: Any, qin: Any
) -> None:
    people = [served(qin, f"林一舟{n}", 100) for n in range(20)]
    real, fillers = batch_routes.batch_actions.enter, []

    def enter(*args: Any) -> None:
        if not fillers:
            fillers.append(fill(small_disk))
        real(*args)

    monkeypatch.setattr(batch_routes.batch_actions, "enter", enter)
    answer = secretary.send("/batches/new", words(people))
    batch_id = int(answer.location.rsplit("/", 1)[1])
    finished(batch_id)
    assert whole_papers() == []
    fillers[0].unlink()
    assert "一份也没有签发" in secretary.get(answer.location).text
    assert secretary.send(f"{answer.location}/start").status_code == 303
    assert finished(batch_id).state == "done"
    assert len(whole_papers()) == 20


def test_a_database_that_cannot_grow_is_told_like_a_full_disk(secretary: Any, qin: Any) -> None:
    """For machines where nobody may mount a small disk: SQLite's own limit, the same error."""
    draft = certificate_draft(qin).id
    db.session.rollback()
    with db.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()

    def limit(connection: Any, _record: Any) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}")

    db.engine.dispose()
    db.event.listen(db.engine, "connect", limit)
    try:
        refused = secretary.send(f"/documents/{draft}/issue")
        assert refused.status_code == 500
        assert "磁盘满了" in refused.text
        assert whole_papers() == []
    finally:
        db.event.remove(db.engine, "connect", limit)
        db.engine.dispose()
    assert secretary.send(f"/documents/{draft}/issue").status_code == 303
    assert whole_papers() == [draft]
