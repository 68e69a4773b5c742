"""Papers that are printed from an activity's page."""

from flask import Response
from flask_login import current_user

from blueprints.activities import blueprint
from blueprints.activities.printing import sign_in_sheet
from blueprints.activities.routes import kept_activity
from core.sending import pdf_answer


@blueprint.get("/activities/<int:activity_id>/sign-in.pdf")
def sign_in(activity_id: int) -> Response:
    """Print the 签到表. It has names on it, so it is for those who keep the activity."""
    activity = kept_activity(activity_id)
    return pdf_answer(sign_in_sheet(activity, current_user), f"签到表-{activity.title}")
