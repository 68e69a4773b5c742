"""``flask notices …``: what a nightly timer does in this room."""

import click

from blueprints.notices import blueprint
from core.db import db
from core.notices import forget_old

blueprint.cli.help = "消息。"


@blueprint.cli.command("forget-old")
def forget_old_command() -> None:
    """删去早就看过的消息。每晚运行。"""
    forgotten = forget_old()
    db.session.commit()
    click.echo(f"清掉了 {forgotten} 条旧消息。")
