"""What every page carries: security headers, and a few words in templates."""

from flask import Flask, Response, request

from core.clock import local, today

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)


def init_app(app: Flask) -> None:
    """Add headers to every answer, and the helpers that templates use everywhere."""
    app.after_request(secure)
    app.jinja_env.globals.update(today=today, local=local)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def secure(response: Response) -> Response:
    """Close what a page does not need; pages about people stay out of every cache."""
    headers = response.headers
    headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "DENY"
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "geolocation=(), microphone=(), camera=(self)"
    if request.endpoint != "static":
        headers.setdefault("Cache-Control", "no-store")
    return response
