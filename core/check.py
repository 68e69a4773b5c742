"""`flask check`: every need of the machine, one line each, and what to do when it is not met."""

import ctypes
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_babel import gettext as _

from core.clock import now
from core.config import ROOT
from core.db import journal_mode, sqlite_module
from core.i18n import listed

MIN_PYTHON = (3, 11)
MIN_FREE_MB = 500
MIN_KEY_CHARACTERS = 32
# Before this program existed no clock can be right.
FIRST_SANE_YEAR = 2026
LAST_SANE_YEAR = 2099

PANGO = "libpango-1.0.so.0"
HARFBUZZ_SUBSET = "libharfbuzz-subset.so.0"

CADDYFILE = Path("/etc/caddy/Caddyfile")
PUBLIC, INTERNAL, PLAIN = "public", "internal", "lan"

# Family as print-outs name it, the style it must have ("" for any), the Debian package.
FONTS = [
    ("Noto Serif CJK SC", "", "fonts-noto-cjk"),
    ("Noto Serif CJK SC", "Black", "fonts-noto-cjk-extra"),
    ("Noto Sans CJK SC", "", "fonts-noto-cjk"),
    ("LXGW WenKai", "", "fonts-lxgw-wenkai"),
    ("BabelStone Han", "", "fonts-babelstone-han"),
    ("HanaMinA", "", "fonts-hanazono"),
    ("HanaMinB", "", "fonts-hanazono"),
]


@dataclass(frozen=True)
class CheckResult:
    """One need: what it is, whether it is met, what was found, what to do when it is not."""

    name: str
    ok: bool
    detail: str
    remedy: str = ""

    def line(self) -> str:
        mark = _("好") if self.ok else _("差")
        line = _("%(mark)s  %(name)s：%(detail)s", mark=mark, name=self.name, detail=self.detail)
        return line if self.ok else _("%(line)s → %(remedy)s", line=line, remedy=self.remedy)


@click.command("check")
@with_appcontext
def check_command() -> None:
    """逐项检查这台机器，缺什么、怎么办，一行一项。"""
    results = list(all_checks(current_app.config))
    for result in results:
        click.echo(result.line())
    failed = sum(not result.ok for result in results)
    if failed:
        click.echo(_("%(n)s 项要处理", n=failed))
        raise SystemExit(1)
    click.echo(_("全部正常"))


def all_checks(config: Mapping[str, Any]) -> Iterator[CheckResult]:
    """Everything the program needs from the machine it runs on."""
    instance = Path(config["LINLI_INSTANCE"])
    yield check_python(sys.version_info[:3])
    if config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
        yield check_sqlite(sqlite_module().sqlite_version_info)
    yield check_library("Pango", PANGO, "libpango-1.0-0 libpangoft2-1.0-0")
    yield check_library("harfbuzz-subset", HARFBUZZ_SUBSET, "libharfbuzz-subset0")
    listing = font_listing()
    yield from (check_font(*font, listing) for font in FONTS)
    yield check_languages(ROOT / "translations")
    yield check_folder(instance)
    yield check_key(instance / "secret_key")
    yield check_clock(now())
    yield check_time_zone()
    yield check_disk(instance)
    yield check_https(config["SESSION_COOKIE_SECURE"], config["LINLI_DEMO"])
    yield check_proxy(config["LINLI_PROXY"])


def check_python(version: tuple[int, ...]) -> CheckResult:
    found = ".".join(map(str, version))
    return CheckResult(
        "Python", version >= MIN_PYTHON, found, _("请用 Python 3.11 或更新的版本重建 .venv")
    )


def check_sqlite(version: tuple[int, ...]) -> CheckResult:
    """An affected library still serves, with the slower journal; so this never fails alone."""
    journal = journal_mode(version)
    found = ".".join(map(str, version))
    if journal == "WAL":
        return CheckResult("SQLite", True, _("%(v)s，日志方式 WAL", v=found))
    detail = _("%(v)s 有 WAL 缺陷，改用较慢但安全的 DELETE 方式", v=found)
    return CheckResult("SQLite", True, detail)


def check_library(
    name: str, file: str, packages: str, load: Callable[[str], object] = ctypes.CDLL
) -> CheckResult:
    remedy = apt_install(packages)
    try:
        load(file)
    except OSError:
        return CheckResult(name, False, _("没有找到 %(file)s", file=file), remedy)
    return CheckResult(name, True, file)


def check_font(family: str, style: str, package: str, listing: str) -> CheckResult:
    """Look a font up in fontconfig's listing, one "families:style=styles" line per face."""
    name = _("字体 %(family)s", family=f"{family} {style}".strip())
    faces = (line.partition(":style=") for line in listing.splitlines())
    ok = any(
        family in families.split(",") and style in styles for families, _colon, styles in faces
    )
    return CheckResult(name, ok, _("已装") if ok else _("没有装"), apt_install(package))


def font_listing() -> str:
    """What fontconfig knows; empty when it is not installed, so that every font is missing."""
    program = shutil.which("fc-list")
    if program is None:
        return ""
    # S603: the program found on the path, fixed arguments.
    done = subprocess.run(  # noqa: S603
        [program, "--format", "%{family}:style=%{style}\n"],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout


def check_languages(folder: Path) -> CheckResult:
    """Whoever chooses a language whose words are not compiled would go on reading Chinese."""
    words = sorted(folder.glob("*/LC_MESSAGES/messages.po"))
    missing = [path.parts[-3] for path in words if not path.with_suffix(".mo").exists()]
    if missing:
        detail = _("%(languages)s 还没有编好，选了也还是中文", languages=listed(missing))
        return CheckResult(_("语言"), False, detail, "pybabel compile -d translations")
    return CheckResult(_("语言"), True, _("都编好了"))


def check_folder(instance: Path) -> CheckResult:
    name = _("数据文件夹")
    if not os.access(instance, os.W_OK | os.X_OK):
        remedy = _("把它的主人改成运行程序的用户：chown")
        return CheckResult(name, False, _("%(path)s 写不进去", path=instance), remedy)
    return _check_rights(name, instance, 0o700)


def check_key(path: Path) -> CheckResult:
    name = _("密钥")
    if not path.is_file():
        return CheckResult(name, False, _("没有 %(path)s", path=path), _("启动一次程序会自动生成"))
    if len(path.read_text().strip()) < MIN_KEY_CHARACTERS:
        remedy = _("删除它再启动程序，会生成新的；大家需要重新登录")
        return CheckResult(name, False, _("%(path)s 太短", path=path), remedy)
    return _check_rights(name, path, 0o600)


def _check_rights(name: str, path: Path, wanted: int) -> CheckResult:
    mode = stat.S_IMODE(path.stat().st_mode)
    detail = _("%(path)s 权限 %(mode)s", path=path, mode=f"{mode:04o}")
    return CheckResult(name, not mode & ~wanted, detail, f"chmod {wanted:o} {path}")


def check_clock(moment: datetime) -> CheckResult:
    ok = FIRST_SANE_YEAR <= moment.year <= LAST_SANE_YEAR
    detail = moment.strftime("%Y-%m-%d %H:%M")
    return CheckResult(_("时钟"), ok, detail, _("校准时间：timedatectl set-ntp true"))


def check_time_zone(load: Callable[[str], object] = ZoneInfo) -> CheckResult:
    name = _("时区资料")
    try:
        load("Asia/Shanghai")
    except ZoneInfoNotFoundError:
        return CheckResult(name, False, _("没有 Asia/Shanghai"), apt_install("tzdata"))
    return CheckResult(name, True, "Asia/Shanghai")


def check_disk(instance: Path, free_bytes: int | None = None) -> CheckResult:
    free = shutil.disk_usage(instance).free if free_bytes is None else free_bytes
    megabytes = free // 1_000_000
    remedy = _("至少留出 %(n)s MB：删去旧备份，或换大一些的磁盘", n=MIN_FREE_MB)
    return CheckResult(_("磁盘余量"), megabytes >= MIN_FREE_MB, _("%(n)s MB", n=megabytes), remedy)


def check_https(cookie_is_secure: bool, is_demo: bool, caddyfile: Path = CADDYFILE) -> CheckResult:
    """Tell which way in is in force, and whether Caddy and the program agree on it."""
    way = way_in(caddyfile)
    if cookie_is_secure and way == PLAIN:
        detail = _("LINLI_HTTPS=1，但 Caddy 只说 HTTP：大家登录不进去")
        remedy = _("换一个 Caddyfile，或去掉 LINLI_HTTPS，见 docs/https.md")
        return CheckResult("HTTPS", False, detail, remedy)
    if cookie_is_secure:
        named = {PUBLIC: _("公网域名"), INTERNAL: _("内网证书")}.get(way, _("由前面的代理提供"))
        return CheckResult("HTTPS", True, _("%(way)s，登录信息只经 HTTPS 传送", way=named))
    detail = _("明文 HTTP，登录信息在网络里可能被看到，手机没信号时打不开")
    if is_demo:
        detail = _("没有用（演示数据，无妨）")
    remedy = _("前面放 Caddy 并设 LINLI_HTTPS=1，见 docs/https.md")
    return CheckResult("HTTPS", is_demo, detail, remedy)


def check_proxy(is_told: bool, caddyfile: Path = CADDYFILE) -> CheckResult:
    """Tell whether the program learns who asks: behind Caddy everybody seems to be one machine."""
    name = _("访问者的地址")
    if is_told:
        return CheckResult(name, True, _("由前面的代理告诉"))
    if way_in(caddyfile) is None:
        return CheckResult(name, True, _("直接看得到"))
    detail = _("前面有 Caddy，却没有设 LINLI_PROXY=1：一个人输错密码，大家都要等")
    remedy = _("在 linli.service 里写 Environment=LINLI_PROXY=1，见 docs/https.md")
    return CheckResult(name, False, detail, remedy)


def way_in(caddyfile: Path) -> str | None:
    """Return which of the three files of ``deploy/`` Caddy serves; None where nobody can tell."""
    try:
        lines = [line.strip() for line in caddyfile.read_text(encoding="utf-8").splitlines()]
    except OSError:
        return None
    if not any("127.0.0.1:5000" in line for line in lines):
        return None
    if "tls internal" in lines:
        return INTERNAL
    return PLAIN if any(line.startswith("http://") for line in lines) else PUBLIC


def apt_install(packages: str) -> str:
    return f"sudo apt-get install -y {packages}"
