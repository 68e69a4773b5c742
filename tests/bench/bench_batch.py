"""Five hundred certificates in one action: is the web still answering, and how large is it after?"""

from __future__ import annotations

import os
import re
import time
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode

from blueprints.accounts.models import User
from blueprints.documents.batches import Batch, BatchPaper
from blueprints.documents.models import Document
from blueprints.teams.models import ServiceEntry, Volunteer
from core.clock import now, today
from core.db import db
from core.demo_accounts import DEMO_PASSWORD
from tests.bench.bench_saving import Phone
from tests.bench.data import FEW, app_on, copy_of
from tests.bench.server import serving
from tests.bench.table import Row, at_most, limit, reported

PAPERS, MOST_MB, MOST_SLOWER = 500, 250, 2.0
IDLE_PAGES, PAUSE_SECONDS = 60, 0.05


def rows() -> list[Row]:
    """Issue a batch through the server while somebody keeps opening the home page."""
    with copy_of(FEW) as folder:
        people = prepare(folder)
        log = folder.parent / "server.log"
        with serving(folder, log) as port:
            secretary = Phone(port)
            secretary.open("/login")
            secretary.send("/login", {"username": "qin", "password": DEMO_PASSWORD})
            secretary.open("/")
            idle = at_rest(secretary)
            began = time.monotonic()
            batch = begin(secretary, people)
            busy = list(while_running(secretary, batch))
            spent, megabytes = time.monotonic() - began, memory_of(port)
            # What else the machine does weighs on both sides of the batch.
            idle += at_rest(secretary)
        issued = papers_in(folder)
    slow, usual = (quantiles(side, n=20)[-1] * 1000 for side in (busy, idle))
    return [
        reported(f"{PAPERS} certificates, from the button to the register", f"{spent:.1f} s"),
        limit("… that are not in the register", PAPERS - issued, 0, "papers"),
        at_most("… home page meanwhile, p95 against idle", slow, usual, MOST_SLOWER),
        limit("… memory of the server afterwards", megabytes, MOST_MB, "MB"),
    ]


def prepare(folder: Path) -> list[int]:
    """Add so many people with a hundred confirmed hours each; return their ids."""
    with app_on(folder).app_context():
        qin, gu = (
            db.session.scalar(db.select(User.id).where(User.username == name))
            for name in ("qin", "gu")
        )
        people = [Volunteer(name=f"志愿{chr(0x4E00 + number)}") for number in range(PAPERS)]
        db.session.add_all(people)
        db.session.flush()
        decided = {"state": "confirmed", "decided_by_id": qin, "decided_at": now()}
        db.session.add_all(
            ServiceEntry(
                volunteer_id=person.id,
                minutes=1200,
                what="示5栋清扫",
                kind="activity",
                served_on=today(),
                proposed_by_id=gu,
                **decided,
            )
            for person in people
            for _day in range(5)
        )
        db.session.commit()
        return [person.id for person in people]


def begin(secretary: Phone, people: list[int]) -> str:
    """Send the form; return where the batch's page is."""
    words = [("people", str(one)) for one in people] + [
        ("honour", "年度优秀志愿者"),
        ("reason", ""),
        ("dated_on", today().isoformat()),
        ("issuer", "安和物业"),
        ("sure", str(len(people))),
        ("csrf_token", secretary.token),
        ("submission_id", f"bench-batch-{os.getpid():08}"),
    ]
    status, text = secretary.ask("POST", "/batches/new", urlencode(words))
    if status != 303:
        raise RuntimeError(f"the batch was refused: {status} {text[:300]}")
    return re.search(r"/batches/\d+", text)[0]


def while_running(secretary: Phone, batch: str) -> list[float]:
    """Open the home page again and again until the batch is done; seconds each."""
    spent = []
    while 'hx-trigger="every' in secretary.ask("GET", batch)[1]:
        spent += [open_home(secretary) for _page in range(5)]
    return spent


def at_rest(secretary: Phone) -> list[float]:
    return [open_home(secretary) for _page in range(IDLE_PAGES)]


def open_home(secretary: Phone) -> float:
    time.sleep(PAUSE_SECONDS)
    began = time.monotonic()
    secretary.ask("GET", "/")
    return time.monotonic() - began


def papers_in(folder: Path) -> int:
    """How many papers of the newest batch are issued; the demo has older batches."""
    with app_on(folder).app_context():
        newest = db.select(db.func.max(Batch.id)).scalar_subquery()
        issued = db.select(db.func.count(Document.id)).where(Document.state == "issued")
        of_batch = issued.join(BatchPaper, BatchPaper.document_id == Document.id)
        return db.session.scalar(of_batch.where(BatchPaper.batch_id == newest)) or 0


def memory_of(port: int) -> float:
    """Megabytes of the largest process that was started for this port."""
    return max(
        map(_megabytes, filter(lambda one: _serves(one, port), Path("/proc").glob("[0-9]*")))
    )


def _serves(process: Path, port: int) -> bool:
    try:
        return f"PORT={port}".encode() in (process / "environ").read_bytes().split(b"\0")
    except OSError:
        return False


def _megabytes(process: Path) -> float:
    resident = re.search(r"VmRSS:\s+(\d+) kB", (process / "status").read_text())
    return int(resident[1]) / 1024 if resident else 0
