"""``flask activities …``: what a nightly timer does in this room."""

import click

from blueprints.activities import blueprint
from blueprints.activities.actions import tell_late
from core.db import db

blueprint.cli.help = "活动。"


@blueprint.cli.command("tell-late")
def tell_late_command() -> None:
    """活动过了 10 个工作日还没记，提醒负责的人，各一次。每晚运行。"""
    told = tell_late()
    db.session.commit()
    click.echo(f"{told} 场活动的记录超期了。")
