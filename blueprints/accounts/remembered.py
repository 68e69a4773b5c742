"""Which accounts a device has logged in to before, in a signed cookie that logout leaves."""

from datetime import timedelta

from flask import Response, current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

COOKIE = "linli_device"
REMEMBERED_FOR = timedelta(days=365)
MOST = 5


def serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key, salt="known-device")


def known_usernames() -> list[str]:
    try:
        return serializer().loads(request.cookies.get(COOKIE, ""))
    except BadSignature:
        return []


def is_known_device(username: str) -> bool:
    """Answer whether this account has logged in from this device before."""
    return username in known_usernames()


def remember_device(response: Response, username: str) -> Response:
    """Note a login on the device."""
    names = [username, *(name for name in known_usernames() if name != username)][:MOST]
    response.set_cookie(
        COOKIE,
        serializer().dumps(names),
        max_age=REMEMBERED_FOR,
        httponly=True,
        samesite="Lax",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        path="/login",
    )
    return response
