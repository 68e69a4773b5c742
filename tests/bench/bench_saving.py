"""Fifty students save visits at once, through the server as `make run` starts it."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from statistics import quantiles
from threading import Barrier
from urllib.parse import urlencode

from sqlalchemy import func, select

from blueprints.accounts.models import User
from blueprints.visits.models import Visit
from blueprints.visits.pairings import Pairing
from core.clock import today
from core.db import db
from core.demo_accounts import DEMO_PASSWORD
from core.submissions import new_submission_id
from tests.bench.data import MANY, app_on, copy_of
from tests.bench.server import serving
from tests.bench.table import Row, limit, reported

USERS, VISITS_EACH = 50, 6


def rows() -> list[Row]:
    """How long nineteen of twenty saves take at most, and what went wrong."""
    with copy_of(MANY) as folder:
        people, before = prepare(folder)
        log = folder.parent / "server.log"
        with serving(folder, log) as port:
            spent = list(save_all(port, people))
        stored = visits_in(folder) - before
        locked = log.read_text().count("database is locked")
    saved = [seconds for seconds, status in spent if status == 303]
    failed = len(spent) - len(saved)
    p95 = quantiles(saved, n=20)[-1] * 1000
    return [
        reported(f"saving a visit, {USERS} users at once, p95 of {len(spent)}", f"{p95:.0f} ms"),
        limit("… failed", failed, 0, "saves"),
        limit("… acknowledged but not stored", len(saved) - stored, 0, "visits"),
        limit("… “database is locked” in the server's log", locked, 0, "times"),
    ]


def prepare(folder: Path) -> tuple[list[tuple[str, int]], int]:
    """Let fifty students log in, each with a household; return them and the visits there are."""
    app = app_on(folder)
    with app.app_context():
        known = db.session.scalar(select(User.password_hash).where(User.username == "lin"))
        paired = (
            select(Pairing.student_id, func.min(Pairing.household_id))
            .where(Pairing.ended_on.is_(None))
            .group_by(Pairing.student_id)
            .limit(USERS)
        )
        people = []
        for student_id, household_id in db.session.execute(paired).all():
            student = db.session.get_one(User, student_id)
            student.password_hash = known
            people.append((student.username, household_id))
        db.session.commit()
        return people, db.session.scalar(select(func.count(Visit.id)))


def visits_in(folder: Path) -> int:
    with app_on(folder).app_context():
        return db.session.scalar(select(func.count(Visit.id)))


def save_all(port: int, people: list[tuple[str, int]]) -> Iterator[tuple[float, int]]:
    """Save from all of them at the same moment, several times; yield seconds and status."""
    ready = Barrier(len(people))
    with ThreadPoolExecutor(len(people)) as pool:
        for results in pool.map(lambda person: save_some(port, ready, *person), people):
            yield from results


def save_some(port: int, ready: Barrier, username: str, household: int) -> list[tuple[float, int]]:
    """Log in, wait for the others, save a few visits."""
    phone = Phone(port)
    phone.open("/login")
    status = phone.send("/login", {"username": username, "password": DEMO_PASSWORD})
    if status != 303:
        ready.abort()
        raise RuntimeError(f"{username} could not log in: {status}")
    phone.open(f"/visits/new?household={household}")
    ready.wait()
    return [save_one(phone, household) for _visit in range(VISITS_EACH)]


def save_one(phone: Phone, household: int) -> tuple[float, int]:
    told = {"met": "yes", "kinds": "chat", "day": today().isoformat(), "minutes": "30"}
    began = time.monotonic()
    status = phone.send(f"/visits/new?household={household}", told | {"note": "聊了半小时"})
    return time.monotonic() - began, status


class Phone:
    """Keeps its cookies and the token of the page it has opened."""

    def __init__(self, port: int) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}
        self.token = ""

    def open(self, path: str) -> None:
        """GET a page and keep the token that its forms carry."""
        page = self.ask("GET", path)[1]
        self.token = re.search(r'name="csrf" content="([^"]+)"', page)[1]

    def send(self, path: str, fields: dict[str, str]) -> int:
        """POST a form; return the status."""
        hidden = {"csrf_token": self.token, "submission_id": new_submission_id()}
        return self.ask("POST", path, urlencode(fields | hidden))[0]

    def ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _equals, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        text = answer.read().decode()
        self.connection.close()  # the server drops idle ones at a moment of its own
        return answer.status, text
