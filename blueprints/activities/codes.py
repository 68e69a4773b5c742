"""签到码: what a QR code on site says, and how long it is good for. No place is looked at.

The one on the leader's phone changes every minute and is good for a few more, so that somebody
may log in first. The printed one is good on the activity's day only, from an hour before until an
hour after; the leader can make it worthless.
"""

import base64
import hashlib
import hmac
from datetime import timedelta

from flask import current_app, request, url_for

from blueprints.activities.models import Activity
from blueprints.activities.refusals import CodeExpired
from core.clock import now
from core.settings import setting

CHANGES_EVERY = 60  # seconds
GOOD_FOR = 5  # changes
AROUND = timedelta(hours=1)
PAPER = "paper"


def is_code_time(activity: Activity) -> bool:
    """Answer whether people may sign in and out on site now."""
    around = activity.starts_at - AROUND <= now() <= activity.ends_at + AROUND
    return around and activity.state != "cancelled"


def screen_code(activity: Activity) -> str:
    """Return the code of this minute."""
    return sealed(activity, str(this_minute()))


def paper_code(activity: Activity) -> str:
    """Return the code of the day, for printing."""
    return sealed(activity, PAPER)


def require_good(activity: Activity, code: str) -> None:
    """Raise CodeExpired unless the code is good here and now."""
    minutes = (str(this_minute() - ago) for ago in range(GOOD_FOR))
    known = [sealed(activity, said) for said in (PAPER, *minutes)]
    matches = [hmac.compare_digest(code.encode(), one.encode()) for one in known]
    if not any(matches) or not is_code_time(activity):
        raise CodeExpired


def this_minute() -> int:
    return int(now().timestamp()) // CHANGES_EVERY


def sealed(activity: Activity, said: str) -> str:
    """Return 80 bits that only this site can make; the activity's own key can be changed."""
    message = f"arrival/{activity.id}/{activity.code_key}/{said}"
    digest = hmac.new(current_app.secret_key.encode(), message.encode(), hashlib.sha256).digest()
    return base64.b32encode(digest[:10]).decode()


def link(activity: Activity, code: str) -> str:
    """Return the address behind the QR code, as phones reach this site."""
    root = setting("public_address") or request.url_root
    return root.rstrip("/") + url_for("activities.arrival", activity_id=activity.id, code=code)
