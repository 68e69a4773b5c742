"""Changes around accounts: logging in and out, inviting, closing."""

import hmac
import secrets
from datetime import timedelta
from pathlib import Path

from flask import current_app, request, session
from flask_babel import gettext as _
from flask_login import login_user
from sqlalchemy import delete, update

from blueprints.accounts.models import Invitation, LoginFailure, LoginSession, User, secret_hash
from blueprints.accounts.queries import logged_in, login_session, user_by_username
from blueprints.accounts.second_step import turn_off
from blueprints.accounts.signals import account_closed
from core.access import SECRETARY
from core.audit import record
from core.clock import now
from core.config import read_or_make_key
from core.db import db
from core.errors import RuleBroken
from core.logins import login_manager
from core.settings import change_setting

SEEN_STEP = timedelta(minutes=5)
SESSION_KEY = "_user_id"


class UsernameTaken(RuleBroken):
    def __str__(self) -> str:
        return _("这个账号名已经有人用了，换一个。")


@login_manager.user_loader
def load_user(token: str) -> User | None:
    """Return whose session this is, while it is alive, and note that it was used."""
    config = current_app.config
    found = logged_in(token, config["SESSION_IDLE"], config["SESSION_ABSOLUTE"])
    if found is None:
        return None
    user, session_id, seen_at = found
    if now() - seen_at > SEEN_STEP:
        note_use(session_id)
    user.session_token = token
    return user


def note_use(session_id: int) -> None:
    """Write the time of use outside the request's transaction: a GET's own changes nothing."""
    statement = update(LoginSession).where(LoginSession.id == session_id).values(seen_at=now())
    if request.method != "GET":
        # The request's own transaction already holds the write lock.
        db.session.execute(statement, execution_options={"synchronize_session": False})
        return
    with db.engine.begin() as connection:
        connection.execute(statement)


def begin_session(user: User) -> None:
    """Log the person in on this device, under a new token; earlier cookie keys go."""
    language = session.get("language")
    session.clear()
    if language:
        session["language"] = language
    token = secrets.token_urlsafe(32)
    db.session.add(
        LoginSession(
            token_hash=secret_hash(token),
            user_id=user.id,
            device=(request.user_agent.string or "")[:200],
            address=request.remote_addr or "",
        )
    )
    db.session.flush()
    user.session_token = token
    login_user(user)
    # The cookie itself may outlive the browser window; the session row decides.
    session.permanent = True
    record("login", user)


def end_session(user: User) -> None:
    """Log this device out; its token is dead even if the cookie was copied."""
    found = login_session(user.session_token)
    if found:
        found.revoked_at = now()
    record("logout", user)
    session.clear()


def end_other_sessions(user: User, keep: str | None = None) -> None:
    """Log the person out everywhere but on the device whose token is ``keep``."""
    statement = (
        update(LoginSession)
        .where(LoginSession.user_id == user.id, LoginSession.revoked_at.is_(None))
        .values(revoked_at=now())
    )
    if keep:
        statement = statement.where(LoginSession.token_hash != secret_hash(keep))
    db.session.execute(statement)


def expired_owner() -> int | None:
    """Return whose session the request's cookie was, if it ran out and was not revoked."""
    found = login_session(session.get(SESSION_KEY, ""))
    if found and found.revoked_at is None and found.user.is_active:
        return found.user_id
    return None


def note_failure(username: str) -> None:
    """Count a failed login; old ones are swept."""
    db.session.execute(delete(LoginFailure).where(LoginFailure.at < now() - timedelta(days=1)))
    db.session.add(LoginFailure(username=username[:80], address=request.remote_addr or ""))


def new_user(username: str, name: str, roles: list[str]) -> User:
    """Return a new account that has no password yet."""
    if user_by_username(username):
        raise UsernameTaken
    user = User(username=username, name=name, password_hash="")
    user.set_roles(roles)
    db.session.add(user)
    db.session.flush()
    return user


def invite(user: User, by: User | None) -> str:
    """Return the secret of a new one-time link for this person; older links die."""
    end_invitations(user)
    invitation, secret = Invitation.make(user, by, current_app.config["INVITATION_DAYS"])
    db.session.add(invitation)
    return secret


def end_invitations(user: User) -> None:
    """Let the links that this person has not used open nothing any more, for good."""
    db.session.execute(
        update(Invitation)
        .where(
            Invitation.user_id == user.id,
            Invitation.used_at.is_(None),
            Invitation.expires_at > now(),
        )
        .values(expires_at=now())
    )


def give_roles(user: User, roles: list[str]) -> None:
    """Set the roles. A link that was made for a lesser account does not open a secretary's."""
    if SECRETARY in roles and not user.has_role(SECRETARY):
        end_invitations(user)
    user.set_roles(roles)


def accept(invitation: Invitation, password: str) -> None:
    """Set the password and use the link up; every older session of the person ends.

    Who lost the phone that reckons the codes comes in this way, and sets it up anew.
    """
    invitation.used_at = now()
    turn_off(invitation.user)
    change_password(invitation.user, password)


def change_password(user: User, password: str, keep: str | None = None) -> None:
    """Set a password and end the sessions that were opened with the old one."""
    user.set_password(password)
    end_other_sessions(user, keep)


def close(user: User) -> None:
    """Close the account; its sessions and links are dead at once, and stay so."""
    user.closed_at = now()
    end_other_sessions(user)
    end_invitations(user)
    account_closed.send(user)


def reopen(user: User) -> None:
    user.closed_at = None


def set_up(company: str, branch: str, user: User, password: str) -> None:
    """Make the company, its branch and the first secretary."""
    change_setting("company_name", company)
    change_setting("branch_name", branch)
    change_setting("issuer_name", company)
    user.set_password(password)


def set_up_code() -> str:
    """Return the code that proves, from another machine, that one installed this instance."""
    return read_or_make_key(Path(current_app.config["LINLI_INSTANCE"]) / "setup_code", 6)


def is_set_up_code(code: str) -> bool:
    """Answer whether this is the code that the server shows when it starts."""
    return hmac.compare_digest(code.strip().encode(), set_up_code().encode())
