"""What people are told about their hours."""

from collections.abc import Collection

from flask import url_for
from flask_babel import lazy_gettext as _l

from blueprints.accounts.models import User
from blueprints.teams.access import entries_visible_to
from blueprints.teams.models import ServiceEntry
from core.db import db
from core.notices import Kind, Subject, about

ABOUT_HOURS = {
    "hours_confirmed": Kind("yes", _l("时长确认了")),
    "hours_rejected": Kind("undo", _l("时长被%(who)s退回了，看看为什么")),
}


@about("service_entry", ABOUT_HOURS)
def hours_in_notices(reader: User, ids: Collection[int]) -> dict[int, Subject]:
    """Return these lines of the ledger, as far as the reader may read them."""
    visible = entries_visible_to(reader).where(ServiceEntry.id.in_(ids))
    return {
        entry.id: Subject(entry.what, url_for("teams.entry", entry_id=entry.id))
        for entry in db.session.scalars(visible)
    }
