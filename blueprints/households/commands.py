"""Reading a ledger in from the command line, with the same code as the page."""

from pathlib import Path

import click
from flask_babel import gettext as _

from blueprints.households.estate_queries import estate_named
from blueprints.households.ledger_import import store
from blueprints.households.ledger_plan import Plan, plan_import
from core.cli import import_commands
from core.db import db
from core.sheets import WorkbookError

STATUSES = ("error", "duplicate", "near_duplicate")


@import_commands.command("households")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--estate", default="", help="Which estate the ledger is of, unless it says so.")
@click.option("--commit", is_flag=True, help="Store the good rows; without it nothing changes.")
def import_households(file: Path, estate: str, commit: bool) -> None:
    """Read a household ledger in; buildings must be registered before."""
    try:
        plan = plan_import(file, estate=estate)
    except WorkbookError as error:
        raise click.ClickException(str(error)) from None
    tell(plan)
    if not commit or not plan.new:
        click.echo(_("没有改动。加上 --commit 才会存。") if plan.new else _("没有新的住户。"))
        return
    done = store(
        plan,
        {},
        estate_id=estate_named(plan.new[0].record.estate).id,
        file_name=file.name,
        data=file.read_bytes(),
        by=None,
        consented_on=None,
    )
    db.session.commit()
    click.echo(_("导入了 %(count)s 户。", count=done.counts["imported"]))


def tell(plan: Plan) -> None:
    """Print the counts, and each row that stays out with its reason."""
    words = _(
        "共 %(rows)s 行：新 %(new)s，已有 %(already)s，重复 %(duplicate)s，"
        "疑似重复 %(near_duplicate)s，有错 %(error)s，空行 %(blank)s。",
        **plan.counts,
    )
    click.echo(words)
    for status in STATUSES:
        for row in plan.preview.rows_with(status):
            click.echo(_("第 %(row)s 行：%(reason)s", row=row.number, reason=row.reason))
