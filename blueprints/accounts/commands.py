"""Commands around accounts, for whoever installs the server."""

import click
from flask import current_app
from flask_babel import gettext as _

from blueprints.accounts import blueprint
from blueprints.accounts.actions import invite, new_user, reopen, set_up_code
from blueprints.accounts.models import User
from blueprints.accounts.queries import anyone_registered, user_by_username
from core.access import ROLES
from core.db import db
from core.errors import RuleBroken

blueprint.cli.short_help = "账号。"


@blueprint.cli.command("add")
@click.argument("username")
@click.option("--name", required=True, help="姓名。")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice(ROLES))
def add(username: str, name: str, roles: tuple[str, ...]) -> None:
    """开一个账号 USERNAME，给出一次性的链接；密码由本人定。"""
    try:
        user = new_user(username, name, list(roles))
    except RuleBroken as error:
        raise click.ClickException(str(error)) from error
    show_link(user)


@blueprint.cli.command("invite")
@click.argument("username")
def invite_command(username: str) -> None:
    """给账号 USERNAME 一个新的一次性链接；停用了的先启用。唯一的书记忘了密码时用。"""
    user = user_by_username(username)
    if user is None:
        raise click.ClickException(_("没有账号 %(name)s", name=username))
    reopen(user)
    show_link(user)


def show_link(user: User) -> None:
    """Make a link, and show it where nobody but the machine's keeper looks."""
    secret = invite(user, None)
    db.session.commit()
    days = current_app.config["INVITATION_DAYS"]
    click.echo(_("%(days)s 天内打开这个链接定密码（前面加上网址）：", days=days))
    click.echo(f"/invitations/{secret}")


@blueprint.cli.command("setup-code")
def show_set_up_code() -> None:
    """还没有账号时，显示从别的电脑完成设置要用的启动码。"""
    if not anyone_registered():
        click.echo(_("首次设置的启动码：%(code)s", code=set_up_code()))
