"""``flask wishes …``: what a nightly timer does in this room."""

import click

from blueprints.wishes import blueprint
from blueprints.wishes.actions import release_late
from core.clock import today
from core.db import db


@blueprint.cli.command("release-late")
def release_late_command() -> None:
    """Put wishes whose claims are late back on the wall."""
    released = release_late(today())
    db.session.commit()
    click.echo(f"{len(released)} 个心愿到期没办成，已回到待认领。")
