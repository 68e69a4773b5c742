"""``flask wishes …``: what a nightly timer does in this room."""

import click

from blueprints.wishes import blueprint
from blueprints.wishes.nightly import release_late, remind
from core.db import db

blueprint.cli.help = "微心愿。"


@blueprint.cli.command("remind")
def remind_command() -> None:
    """提醒快到期和超期的认领。每晚运行。"""
    due = remind()
    db.session.commit()
    click.echo(f"{len(due)} 个认领快到期或超期，都提醒过了。")


@blueprint.cli.command("release-late")
def release_late_command() -> None:
    """超期太久的认领退回心愿墙。每晚运行。"""
    released = release_late()
    db.session.commit()
    click.echo(f"{len(released)} 个心愿到期没办成，已回到待认领。")
