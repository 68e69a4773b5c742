"""The wishes behind a month's figure."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from blueprints.wishes import blueprint, queries
from blueprints.wishes.access import seen_by
from core.access import MANAGER, SECRETARY, STUDENT, roles_required
from core.dates import month_from
from core.paging import one_page


@blueprint.get("/wishes/fulfilled")
@roles_required(STUDENT, SECRETARY, MANAGER)
def fulfilled() -> ResponseReturnValue:
    """List the wishes that were made real in ``month``, as 2026-11."""
    month = request.args.get("month", type=month_from)
    if month is None:
        abort(404)
    page = one_page(queries.fulfilled_wishes(current_user, month))
    return render_template(
        "wishes/fulfilled.html", month=month, page=page, cards=seen_by(current_user, page.items)
    )
