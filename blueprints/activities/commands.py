"""``flask activities …``: what a nightly timer does in this room."""

import click

from blueprints.activities import blueprint
from blueprints.activities.actions import tell_late
from core.db import db


@blueprint.cli.command("tell-late")
def tell_late_command() -> None:
    """Tell those who answer for activities whose record is overdue, each of them once."""
    told = tell_late()
    db.session.commit()
    click.echo(f"{told} 场活动的记录超期了。")
