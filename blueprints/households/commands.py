"""What the households' room does from the command line."""

import click
from flask_babel import gettext as _

from blueprints.households import blueprint, retention
from core.db import db
from core.photos import discard_photo, photo_folder

blueprint.cli.help = "住户。"


@blueprint.cli.command("retention")
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
def let_go(dry_run: bool) -> None:
    """清掉到期的走访文字、照片和关爱类别；--dry-run 只看不清。"""
    found, photos = (retention.due(), []) if dry_run else retention.let_go()
    if not dry_run:
        db.session.commit()
    for name in photos:
        discard_photo(name, photo_folder())
    telling = _("会清掉 %(households)s 户的：") if dry_run else _("清掉了 %(households)s 户的：")
    click.echo(telling % {"households": found.households})
    for what, count in found.pieces:
        click.echo(f"  {what} {count}")
