"""``flask wishes …``: what a nightly timer does in this room."""

import click

from blueprints.wishes import blueprint
from blueprints.wishes.nightly import release_late, remind
from core.db import db


@blueprint.cli.command("remind")
def remind_command() -> None:
    """Remind of claims that are due soon or late."""
    due = remind()
    db.session.commit()
    click.echo(f"{len(due)} 个认领快到期或超期，都提醒过了。")


@blueprint.cli.command("release-late")
def release_late_command() -> None:
    """Put wishes whose claims are late beyond the days of grace back on the wall."""
    released = release_late()
    db.session.commit()
    click.echo(f"{len(released)} 个心愿到期没办成，已回到待认领。")
