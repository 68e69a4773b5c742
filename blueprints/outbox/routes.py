"""What a phone's outbox talks to: a fresh token, and a place for each photo."""

from flask import Response, abort, make_response, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from blueprints.outbox import blueprint
from core.access import one_or_404, repeatable
from core.db import db
from core.htmx import receipt
from core.photo_slots import fill, photos_to_come, slot_of
from core.photos import takes_photos

blueprint.add_app_template_global(photos_to_come, "photos_to_come")


@blueprint.get("/outbox/token")
def token() -> Response:
    """Give a page that has waited, or was opened without a network, the token of today."""
    response = make_response("", 204)
    response.headers["X-CSRFToken"] = generate_csrf()
    return response


@blueprint.post("/outbox/photos/<slot_id>")
@repeatable
@takes_photos
def take_photo(slot_id: str) -> ResponseReturnValue:
    """Take one promised photo in; the same again is answered alike."""
    slot = one_or_404(slot_of(current_user.id, slot_id))
    file = request.files.get("photo") or abort(400)
    if slot.arrival is None:
        fill(slot, file, current_user.id)
    answer = receipt(f"/outbox/photos/{slot.id}", slot.arrival.at)
    db.session.commit()
    return answer
