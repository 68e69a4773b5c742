"""Who may call what. Each room's ``access.py`` answers for its own objects."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, ClassVar, Self, TypeVar

from flask import Flask, abort, current_app, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import BindParameter, Integer, Select, bindparam

from core.db import db

View = TypeVar("View", bound=Callable[..., Any])
T = TypeVar("T")

# The header of a request from a phone's outbox: the id of the person who wrote what it sends.
OUTBOX = "Outbox"

STUDENT, SECRETARY, MANAGER, MENTOR, ADMIN = ROLES = (
    "student",
    "secretary",
    "manager",
    "mentor",
    "admin",
)


@dataclass(frozen=True)
class Asker:
    """Whoever will ask, for a statement that is put together once and run for many people.

    The roles shape the statement; the person's id is filled in when it runs. A cache of such
    statements has the day in its key, for conditions may hold it.
    """

    roles: frozenset[str]
    id: ClassVar[BindParameter[int]] = bindparam("asker", type_=Integer)

    @classmethod
    def like(cls, user: Any) -> Self:
        """Return the asker that has a person's roles."""
        return cls(frozenset(user.roles))

    def has_role(self, *roles: str) -> bool:
        """Answer whether the person holds at least one of these roles."""
        return not self.roles.isdisjoint(roles)


def public(view: View) -> View:
    """Mark a view that needs no login. Every other view does."""
    view.public = True  # type: ignore[attr-defined]
    return view


def same_for_all(view: View) -> View:
    """Mark a file that is the same for everybody: no login, no session, kept by browsers."""
    view.same_for_all = True  # type: ignore[attr-defined]
    return public(view)


def is_same_for_all() -> bool:
    """Answer whether the request is for such a file."""
    return bool(request.endpoint) and endpoint_is("same_for_all")


def repeatable(view: View) -> View:
    """Mark a POST that may be sent again without harm and needs no submission id."""
    view.repeatable = True  # type: ignore[attr-defined]
    return view


def previews(view: View) -> View:
    """Mark a view whose form may ask, with a field ``preview``, only what would come of it.

    That saves nothing, so the form's submission id says nothing about it: the question may come
    in after the form itself.
    """
    view.previews = True  # type: ignore[attr-defined]
    return view


def asks_for_preview() -> bool:
    """Answer whether only a preview is wanted, and nothing is to be saved."""
    return "preview" in request.form and endpoint_is("previews")


def endpoint_is(mark: str) -> bool:
    """Answer whether the requested view carries a mark, or is no view at all."""
    view = current_app.view_functions.get(request.endpoint or "")
    return view is None or getattr(view, mark, False)


def roles_required(*roles: str) -> Callable[[View], View]:
    """Let only people with one of these roles call a view; others read 403."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> ResponseReturnValue:
            allow(current_user.has_role(*roles))
            return view(*args, **kwargs)

        return guarded  # type: ignore[return-value]

    return decorate


def allow(permitted: bool) -> None:
    """Stop with 403 unless permitted."""
    if not permitted:
        abort(403)


def one_or_404(visible: Select[tuple[T]]) -> T:
    """Load the one object that a room's ``…_visible_to`` select leaves; invisible is 404."""
    found = db.session.execute(visible).unique().scalar_one_or_none()
    if found is None:
        abort(404)
    return found


def init_app(app: Flask) -> None:
    """Require a login everywhere but at public views and static files."""
    app.before_request(require_login)
    same_for_all(app.view_functions["static"])


def require_login() -> ResponseReturnValue | None:
    # In this order: a static file is served without asking the database who wants it.
    if endpoint_is("public"):
        return None
    if not current_user.is_authenticated:
        if OUTBOX in request.headers:
            # What a phone sends cannot be led to a page.
            abort(401)
        return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
    if request.headers.get(OUTBOX, str(current_user.id)) != str(current_user.id):
        # What a phone kept is sent for the person who wrote it, or not at all.
        abort(401)
    return None
