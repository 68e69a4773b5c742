"""Two hundred random sequences of faults on a phone: what of the saved records is on the server."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.table import Row, limit, reported
from tests.browser.offline_faults import play

SEQUENCES = 200


def rows() -> list[Row]:
    """How many records were saved on the phone, and how many of them are lost or doubled."""
    with TemporaryDirectory() as folder:
        wrong, tried, records = play(0, SEQUENCES, Path(folder))
    told = ", ".join(f"{name} {count}" for name, count in sorted(tried.items()))
    return [
        reported(f"{SEQUENCES} random fault sequences on a phone ({told})", f"{records} records"),
        limit("… lost, doubled, or without their photos", len(wrong), 0, "records"),
    ]
