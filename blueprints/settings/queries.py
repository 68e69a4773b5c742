"""Reading the settings, the audit trail and the backups."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from types import SimpleNamespace

from flask import current_app
from sqlalchemy import Select, func, select

from blueprints.accounts.models import User
from core.audit import AuditEntry
from core.clock import SHANGHAI, local, now
from core.db import db
from core.settings import DEFAULTS, fingerprint, setting

LATE_AFTER = timedelta(days=2)


@dataclass(frozen=True)
class BackupFile:
    """One archive in the instance's backup folder."""

    name: str
    made_at: datetime
    size: int

    @property
    def is_old(self) -> bool:
        """Answer whether two nights have passed without a newer one."""
        return now() - self.made_at > LATE_AFTER


def company_settings() -> SimpleNamespace:
    """Return all settings as attributes, with a ``version`` that changes when any of them does."""
    values = {name: setting(name) for name in DEFAULTS}
    return SimpleNamespace(**values, version=fingerprint(values))


def calendar_of(year: int) -> SimpleNamespace:
    """Return one year's calendar as attributes, with the other years beside it and a version."""
    holidays, workdays = setting("holidays"), setting("workdays")
    checked = setting("calendar_checked_years")
    return SimpleNamespace(
        holidays=[day for day in holidays if day.startswith(f"{year}-")],
        workdays=[day for day in workdays if day.startswith(f"{year}-")],
        is_checked=year in checked,
        all_holidays=holidays,
        all_workdays=workdays,
        checked_years=checked,
        version=fingerprint({"holidays": holidays, "workdays": workdays, "checked": checked}),
    )


def audit_entries(
    person: int | None = None, kind: str | None = None, day: date | None = None
) -> Select[tuple[AuditEntry]]:
    """Return the audit trail, the newest first: of a person, a kind of object, a day."""
    entries = select(AuditEntry).order_by(AuditEntry.id.desc())
    if person:
        entries = entries.where(AuditEntry.user_id == person)
    if kind:
        entries = entries.where(AuditEntry.object_type == kind)
    if day:
        begin = datetime.combine(day, time(), SHANGHAI)
        entries = entries.where(AuditEntry.at >= begin, AuditEntry.at < begin + timedelta(days=1))
    return entries


def entries_up_to(most: int) -> int:
    """Return how many entries there are, but never more than ``most``."""
    some = select(AuditEntry.id).limit(most).subquery()
    return db.session.scalar(select(func.count()).select_from(some)) or 0


def names_of_users() -> dict[int, str]:
    """Return everybody who has or had an account, by id."""
    return {row.id: row.name for row in db.session.execute(select(User.id, User.name))}


def backups() -> list[BackupFile]:
    """Return the archives that were made on this machine, the newest first."""
    found = [backup_file(path) for path in backup_folder().glob("*.tar*") if path.is_file()]
    return sorted(found, key=lambda file: file.made_at, reverse=True)


def backup_folder() -> Path:
    """Return where the nightly timer and every upgrade put their archives."""
    return Path(current_app.config["LINLI_INSTANCE"]) / "backups"


def backup_file(path: Path) -> BackupFile:
    status = path.stat()
    return BackupFile(
        path.name, local(datetime.fromtimestamp(status.st_mtime, UTC)), status.st_size
    )
