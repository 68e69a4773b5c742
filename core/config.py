"""Configuration: defaults here, everything a site may change from the environment."""

import os
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
# A file of this name in the instance folder says that all its data is made up.
DEMO_MARK = "demo.txt"

DEFAULTS: dict[str, Any] = {
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "SESSION_COOKIE_NAME": "linli",
    # The session row has the time limits; the cookie need not be sent anew with every answer.
    "SESSION_REFRESH_EACH_REQUEST": False,
    # The token is tied to the session; a long visit form must not expire while it is typed.
    "WTF_CSRF_TIME_LIMIT": None,
    "MAX_CONTENT_LENGTH": 64 * 1024 * 1024,
    "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
    "BABEL_DEFAULT_LOCALE": "zh_Hans_CN",
    "BABEL_DEFAULT_TIMEZONE": "Asia/Shanghai",
    "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "translations"),
    "SESSION_IDLE": timedelta(hours=12),
    "SESSION_ABSOLUTE": timedelta(days=14),
    "INVITATION_DAYS": 7,
    # Addresses of static files carry a digest of their content.
    "SEND_FILE_MAX_AGE_DEFAULT": timedelta(days=365),
    "COMPRESS_ALGORITHM": ["br", "gzip"],
    "COMPRESS_ALGORITHM_STREAMING": ["br", "gzip"],
    # A tenth lighter than the fourth level, for a tenth of a millisecond.
    "COMPRESS_BR_LEVEL": 5,
}


def from_environment() -> dict[str, Any]:
    """Return the defaults with what the environment asks for.

    ``DATABASE_URL`` names another database than the instance's own SQLite file,
    ``LINLI_INSTANCE`` the folder for database, photos and key, ``LINLI_DEMO=1``
    marks a demo instance. ``LINLI_PROXY=1`` says that a proxy in front tells who asks, and
    ``LINLI_HTTPS=1`` that it speaks HTTPS as well.
    """
    instance = Path(os.environ.get("LINLI_INSTANCE", ROOT / "instance")).resolve()
    return DEFAULTS | {
        "LINLI_INSTANCE": str(instance),
        "LINLI_DEMO": os.environ.get("LINLI_DEMO") == "1",
        "LINLI_HTTPS": os.environ.get("LINLI_HTTPS") == "1",
        "LINLI_PROXY": os.environ.get("LINLI_PROXY") == "1",
        "SQLALCHEMY_DATABASE_URI": os.environ.get("DATABASE_URL"),
    }


def complete(config: dict[str, Any]) -> None:
    """Fill in what follows from the instance folder, and create the folder itself."""
    instance = Path(config["LINLI_INSTANCE"])
    instance.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not config.get("SQLALCHEMY_DATABASE_URI"):
        config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{instance / 'linli.db'}"
    if not config.get("SECRET_KEY"):
        config["SECRET_KEY"] = read_or_make_key(instance / "secret_key")
    config["SESSION_COOKIE_SECURE"] = config["LINLI_HTTPS"]
    config["LINLI_PROXY"] = config["LINLI_PROXY"] or config["LINLI_HTTPS"]
    config["LINLI_DEMO"] = config["LINLI_DEMO"] or (instance / DEMO_MARK).exists()


def mark_as_demo(config: dict[str, Any], accounts: str) -> None:
    """Remember that this instance holds made-up people, and who they are, for its next start."""
    (Path(config["LINLI_INSTANCE"]) / DEMO_MARK).write_text(accounts, encoding="utf-8")


def read_or_make_key(path: Path, size: int = 48) -> str:
    """Return the secret in ``path``; the first call makes it, readable by the owner only."""
    if not path.exists():
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(size))
    return path.read_text().strip()
