"""邻里 (Linli): what the application is made of, in the order it is put together."""

from collections.abc import Callable
from typing import Any

from flask import Flask
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

import core.config
from blueprints import all_blueprints
from core import access, cli, db, errors, htmx, i18n, pages, photos, submissions
from core.logins import login_manager


class Linli(Flask):
    """The application. No view and no hook of it is asynchronous."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function as it is: Flask looks into twenty of them for every page."""
        return func


def create_app(config: dict[str, Any] | None = None) -> Flask:
    """Build the application; ``config`` overrides what the environment says."""
    app = Linli(__name__, instance_path=None)
    app.config.from_mapping(core.config.from_environment() | (config or {}))
    core.config.complete(app.config)
    if app.config["LINLI_PROXY"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]

    blueprints = all_blueprints()
    db.init_app(app)
    i18n.init_app(app)
    login_manager.init_app(app)
    CSRFProtect(app)
    htmx.init_app(app)
    photos.init_app(app)
    access.init_app(app)
    submissions.init_app(app)
    errors.init_app(app)
    pages.init_app(app)
    for blueprint in blueprints:
        app.register_blueprint(blueprint)
    cli.init_app(app)
    return app
