"""What the households' room does from the command line."""

import click
from flask_babel import gettext as _

from blueprints.households import blueprint, retention
from core.db import db

blueprint.cli.help = "住户。"


@blueprint.cli.command("retention")
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
def let_go(dry_run: bool) -> None:
    """清掉到期的走访记录文字和关爱类别；--dry-run 只看不清。"""
    found = retention.due() if dry_run else retention.let_go()
    if not dry_run:
        db.session.commit()
    words = (
        _(
            "会清掉：%(notes)s 条走访记录的文字，%(promises)s 条跟进，%(tags)s 条关爱类别，共 %(households)s 户。"
        )
        if dry_run
        else _(
            "清掉了：%(notes)s 条走访记录的文字，%(promises)s 条跟进，%(tags)s 条关爱类别，共 %(households)s 户。"
        )
    )
    told = {
        "notes": found.notes,
        "promises": found.promises,
        "tags": found.tags,
        "households": found.households,
    }
    click.echo(words % told)
