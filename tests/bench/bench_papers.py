"""Certificates printed in process, against headless Chromium printing the same HTML."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import Flask
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from core.certificate import draw_certificate
from core.papers import CertificateContent
from core.photos import thumbnail_name
from core.press import print_drawn
from core.prints.growth import draw_growth
from core.prints.posted import draw_notice
from core.prints.report import draw_report
from core.sheet import Drawing
from core.svg import as_svg
from core.typeset import qr_rows
from tests.bench.paper_html import html_of
from tests.bench.table import Row, at_most
from tests.browsing import FLAGS, chromium_path
from tests.documents.contents import notice, public
from tests.documents.samples import growth, report


def certificates(count: int) -> list[CertificateContent]:
    """Certificates that differ as a real batch does: name, numbers, serial, check code."""
    names = ("方晓禾", "林一舟", "欧阳婆婆", "陶予安", "贺知夏", "顾长青", "单师傅", "翟怀信")
    return [
        CertificateContent(
            name=names[number % len(names)],
            reason=(
                f"2026年度参加“红色物业”志愿服务，认领并实现微心愿{number % 9 + 1}件，走访结对"
                f"邻里{number % 40 + 3}户次，服务时长{number + 26}小时，热心周到，深得居民好评"
            ),
            honour="年度优秀志愿者",
            issuer="安和物业（演示）",
            issued_on=date(2026, 12, 5),
            serial=f"荣字〔2026〕第{number + 1:04}号",
            check_code=f"K3Q{number:03}",
            verify_url=f"https://linli.example/v/K3Q{number:03}",
            demo=True,
        )
        for number in range(count)
    ]


def retyped(count: int) -> list[CertificateContent]:
    """One certificate after so many keystrokes: its words differ, its code does not."""
    (first,) = certificates(1)
    return [replace(first, reason=f"{first.reason}{'很' * number}") for number in range(count)]


@contextmanager
def warm_browser() -> Iterator[Page]:
    """A Chromium page that has already printed once."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        page = browser.new_page()
        try:
            yield page
        finally:
            browser.close()


def print_in_chromium(page: Page, html: str) -> bytes:
    """Load the HTML and print it, backgrounds included."""
    page.set_content(html)
    return page.pdf(prefer_css_page_size=True, print_background=True)


def _median(
    work: Callable[[], object], times: int, clock: Callable[[], float] = time.perf_counter
) -> float:
    """The middle of so many times, in milliseconds."""
    spent = []
    for _ in range(times):
        start = clock()
        work()
        spent.append((clock() - start) * 1000)
    return statistics.median(spent)


def rows() -> list[Row]:
    """Certificates and long papers, both sides warm, in turns on the same machine."""
    app = Flask(__name__)
    with TemporaryDirectory() as folder, warm_browser() as page, app.app_context():
        app.config["LINLI_INSTANCE"] = folder
        photos = [_photo(Path(folder), number) for number in range(24)]
        return [
            _row(page, what, contents, draw, most, times)
            for what, contents, draw, most, times in (
                ("one certificate", certificates(1), draw_certificate, 0.2, 15),
                ("100 certificates, one PDF", certificates(100), draw_certificate, 0.5, 3),
                ("a month's report, 24 photos", [report(photos)], draw_report, 1, 5),
                ("a growth file of 40 pages", [growth(1150)], draw_growth, 1, 3),
            )
        ] + [
            _preview_row(what, contents, draw)
            for what, contents, draw in (
                ("a certificate", retyped(60), draw_certificate),
                (
                    "a notice",
                    [notice(matter=public(f"清洗水箱{n}次。")) for n in range(60)],
                    draw_notice,
                ),
                (
                    "a report",
                    [report(photos, summary=(f"走访{n}次。",)) for n in range(60)],
                    draw_report,
                ),
            )
        ]


def _row(
    page: Page,
    what: str,
    contents: Sequence[Any],
    draw: Callable[[Any], Drawing],
    most: float,
    times: int,
) -> Row:
    html = html_of([draw(content) for content in contents])
    size = len(print_drawn(contents, draw)) / 1024
    print_in_chromium(page, html)
    ours = _median(lambda: _print_afresh(contents, draw), times)
    theirs = _median(lambda: print_in_chromium(page, html), times)
    return at_most(f"{what}, {size:.0f} kB (Chromium)", ours, theirs, most)


def _preview_row(what: str, contents: Sequence[Any], draw: Callable[[Any], Drawing]) -> Row:
    """A page beside its form, drawn after a keystroke, against the PDF; no text is seen twice."""
    drawn, printed = iter(contents), iter(contents[::-1])
    preview = _median(
        lambda: as_svg(draw(next(drawn)), "样子"), len(contents) // 2, time.process_time
    )
    whole = _median(
        lambda: _print_afresh([next(printed)], draw), len(contents) // 2, time.process_time
    )
    return at_most(f"{what}'s preview after a keystroke (its PDF)", preview, whole, 0.3)


def _print_afresh(contents: Sequence[Any], draw: Callable[[Any], Drawing]) -> bytes:
    """Print as papers never seen before: each has a code of its own."""
    qr_rows.cache_clear()
    return print_drawn(contents, draw)


def _photo(folder: Path, number: int) -> str:
    """A picture of noise, which compresses as badly as leaves do."""
    name = f"{number}.jpg"
    path = folder / "photos" / thumbnail_name(name)
    path.parent.mkdir(exist_ok=True)
    Image.effect_noise((480, 360), 60).convert("RGB").save(path, quality=80)
    return name
