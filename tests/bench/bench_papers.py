"""Certificates printed in process, against headless Chromium printing the same HTML."""

from __future__ import annotations

import base64
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from urllib.parse import quote

from markupsafe import escape
from playwright.sync_api import Page, sync_playwright

from core.certificate import draw_certificate
from core.fonts import TITLE, TITLE_FILE
from core.marks import Line, Squares
from core.ornament import HEIGHT, WIDTH, as_svg, certificate_border
from core.papers import CertificateContent
from core.press import print_certificates
from core.sheet import Page as SheetPage
from core.typeset import measure
from tests.bench.table import Row, at_most
from tests.browsing import FLAGS, chromium_path


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


def html_of(contents: list[CertificateContent]) -> str:
    """The same pages for a browser: every line at its place, QR code and border as SVG."""
    font = base64.b64encode(TITLE_FILE.read_bytes()).decode()
    border = quote(as_svg(certificate_border()))
    style = f"""
        @font-face {{ font-family: "{TITLE.family}"; src: url(data:font/ttf;base64,{font}) }}
        @page {{ size: {WIDTH}mm {HEIGHT}mm; margin: 0 }} body, p {{ margin: 0 }}
        section {{ position: relative; width: {WIDTH}mm; height: {HEIGHT}mm; break-after: page;
          background: url("data:image/svg+xml,{border}") 0 0 / 100% no-repeat }}
        p {{ position: absolute; margin-top: -.37em; white-space: nowrap }} svg {{ position: absolute }}
        """
    pages = "".join(
        _section(page) for content in contents for page in draw_certificate(content).pages
    )
    return f'<html lang="zh-Hans"><style>{style}</style><body>{pages}</body></html>'


def _section(page: SheetPage) -> str:
    lines = "".join(_paragraph(mark) for mark in page.marks if isinstance(mark, Line))
    codes = "".join(
        f'<svg style="left:{code.x}mm;top:{code.y}mm;width:{code.side * len(code.rows)}mm" '
        f'viewBox="0 0 {len(code.rows)} {len(code.rows)}"><path d="{_modules(code.rows)}"/></svg>'
        for code in page.marks
        if isinstance(code, Squares)
    )
    return f"<section>{lines}{codes}</section>"


def _paragraph(line: Line) -> str:
    colour = "".join(f"{round(part * 255):02x}" for part in line.colour)
    natural = measure(line.text, line.face)
    gap = (line.pens[-1] + 1 - natural) / max(len(line.text) - 1, 1)
    return (
        f'<p style="left:{line.x}mm;top:{line.y}mm;font:{line.size}pt/0 {line.face.family};'
        f'letter-spacing:{gap:.4f}em;color:#{colour}">{escape(line.text)}</p>'
    )


def _modules(rows: tuple[bytes, ...]) -> str:
    return "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )


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


def _median(work: Callable[[], object], times: int) -> float:
    """The middle of so many wall times, in milliseconds."""
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        spent.append((time.perf_counter() - start) * 1000)
    return statistics.median(spent)


def rows() -> list[Row]:
    """One certificate and a hundred, both sides warm, in turns on the same machine."""
    table = []
    with warm_browser() as page:
        for what, count, most, times in (
            ("one certificate", 1, 0.2, 15),
            ("100 certificates, one PDF", 100, 0.5, 3),
        ):
            contents = certificates(count)
            html = html_of(contents)
            size = len(print_certificates(contents)) / 1024
            print_in_chromium(page, html)
            ours = _median(lambda c=contents: print_certificates(c), times)
            theirs = _median(lambda h=html: print_in_chromium(page, h), times)
            table.append(at_most(f"{what}, {size:.0f} kB (Chromium)", ours, theirs, most))
    return table
