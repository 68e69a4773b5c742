"""``flask demo``: fill an empty database with a made-up company, alive and ready to look at."""

import time

import click
from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import inspect, select

from blueprints.accounts.models import ROLE_NAMES, User
from blueprints.demo import blueprint
from blueprints.demo.bulk import add_households
from blueprints.demo.tale import tell
from blueprints.households.models import Estate
from core.config import mark_as_demo
from core.db import db
from core.demo_accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from core.errors import RuleBroken
from core.maintenance import migrate, told_plainly


class DatabaseNotEmpty(RuleBroken):
    """Made-up people must never stand among real ones."""

    def __str__(self) -> str:
        return _("这个数据库里已经有数据了，没有动它。演示数据只放进空的数据库。")


@blueprint.cli.command("demo")
@click.option(
    "--households", default=0, metavar="N", help="另加 N 户和每户 10 次走访，试大数据量。"
)
@told_plainly
def demo(households: int) -> None:
    """往空的数据库里放演示数据（人物、门牌、电话全是编的）；有数据的不动。"""
    began = time.monotonic()
    fill(households)
    accounts = told_accounts()
    mark_as_demo(current_app.config, accounts)
    click.echo(accounts)
    seconds = round(time.monotonic() - began)
    click.echo(_("演示数据装好了，用了 %(seconds)s 秒。", seconds=seconds), err=True)


def fill(households: int) -> None:
    """Load all of it in one transaction. Raises DatabaseNotEmpty."""
    if not inspect(db.engine).has_table(User.__tablename__):
        migrate()
    if any(db.session.scalar(select(table.id).limit(1)) for table in (User, Estate)):
        raise DatabaseNotEmpty
    story = tell()
    if households:
        add_households(story, households)
    db.session.commit()


def told_accounts() -> str:
    """Return who can log in and how, a line each."""
    people = [
        f"  {username:<6} {name}  {ROLE_NAMES[role]}" for username, name, role in DEMO_ACCOUNTS
    ]
    return "\n".join([_("密码都是 %(password)s", password=DEMO_PASSWORD), *people])
