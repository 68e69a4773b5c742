"""The second step of a login: a code of the moment from the person's own phone (TOTP, RFC 6238)."""

import hmac
import unicodedata
from datetime import timedelta

from flask import session
from sqlalchemy import select, update

from blueprints.accounts.models import SecondStep, User
from core.clock import now
from core.db import db
from core.settings import setting

SECONDS = 30
# A phone's clock may be a little off, and typing takes a while.
STEPS_OFF = (0, -1, 1)
# How long a password that was right waits for its code.
HALF_WAY = timedelta(minutes=10)
KEY = "half_logged_in"


def new_secret() -> str:
    import pyotp

    return pyotp.random_base32()


def enrolment(secret: str, username: str) -> str:
    """Return the address that an authenticator app reads from a QR code."""
    import pyotp

    issuer = setting("company_name") or "Linli"
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=issuer)


def step_of(secret: str, code: str) -> int | None:
    """Return the time step whose code this is, or None when it is no code of this moment."""
    import pyotp

    typed = "".join(unicodedata.normalize("NFKC", code).split())
    totp, present = pyotp.TOTP(secret), int(now().timestamp()) // SECONDS
    for step in (present + off for off in STEPS_OFF):
        if hmac.compare_digest(totp.generate_otp(step).encode(), typed.encode()):
            return step
    return None


def second_step(user_id: int) -> SecondStep | None:
    return db.session.get(SecondStep, user_id)


def turn_on(user: User, secret: str, step: int) -> None:
    """Ask for a code from the next login on; the code that proved the phone opens nothing more."""
    db.session.add(SecondStep(user_id=user.id, secret=secret, last_used=step))


def turn_off(user: User) -> None:
    found = second_step(user.id)
    if found:
        db.session.delete(found)


def accepts(user_id: int, code: str) -> bool:
    """Answer whether this is the person's code of the moment, and use it up."""
    secret = db.session.scalar(select(SecondStep.secret).where(SecondStep.user_id == user_id))
    step = step_of(secret, code) if secret else None
    if step is None:
        return False
    # One statement: of two who send the same code at once, one gets in.
    used = db.session.execute(
        update(SecondStep)
        .where(SecondStep.user_id == user_id, SecondStep.last_used < step)
        .values(last_used=step)
    )
    return used.rowcount == 1


def wait_for_code(user: User) -> None:
    """Note on this device that the password was right; without the code it opens nothing."""
    session[KEY] = [user.id, int((now() + HALF_WAY).timestamp())]


def half_logged_in() -> User | None:
    """Return whose password was right on this device a moment ago."""
    user_id, until = session.get(KEY, [0, 0])
    user = db.session.get(User, user_id) if now().timestamp() < until else None
    return user if user and user.is_active else None
