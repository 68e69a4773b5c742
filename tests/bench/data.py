"""Two demo databases, one ten times the other, made once and kept under .tmp/bench."""

from __future__ import annotations

import gc
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask

from app import create_app
from core.config import ROOT

FEW, MANY = 2_000, 20_000
KEPT = ROOT / ".tmp" / "bench"
# What decides how the databases look: their tables and what fills them.
MADE_FROM = ("migrations/versions/*.py", "blueprints/demo/**/*.py", "blueprints/*/models.py")


def instance(households: int) -> Path:
    """The instance folder of a demo with so many more households and ten visits each."""
    folder = KEPT / f"{digest()}-{households}"
    if not folder.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        for old in KEPT.glob(f"*-{households}"):
            shutil.rmtree(old)
        fill(folder, households)
    return folder


def fill(folder: Path, households: int) -> None:
    """Fill a new instance; the folder gets its name only when that is done."""
    making = folder.with_suffix(".making")
    shutil.rmtree(making, ignore_errors=True)
    command = ["flask", "--app", "app", "demo", "--households", str(households)]
    subprocess.run(
        [sys.executable, "-m", *command],
        env=os.environ | {"LINLI_INSTANCE": str(making)},
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    making.rename(folder)


def digest() -> str:
    """A short digest of everything the databases are made from."""
    text = hashlib.sha256()
    for pattern in MADE_FROM:
        for path in sorted(ROOT.glob(pattern)):
            text.update(path.read_bytes())
    return text.hexdigest()[:12]


@contextmanager
def copy_of(households: int) -> Iterator[Path]:
    """A copy of an instance to write in."""
    with TemporaryDirectory(prefix="linli-bench-") as parent:
        folder = Path(parent) / "instance"
        shutil.copytree(instance(households), folder)
        yield folder


def app_on(folder: Path) -> Flask:
    """The application on one of the instances, its garbage collector as gunicorn.conf.py sets it."""
    app = create_app({"LINLI_INSTANCE": str(folder)})
    gc.collect()
    gc.freeze()
    return app
