"""What every page carries, and how errors read."""

import gzip
import hashlib
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, url_for

from core.errors import RuleBroken


def test_every_answer_closes_what_it_does_not_need(browser: Any) -> None:
    headers = browser().get("/login", follow_redirects=True).headers
    policy = headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"


def test_the_session_cookie_is_out_of_reach_of_scripts(browser: Any, lin: Any) -> None:
    response = browser().send("/login", {"username": "lin", "password": "linli-test-2026"})
    cookie = next(c for c in response.headers.getlist("Set-Cookie") if c.startswith("linli="))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie


def test_every_answer_varies_on_htmx(browser: Any) -> None:
    assert "HX-Request-Type" in browser().get("/login", follow_redirects=True).headers["Vary"]


def test_a_phone_keeps_static_files_whoever_is_logged_in(
    browser: Any, lin: Any, queries: Any
) -> None:
    client = browser(lin)
    with queries() as sent:
        answer = client.get("/static/css/app.css", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert "max-age=31536000" in answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers
    assert sent == []


def test_a_missing_page_is_told_in_plain_words(browser: Any, lin: Any) -> None:
    response = browser(lin).get("/nowhere")
    assert response.status_code == 404
    assert "没找到" in response.text


def test_a_broken_rule_is_told_in_its_own_words(
    app: Flask, browser: Any, lin: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    class TeaIsCold(RuleBroken):
        def __str__(self) -> str:
            return "茶凉了。"

    def drink() -> str:
        raise TeaIsCold

    monkeypatch.setitem(app.view_functions, "home.index", drink)
    response = browser(lin).get("/")
    assert response.status_code == 409
    assert "茶凉了。" in response.text


def test_an_unexpected_error_shows_no_stack_trace(
    app: Flask, browser: Any, lin: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def trip() -> str:
        raise ZeroDivisionError("a secret detail")

    monkeypatch.setitem(app.view_functions, "home.index", trip)
    app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False
    response = browser(lin).get("/")
    assert response.status_code == 500
    assert "secret" not in response.text
    assert "Traceback" not in response.text


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("zh-CN,zh;q=0.9", "zh-Hans"),
        ("zh-TW,zh;q=0.9,en;q=0.8", "zh-Hant"),
        ("en-US,en;q=0.9", "en"),
        ("fr-FR", "zh-Hans"),
    ],
)
def test_the_language_follows_the_browser(browser: Any, accepted: str, language: str) -> None:
    page = browser().get("/setup", headers={"Accept-Language": accepted}).text
    assert f'<html lang="{language}"' in page


def test_a_visitor_may_choose_a_language_before_logging_in(browser: Any, lin: Any) -> None:
    client = browser()
    client.send("/language", {"language": "zh_Hant"})
    assert '<html lang="zh-Hant"' in client.get("/login").text


def test_a_static_file_has_a_new_address_when_its_content_changes(app: Flask) -> None:
    with app.test_request_context():
        address = url_for("static", filename="css/app.css")
    content = (Path(app.static_folder) / "css" / "app.css").read_bytes()
    assert address.endswith(f"?v={hashlib.sha256(content).hexdigest()[:10]}")


@pytest.mark.parametrize("path", ["/setup", "/static/css/app.css", "/static/icons.svg"])
def test_pages_and_static_files_travel_compressed(browser: Any, path: str) -> None:
    response = browser().get(path, headers={"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert len(response.data) < len(gzip.decompress(response.data)) / 2
