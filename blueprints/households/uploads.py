"""A workbook between its preview and its confirmation: kept in the instance folder, briefly.

A ledger holds everybody's names and phones, so it is readable by this program only, under a
random name that belongs to who brought it, and gone after the import or after a day.
"""

import json
import os
import re
import secrets
import time
from dataclasses import dataclass
from pathlib import Path

from flask import current_app

KEPT_SECONDS = 24 * 60 * 60
VALID_KEY = re.compile(r"[0-9A-Za-z_-]{32}")


@dataclass(frozen=True)
class Upload:
    """What was brought: the file's own name, the estate chosen for it, its bytes."""

    name: str
    estate_id: int
    data: bytes


def folder() -> Path:
    path = Path(current_app.config["LINLI_INSTANCE"]) / "uploads"
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def path_of(user_id: int, key: str) -> Path:
    return folder() / f"{user_id}-{key}"


def keep(user_id: int, upload: Upload) -> str:
    """Store an upload for this person and return its key; forgotten ones are swept away."""
    sweep()
    key = secrets.token_urlsafe(24)
    header = json.dumps({"name": upload.name, "estate_id": upload.estate_id}).encode()
    descriptor = os.open(path_of(user_id, key), os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(header + b"\n" + upload.data)
    return key


def kept(user_id: int, key: str) -> Upload | None:
    """Return this person's upload; None when it is another's, used up or too old."""
    if not VALID_KEY.fullmatch(key) or not path_of(user_id, key).exists():
        return None
    header, _newline, data = path_of(user_id, key).read_bytes().partition(b"\n")
    return Upload(**json.loads(header), data=data)


def drop(user_id: int, key: str) -> None:
    path_of(user_id, key).unlink(missing_ok=True)


def sweep() -> None:
    """Delete uploads that nobody confirmed within a day."""
    for path in folder().iterdir():
        if path.stat().st_mtime < time.time() - KEPT_SECONDS:
            path.unlink(missing_ok=True)
