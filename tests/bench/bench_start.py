"""How quickly a process is there, and how much memory one keeps after printing."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from statistics import median
from tempfile import TemporaryDirectory

from core.config import ROOT
from tests.bench.table import Row, at_most, limit

TIMES = 5
MOST, MOST_MB = 4.0, 200
FLASK = "import flask"
FIRST_ANSWER = """
from app import create_app
app = create_app({"LINLI_INSTANCE": %r})
assert app.test_client().get("/login").status_code in (200, 303)
"""
# Weighs a fresh worker before and after a hundred certificates.
WORKER = """
import json, sys
from app import create_app
app = create_app({"LINLI_INSTANCE": %r})
early = "weasyprint" in sys.modules
def memory(what):
    lines = open("/proc/self/status").read().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(what)) / 1024
before = memory("VmRSS:")
from core.press import print_certificates
from tests.bench.bench_papers import certificates
with app.app_context():
    print_certificates(certificates(100))
print(json.dumps([early, before, memory("VmRSS:")]))
"""


def rows() -> list[Row]:
    """Start, memory, and that WeasyPrint waits until it is wanted."""
    with TemporaryDirectory(prefix="linli-bench-") as folder:
        prepare(folder)
        spent = [(cpu(FIRST_ANSWER % folder), cpu(FLASK)) for _turn in range(TIMES + 1)][1:]
        early, before, after = json.loads(run(WORKER % folder))
    ours, flask = (median(side) * 1000 for side in zip(*spent, strict=True))
    return [
        at_most("start to the first answer (import flask)", ours, flask, MOST),
        limit("memory of a worker after 100 certificates", after, MOST_MB, "MB"),
        Row(
            "memory of a worker that has just started",
            f"{before:.1f} MB",
            "–",
            None,
            "WeasyPrint not loaded",
            not early,
        ),
    ]


def prepare(folder: str) -> None:
    """Make an empty database, as an upgrade does before the server starts."""
    command = ["-m", "flask", "--app", "app", "upgrade"]
    subprocess.run(
        [sys.executable, *command],
        env={"LINLI_INSTANCE": folder},
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def cpu(code: str) -> float:
    """The CPU seconds of a process that runs this."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run(code)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return done.stdout
