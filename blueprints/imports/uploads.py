"""A workbook between its upload and its confirmation: kept in the instance folder, briefly.

A ledger holds everybody's names and phones, so it is readable by this program only, under a
random name that belongs to who brought it. It is gone after the import; after a day nobody may
read it, and the next night's round deletes it. Only its cells are kept, in a form that is read
again much faster than the workbook.
"""

import json
import os
import re
import secrets
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from flask import current_app

from blueprints.imports.reading import Said
from core.sheets import Sheet, packed, unpacked

KEPT_SECONDS = 24 * 60 * 60
VALID_KEY = re.compile(r"[0-9A-Za-z_-]{32}")


@dataclass
class Upload:
    """What was brought, and what was said about it so far.

    ``used`` uploads were read in; they stay a while for the sake of their faulty rows.
    """

    kind: str
    name: str
    file_hash: str
    sheets: tuple[Sheet, ...]
    scope: int | None = None
    said: dict[str, Said] = field(default_factory=dict)
    used: bool = False


def folder() -> Path:
    path = Path(current_app.config["LINLI_INSTANCE"]) / "uploads"
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def path_of(user_id: int, key: str, part: str) -> Path:
    """Return where a part of an upload lies: its cells, what was said of it, how far it is."""
    return folder() / f"{user_id}-{key}.{part}"


def keep(user_id: int, upload: Upload) -> str:
    """Store an upload for this person and return its key; forgotten ones are swept away."""
    sweep()
    key = secrets.token_urlsafe(24)
    write(path_of(user_id, key, "cells"), packed(upload.sheets))
    note(user_id, key, upload)
    return key


def note(user_id: int, key: str, upload: Upload) -> None:
    """Store what was said about an upload."""
    about = {
        "kind": upload.kind,
        "name": upload.name,
        "file_hash": upload.file_hash,
        "scope": upload.scope,
        "said": {sheet: asdict(said) for sheet, said in upload.said.items()},
        "used": upload.used,
    }
    write(path_of(user_id, key, "about"), json.dumps(about, ensure_ascii=False))


def write(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)


def kept(user_id: int, key: str) -> Upload | None:
    """Return this person's upload; None when it is another's, gone or too old."""
    if not VALID_KEY.fullmatch(key) or is_old(path_of(user_id, key, "cells")):
        return None
    about = json.loads(path_of(user_id, key, "about").read_text(encoding="utf-8"))
    said = {sheet: said_from(words) for sheet, words in about.pop("said").items()}
    sheets = unpacked(path_of(user_id, key, "cells").read_text(encoding="utf-8"))
    return Upload(**about, said=said, sheets=sheets)


def said_from(words: Mapping[str, Any]) -> Said:
    fields = {int(column): name for column, name in words["fields"].items()}
    return Said(words["header_row"], fields)


def tell(user_id: int, key: str, done: int, total: int) -> None:
    """Note how far the storing is, for the page that waits."""
    write(path_of(user_id, key, "progress"), f"{done}/{total}")


def progress(user_id: int, key: str) -> tuple[int, int]:
    """Return (done, total); (0, 0) before anything began."""
    path = path_of(user_id, key, "progress")
    if not VALID_KEY.fullmatch(key) or not path.exists():
        return 0, 0
    done, _slash, total = path.read_text(encoding="utf-8").partition("/")
    return int(done or 0), int(total or 0)


def drop(user_id: int, key: str) -> None:
    for part in ("cells", "about", "progress"):
        path_of(user_id, key, part).unlink(missing_ok=True)


def is_old(path: Path) -> bool:
    """Answer whether a file has had its day, or is gone already."""
    try:
        return path.stat().st_mtime < time.time() - KEPT_SECONDS
    except FileNotFoundError:
        return True


def sweep() -> int:
    """Delete uploads that nobody confirmed within a day; return how many files."""
    old = [path for path in folder().iterdir() if is_old(path)]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
