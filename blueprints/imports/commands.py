"""Reading a ledger in from the command line, with the same code as the page."""

import hashlib
from pathlib import Path

import click
from flask_babel import gettext as _

from blueprints.imports.actions import store
from blueprints.imports.ledger import LEDGERS, Job
from blueprints.imports.plans import Plan, plan_import
from blueprints.imports.uploads import Upload, sweep
from core.cli import import_commands
from core.db import db
from core.excel import read_workbook
from core.sheets import WorkbookError

STATUSES = ("error", "duplicate", "near_duplicate")


@import_commands.command("ledger")
@click.argument("kind")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--estate", default="", help="Which estate the ledger is of, unless it says so.")
@click.option("--commit", is_flag=True, help="Store the good rows; without it nothing changes.")
def import_ledger(kind: str, file: Path, estate: str, commit: bool) -> None:
    """导入一种台账 KIND：households、volunteers、visits、activities。"""
    read_in(kind, file, estate, commit)


@import_commands.command("households")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--estate", default="", help="Which estate the ledger is of, unless it says so.")
@click.option("--commit", is_flag=True, help="Store the good rows; without it nothing changes.")
def import_households(file: Path, estate: str, commit: bool) -> None:
    """导入住户台账 FILE；楼栋要先登记好。"""
    read_in("households", file, estate, commit)


@import_commands.command("forget-old")
def forget_old() -> None:
    """删去上传了一天还没有导入的台账。每晚运行。"""
    click.echo(_("清掉了 %(n)s 个旧的上传文件。", n=sweep()))


def read_in(kind: str, file: Path, estate: str, commit: bool) -> None:
    """Preview a ledger, and store its good rows when asked. Questions keep their defaults."""
    if kind not in LEDGERS:
        raise click.ClickException(_("没有这种台账：%(kind)s", kind=kind))
    ledger = LEDGERS[kind]
    try:
        sheets = read_workbook(file)
        scope = ledger.scope_named(estate) if estate else None
        plan = plan_import(ledger, sheets, name=file.name, scope=scope)
    except WorkbookError as error:
        raise click.ClickException(str(error)) from None
    tell(plan)
    if not commit or not plan.new:
        click.echo(_("没有改动。加上 --commit 才会存。") if plan.new else _("没有新的可以导入。"))
        return
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    upload = Upload(kind, file.name, digest, sheets, scope or ledger.scope_of(plan.new))
    done = store(plan, Job(by=None), upload)
    db.session.commit()
    click.echo(_("导入了%(amount)s。", amount=ledger.amount_of(done.counts["imported"])))


def tell(plan: Plan) -> None:
    """Print the counts, and each row that stays out with its reason."""
    words = _(
        "共 %(rows)s 行：新 %(new)s，有变化 %(changed)s，已有 %(already)s，重复 %(duplicate)s，"
        "疑似重复 %(near_duplicate)s，有错 %(error)s，空行 %(blank)s。",
        **plan.counts,
    )
    click.echo(words)
    for status in STATUSES:
        for row in plan.preview.rows_with(status):
            click.echo(_("第 %(row)s 行：%(reason)s", row=row.number, reason=row.reason))
