"""``flask visits …``: what a nightly timer does in this room."""

import click

from blueprints.visits import blueprint
from blueprints.visits.nightly import remind
from core.db import db

blueprint.cli.help = "走访。"


@blueprint.cli.command("remind")
def remind_command() -> None:
    """提醒快到日子和过了日子的答应的事。每晚运行。"""
    due = remind()
    db.session.commit()
    click.echo(f"{len(due)} 件答应的事快到或过了日子，都提醒过了。")
