"""Somebody who is logged in and asks for pages in this process, without a network in between."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any

from flask import Flask
from sqlalchemy import event
from werkzeug.test import TestResponse, create_environ, run_wsgi_app

from core.db import db
from core.demo_accounts import DEMO_PASSWORD
from core.submissions import new_submission_id

Get = Callable[[], object]


class Visitor:
    """A person of the demo on one of the applications."""

    def __init__(self, app: Flask, username: str) -> None:
        self.app, self.client, self.token = app, app.test_client(), ""
        fields = {"username": username, "password": DEMO_PASSWORD}
        if self.send("/login", fields).status_code != 303:
            raise RuntimeError(f"{username} could not log in")
        self.token = self.token_on("/account")

    def send(self, path: str, fields: dict[str, Any]) -> TestResponse:
        """POST a form with the token and the id that it carries."""
        token = self.token or self.token_on("/login")
        hidden = {"csrf_token": token, "submission_id": new_submission_id()}
        return self.client.post(path, data=fields | hidden)

    def token_on(self, path: str) -> str:
        """Return the token that a page carries; it is good for the whole login."""
        return re.search(r'name="csrf" content="([^"]+)"', self.client.get(path).text)[1]

    def ask(self, path: str) -> TestResponse:
        """GET a page once, the long way."""
        return self.client.get(path)

    def asker(self, path: str) -> Get:
        """Return what asks for a page again and again at the server's own cost only.

        Like a browser it sends the cookie that the page before left.
        """
        self.ask(path)
        headers = {"Cookie": f"linli={self.client.get_cookie('linli').value}"}
        return asker(self.app, path, headers)

    @contextmanager
    def queries(self) -> Iterator[list[str]]:
        """Collect the statements sent to the database meanwhile."""
        sent: list[str] = []
        with self.app.app_context():
            engine = db.engine

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            sent.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        yield sent
        event.remove(engine, "before_cursor_execute", note)


def asker(app: Flask, path: str, headers: dict[str, str] | None = None) -> Get:
    """Return what calls the application for a page, and fails unless it answers 200."""

    def get() -> int:
        environ = create_environ(path, headers=headers)
        body, status, _headers = run_wsgi_app(app, environ, buffered=True)
        if not status.startswith("200"):
            raise RuntimeError(f"{path} answered {status}")
        return sum(map(len, body))

    return get


def in_turns(ours: Get, theirs: Get, times: int) -> tuple[float, float]:
    """The median CPU milliseconds of both, warm, asked in turns."""
    spent: tuple[list[float], list[float]] = ([], [])
    for _warm_up in range(2):
        ours(), theirs()
    for _turn in range(times):
        for get, noted in zip((ours, theirs), spent, strict=True):
            began = time.thread_time()
            get()
            noted.append((time.thread_time() - began) * 1000)
    return median(spent[0]), median(spent[1])
