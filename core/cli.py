"""Commands that concern the whole instance; rooms bring their own."""

import click
from flask import Flask
from flask.cli import AppGroup

from core import maintenance
from core.audit import first_broken_entry
from core.check import check_command

audit_commands = AppGroup("audit", help="审计记录。")
# Rooms that read the office's ledgers add their commands to this group.
import_commands = AppGroup("import", help="导入台账。")


def init_app(app: Flask) -> None:
    """Register the commands of the foundations."""
    app.cli.add_command(audit_commands)
    app.cli.add_command(import_commands)
    app.cli.add_command(check_command)
    maintenance.init_app(app)


@audit_commands.command("verify")
def verify_audit() -> None:
    """核对审计记录的哈希链；断了就以 1 退出，并说断在哪一条。"""
    broken = first_broken_entry()
    if broken is not None:
        raise click.ClickException(f"审计记录第 {broken} 条被改动过。")
    click.echo("审计记录完整。")
