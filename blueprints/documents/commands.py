"""Commands about papers."""

from pathlib import Path

import click
from flask.cli import with_appcontext
from flask_babel import gettext as _

from blueprints.documents import blueprint
from blueprints.documents.kinds import DOCUMENT_KINDS
from blueprints.documents.models import Document
from blueprints.documents.verifying import NotAPdf, verdict_on
from core.day_words import format_date

blueprint.cli.short_help = "Papers that were issued."


@blueprint.cli.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def verify_command(file: Path) -> None:
    """核对 PDF 文件 FILE 是不是签发的那一份；不是就以 1 退出。"""
    try:
        verdict = verdict_on(file.read_bytes())
    except NotAPdf as error:
        raise click.ClickException(str(error)) from error
    if verdict.same and verdict.paper:
        click.echo(_("是签发的那一份：%(paper)s", paper=named(verdict.paper)))
        if verdict.paper.is_issued:
            return
        raise click.ClickException(_("但它已经作废：%(why)s", why=verdict.paper.void_reason))
    if verdict.paper:
        told = _(
            "不是签发的那一份，被改过或者重新存过。编号是 %(paper)s", paper=named(verdict.paper)
        )
        raise click.ClickException(told)
    raise click.ClickException(_("登记簿里没有这个文件。"))


def named(paper: Document) -> str:
    kind, day = DOCUMENT_KINDS[paper.kind], format_date(paper.dated_on)
    return f"{paper.serial} {kind} {paper.whom} {day}"
