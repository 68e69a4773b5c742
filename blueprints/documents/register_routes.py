"""The register as a workbook for the office, and printed for the file."""

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from blueprints.documents import blueprint, queries
from blueprints.documents.exports import (
    filed_columns,
    paper_columns,
    register_page,
    send_page,
    workbook,
)
from blueprints.documents.routes import asked_for
from core.access import MANAGER, SECRETARY, roles_required
from core.audit import record_export
from core.db import db
from core.exports import filters


@blueprint.post("/documents/export")
@roles_required(SECRETARY, MANAGER)
def export() -> ResponseReturnValue:
    """Hand the register out, as far as one may read it and as it is narrowed down."""
    asked = asked_for()
    rows = list(db.session.scalars(queries.for_export(queries.register(current_user, asked))))
    record_export("document", len(rows), filters=filters())
    answer = workbook(_("登记簿"), paper_columns(), rows)
    db.session.commit()
    return answer


@blueprint.post("/documents/register.pdf")
@roles_required(SECRETARY, MANAGER)
def print_register() -> ResponseReturnValue:
    """Print the register, as far as one may read it and as it is narrowed down."""
    asked = asked_for()
    rows = list(db.session.scalars(queries.for_export(queries.register(current_user, asked))))
    record_export("document", len(rows), filters=filters())
    page = register_page(_("登记簿"), filed_columns(), rows)
    db.session.commit()
    return send_page(_("登记簿"), page)
