"""`make bench`: measure what is promised, print one table; not a test, a figure may miss.

Times of our own process are CPU times, and the two sides of a row take turns, so that other work
on the machine weighs on both alike. Name topics to measure only those: ``python -m tests.bench
start lists``.
"""

from __future__ import annotations

import sys
import time
from importlib import import_module

from tests.bench.table import Row, as_text

TOPICS = (
    "papers", "batch", "floor", "growth", "saving", "races", "import", "phone", "stairwell", "start",
)  # fmt: skip


def main(topics: list[str]) -> None:
    """Measure these topics, all without any; progress goes to stderr, the table to stdout."""
    rows: list[Row] = []
    for topic in topics or TOPICS:
        began = time.monotonic()
        print(f"{topic} …", end=" ", flush=True, file=sys.stderr)
        rows += import_module(f"tests.bench.bench_{topic}").rows()
        print(f"{time.monotonic() - began:.0f} s", file=sys.stderr)
    print(as_text(rows))


if __name__ == "__main__":
    main(sys.argv[1:])
