"""What the machine must have, and what is said when it has not."""

import os
import stat
import subprocess
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfoNotFoundError

import pytest
from flask import Flask
from flask_babel import Babel

from core import check
from core.check import CheckResult
from core.clock import SHANGHAI
from core.config import ROOT

LISTING = """\
Noto Serif CJK SC:style=Regular
Noto Serif CJK SC,Noto Serif CJK SC Black:style=Black,Regular
LXGW WenKai,霞鹜文楷:style=Regular
HanaMinA,花園明朝A:style=Regular
"""


@pytest.mark.parametrize(("version", "ok"), [((3, 10, 9), False), ((3, 11, 0), True)])
def test_python_must_be_new_enough(version: tuple[int, ...], ok: bool) -> None:
    assert check.check_python(version).ok is ok


def test_an_affected_sqlite_is_used_without_wal_and_told() -> None:
    assert "WAL 缺陷" in check.check_sqlite((3, 51, 2)).detail
    assert check.check_sqlite((3, 51, 3)).detail == "3.51.3，日志方式 WAL"


def test_a_missing_library_names_its_package() -> None:
    def absent(_file: str) -> object:
        raise OSError

    result = check.check_library("Pango", check.PANGO, "libpango-1.0-0", load=absent)
    assert not result.ok
    assert result.line().endswith("→ sudo apt-get install -y libpango-1.0-0")


def test_a_present_library_is_fine() -> None:
    assert check.check_library("Pango", check.PANGO, "x", load=lambda _file: None).ok


@pytest.mark.parametrize(
    ("family", "style", "ok"),
    [
        ("Noto Serif CJK SC", "", True),
        ("Noto Serif CJK SC", "Black", True),
        ("LXGW WenKai", "", True),
        ("LXGW WenKai", "Black", False),
        ("HanaMinB", "", False),
        ("Noto Serif", "", False),
    ],
)
def test_fonts_are_found_by_family_and_weight(family: str, style: str, ok: bool) -> None:
    assert check.check_font(family, style, "fonts-x", LISTING).ok is ok


def test_without_fontconfig_every_font_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check.shutil, "which", lambda _program: None)
    assert check.font_listing() == ""


def test_every_font_the_print_outs_use_is_asked_for() -> None:
    assert [(family, style) for family, style, _package in check.FONTS] == [
        ("Noto Serif CJK SC", ""),
        ("Noto Serif CJK SC", "Black"),
        ("Noto Sans CJK SC", ""),
        ("LXGW WenKai", ""),
        ("BabelStone Han", ""),
        ("HanaMinA", ""),
        ("HanaMinB", ""),
    ]


@pytest.mark.parametrize(("mode", "ok"), [(0o700, True), (0o750, False), (0o755, False)])
def test_the_data_folder_is_closed_to_others(mode: int, ok: bool, tmp_path: Path) -> None:
    tmp_path.chmod(mode)
    result = check.check_folder(tmp_path)
    assert result.ok is ok
    assert result.remedy == f"chmod 700 {tmp_path}"


def test_a_data_folder_that_cannot_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    assert "写不进去" in check.check_folder(tmp_path).detail


def test_the_key_must_be_there_long_and_private(tmp_path: Path) -> None:
    key = tmp_path / "secret_key"
    assert "没有" in check.check_key(key).detail
    key.write_text("short")
    assert "太短" in check.check_key(key).detail
    key.write_text("k" * 64)
    key.chmod(0o644)
    assert check.check_key(key).line().endswith(f"chmod 600 {key}")
    key.chmod(0o600)
    assert check.check_key(key).ok


@pytest.mark.parametrize(("year", "ok"), [(1970, False), (2026, True), (2100, False)])
def test_a_clock_that_cannot_be_right_is_told(year: int, ok: bool) -> None:
    assert check.check_clock(datetime(year, 1, 1, tzinfo=SHANGHAI)).ok is ok


def test_missing_time_zone_data_is_told() -> None:
    def absent(name: str) -> object:
        raise ZoneInfoNotFoundError(name)

    assert "tzdata" in check.check_time_zone(load=absent).remedy
    assert check.check_time_zone().ok


@pytest.mark.parametrize(("free", "ok"), [(499_999_999, False), (500_000_000, True)])
def test_the_disk_must_have_room(free: int, ok: bool, tmp_path: Path) -> None:
    assert check.check_disk(tmp_path, free).ok is ok


def test_only_the_demo_may_do_without_https() -> None:
    assert check.check_https(cookie_is_secure=True, is_demo=False).ok
    assert check.check_https(cookie_is_secure=False, is_demo=True).ok
    assert "LINLI_HTTPS=1" in check.check_https(cookie_is_secure=False, is_demo=False).line()


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    app = Flask("linli")
    app.config.update(
        LINLI_INSTANCE=str(tmp_path),
        LINLI_DEMO=True,
        LINLI_PROXY=False,
        SESSION_COOKIE_SECURE=False,
        SQLALCHEMY_DATABASE_URI="sqlite:///x",
    )
    Babel(app, default_locale="zh_Hans_CN")
    app.cli.add_command(check.check_command)
    (tmp_path / "secret_key").write_text("k" * 64)
    (tmp_path / "secret_key").chmod(stat.S_IRUSR | stat.S_IWUSR)
    tmp_path.chmod(0o700)
    return app


def test_the_command_prints_one_line_each_and_fails_when_one_fails(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = [CheckResult("Pango", True, "有"), CheckResult("字体", False, "没有装", "装上")]
    monkeypatch.setattr(check, "all_checks", lambda _config: iter(results))
    outcome = app.test_cli_runner().invoke(args=["check"])
    assert outcome.output.splitlines() == ["好  Pango：有", "差  字体：没有装 → 装上", "1 项要处理"]
    assert outcome.exit_code == 1


def test_a_machine_set_up_for_the_tests_passes(app: Flask) -> None:
    if subprocess.run(["which", "fc-list"], capture_output=True, check=False).returncode:
        pytest.skip("this machine has no fontconfig")
    outcome = app.test_cli_runner().invoke(args=["check"])
    assert outcome.output.splitlines()[-1] == "全部正常", outcome.output
    assert outcome.exit_code == 0


@pytest.mark.parametrize(("name", "way"), [("public", "公网域名"), ("internal", "内网证书")])
def test_the_way_in_is_told(name: str, way: str) -> None:
    line = check.check_https(True, False, ROOT / "deploy" / f"Caddyfile.{name}").line()
    assert way in line
    assert line.startswith("好")


def test_https_that_caddy_does_not_speak_is_refused() -> None:
    result = check.check_https(True, False, ROOT / "deploy" / "Caddyfile.lan")
    assert not result.ok
    assert "docs/https.md" in result.line()


def test_another_proxy_is_taken_at_its_word(tmp_path: Path) -> None:
    assert check.check_https(True, False, tmp_path / "none").ok


def test_behind_caddy_the_program_must_be_told_who_asks(tmp_path: Path) -> None:
    caddyfile = ROOT / "deploy" / "Caddyfile.lan"
    result = check.check_proxy(False, caddyfile)
    assert not result.ok
    assert "LINLI_PROXY=1" in result.line()
    assert check.check_proxy(True, caddyfile).ok
    assert check.check_proxy(False, tmp_path / "none").ok


def test_languages_whose_words_are_not_compiled_are_named(app: Flask, tmp_path: Path) -> None:
    for language, suffixes in (("en", ["po"]), ("zh_Hant", ["po", "mo"])):
        folder = tmp_path / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        for suffix in suffixes:
            (folder / f"messages.{suffix}").touch()
    with app.test_request_context():
        result = check.check_languages(tmp_path)
        assert not result.ok and result.detail.startswith("en ")
        (tmp_path / "en/LC_MESSAGES/messages.mo").touch()
        assert check.check_languages(tmp_path).ok
