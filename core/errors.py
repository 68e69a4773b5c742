"""Errors named for the rule they protect, told in plain words, caught once."""

import errno
from http import HTTPStatus

from flask import Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from core.db import db


class RuleBroken(Exception):
    """A domain rule refused a change. ``str(error)`` tells a person why, in their language."""

    status = HTTPStatus.CONFLICT


class StaleForm(Exception):
    """Somebody saved this object after the form was opened."""

    def __init__(self, version: int, rows: list[tuple[str, str, str]]) -> None:
        super().__init__(version)
        self.version = version
        self.rows = rows


def init_app(app: Flask) -> None:
    """Answer every error with a page in plain words."""
    app.register_error_handler(RuleBroken, tell_rule)
    app.register_error_handler(StaleForm, show_both_versions)
    app.register_error_handler(StaleDataError, tell_lost_race)
    app.register_error_handler(OperationalError, tell_storage_trouble)
    app.register_error_handler(OverflowError, tell_nothing_there)
    app.register_error_handler(OSError, tell_file_trouble)
    app.register_error_handler(CSRFError, tell_expired_page)
    app.register_error_handler(HTTPException, tell_http_error)
    app.register_error_handler(Exception, tell_unexpected)


def page(status: int, **context: object) -> ResponseReturnValue:
    """Render the page of a status, or the general one where it has none."""
    known = status if status in (400, 403, 404, 409, 413, 429, 500) else 400
    return render_template(f"errors/{known}.html", **context), status


def tell_rule(error: RuleBroken) -> ResponseReturnValue:
    db.session.rollback()
    return page(error.status, message=str(error))


def show_both_versions(error: StaleForm) -> ResponseReturnValue:
    db.session.rollback()
    typed = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in ("csrf_token", "version")
    ]
    return page(409, rows=error.rows, typed=typed, version=error.version)


def tell_lost_race(_error: StaleDataError) -> ResponseReturnValue:
    db.session.rollback()
    return page(409, message=_("刚刚有人改过这一条，请返回再看一眼。"))


def tell_nothing_there(_error: OverflowError) -> ResponseReturnValue:
    """A number too large for the database, in an address or a form, belongs to nothing."""
    db.session.rollback()
    return page(404)


def tell_file_trouble(error: OSError) -> ResponseReturnValue:
    """A disk with no room for a file is told as plainly as one with none for the database."""
    if not comes_of_a_full_disk(error):
        return tell_unexpected(error)
    db.session.rollback()
    current_app.logger.error("%s at %s", error, request.path)
    return page(500, message=disk_is_full())


def comes_of_a_full_disk(error: Exception) -> bool:
    """Answer whether there was no room: for a file, or for a page of the database."""
    if isinstance(error, OperationalError):
        return "full" in str(error.orig)
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)


def disk_is_full() -> str:
    return _("磁盘满了，这次没有存上。以前存的都在。请告诉管理员腾出空间，再保存一次。")


def tell_storage_trouble(error: OperationalError) -> ResponseReturnValue:
    """A full disk or a locked database: say so, and that what was saved before is safe."""
    db.session.rollback()
    current_app.logger.error("%s at %s", error.orig, request.path)
    if comes_of_a_full_disk(error):
        message = disk_is_full()
    else:
        message = _("数据库正忙，这次没有存上。请过一会儿再保存一次。")
    return page(500, message=message)


def tell_expired_page(_error: CSRFError) -> ResponseReturnValue:
    return page(400, message=_("这一页放得太久了。请返回、刷新，再保存一次。"))


def tell_http_error(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error
    db.session.rollback()
    return page(error.code)


def tell_unexpected(error: Exception) -> ResponseReturnValue:
    if current_app.testing or current_app.debug:
        raise error
    current_app.logger.exception("unexpected error at %s", request.path)
    db.session.rollback()
    return page(500)
