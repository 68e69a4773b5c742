"""A process that starts loads what every request needs, and nothing else."""

import os
import subprocess
import sys
from pathlib import Path

from core.config import ROOT

# Each of these takes a noticeable part of the start, and most processes never use it.
ONLY_WHEN_USED = (
    "alembic",
    "openpyxl",
    "pypdfium2",
    "pypinyin",
    "segno",
    "uharfbuzz",
    "weasyprint",
)


def test_what_few_processes_need_is_loaded_when_it_is_used(tmp_path: Path) -> None:
    code = "import sys; from app import create_app; create_app(); print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"LINLI_INSTANCE": str(tmp_path)},
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    assert [name for name in ONLY_WHEN_USED if name in loaded] == []
