"""The audit trail as a workbook, in the words of its page."""

from collections.abc import Iterator

from flask import Response
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from blueprints.settings import blueprint, queries
from blueprints.settings.access import office_only
from blueprints.settings.routes import audit_filter, entries_for
from blueprints.settings.trail import Change, Line, lines
from core.exports import Column, in_batches, send_list


def told(change: Change) -> str:
    """Return a change as one phrase: what was before, what is now, as far as one may know."""
    known = [side for side in (change.before, change.after) if side is not None]
    return f"{change.field}：{' → '.join(known)}" if known else change.field


TRAIL: list[Column[Line]] = [
    Column(_l("什么时候"), lambda line: line.at),
    Column(_l("谁"), lambda line: line.who),
    Column(_l("做了什么"), lambda line: line.action),
    Column(_l("内容"), lambda line: line.subject),
    Column(_l("改了哪些"), lambda line: "；".join(map(told, line.changes))),
]


@blueprint.get("/settings/audit.xlsx")
@office_only
def export_audit() -> Response:
    """Hand out the audit trail, filtered as its page."""
    return send_list("audit_entry", _("审计记录"), TRAIL, trail())


def trail() -> Iterator[Line]:
    people = queries.names_of_users()
    for batch in in_batches(entries_for(audit_filter(people))):
        yield from lines(current_user, batch, people)
