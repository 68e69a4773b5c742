"""A tiny application that shows every part of the design language, for the browser tests.

Run by hand to look at it: ``python -m tests.browser.style_guide`` serves on 127.0.0.1:5055.
"""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from flask import Flask, abort, flash, g, render_template, request
from flask_babel import Babel, gettext
from flask_wtf import CSRFProtect, FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    FormField,
    HiddenField,
    IntegerField,
    MultipleFileField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Optional

from blueprints.home.navigation import Call, NavItem
from core import pages
from core.choices import offering
from core.i18n import listed, worded
from core.submissions import new_submission_id

ROOT = Path(__file__).parents[2]
PAGES = ("home", "office", "form", "map", "board", "table", "empty", "login", "setup")


class PlaceForm(FlaskForm):
    """A form inside a form, as import and set-up use them."""

    class Meta:
        csrf = False

    floors = IntegerField("层数", [InputRequired("写一下有几层")])


class GuideForm(FlaskForm):
    """One field of each kind."""

    submission_id = HiddenField(default="demo-1")
    version = HiddenField(default="3")
    met = RadioField(
        "见到了吗",
        [InputRequired("选“见到了”或“没见到”")],
        choices=offering([("yes", "见到了"), ("no", "没见到")]),
    )
    people = SelectMultipleField(
        "见到谁",
        choices=offering([("1", "祝婆婆"), ("2", "祝师傅（儿子）"), ("3", "外孙女")]),
        default=["1"],
    )
    day = RadioField(
        "哪天", choices=offering([("t", "今天"), ("y", "昨天"), ("other", "别的日子")]), default="t"
    )
    other_day = DateField("日期", [Optional()])
    paper = RadioField(
        "发什么",
        choices=offering(
            [("honour", "荣誉证书"), ("letter", "聘书"), ("proof", "志愿服务记录证明")]
        ),
        default="honour",
    )
    note = TextAreaField("记一句", description="不写病情、证件号和电话，别人看得到这句。")
    photos = MultipleFileField("照片")
    wish = StringField("想要什么", [InputRequired("写一句想要什么")])
    building = SelectField(
        "哪一栋", choices=offering([("1", "桥机嘉园 示1栋"), ("2", "桥机嘉园 示2栋")])
    )
    place = FormField(PlaceForm)
    on_duty = BooleanField("这是上班时间去的", description="勾上就不计志愿时长")


class LoginForm(FlaskForm):
    username = StringField("账号", [InputRequired("写一下账号")])
    password = PasswordField("密码", [InputRequired("写一下密码")])


def navigation() -> tuple[NavItem, ...]:
    """Four tabs and what only the rail and the account menu show."""
    entries = [
        ("home", "home", "首页", 0), ("table", "door", "结对户", 3),
        ("board", "wish", "微心愿", 0), ("office", "user", "我的", 0),
        ("map", "map", "楼栋图", 0), ("form", "flag", "活动与签到", 0),
        ("empty", "clock", "服务时长", 12),
    ]  # fmt: skip
    return tuple(
        NavItem(f"/{page}", icon, label, request.path == f"/{page}", tab=place < 4, badge=badge)
        for place, (page, icon, label, badge) in enumerate(entries)
    )


def frame() -> dict[str, Any]:
    """What the frame of a page shows: a student's ways, and who is logged in."""
    user = SimpleNamespace(
        name="林一舟",
        is_authenticated=True,
        text_size=request.args.get("text", "m"),
        id=1,
        has_role=lambda *_roles: True,
    )
    cta = Call("/form", "pen", gettext("记一次走访"), "记走访")
    return {"nav": navigation, "nav_cta": cta, "unread": lambda: 2, "current_user": user,
            "who_note": "桥机嘉园 · 驻点"}  # fmt: skip


def create_guide() -> Flask:
    """The application; pages are templates of the same name under ``templates/guide``."""
    app = Flask(__name__, template_folder=str(ROOT / "templates"), static_folder=ROOT / "static")
    app.jinja_loader.searchpath.append(str(Path(__file__).parent / "templates"))
    app.config.update(SECRET_KEY="guide", LINLI_DEMO=True, BABEL_DEFAULT_LOCALE="zh_Hans_CN")
    Babel(app)
    CSRFProtect(app)
    pages.init_app(app)
    app.jinja_env.globals.update(new_submission_id=new_submission_id, html_lang=lambda: "zh-Hans")
    app.jinja_env.filters.update(listed=listed, worded=worded)
    app.context_processor(frame)
    app.add_url_rule("/notices", "notices.index", lambda: "")
    app.add_url_rule("/manifest.webmanifest", "outbox.manifest", dict)

    @app.before_request
    def speak() -> None:
        g.language = "zh_Hans_CN"

    @app.route("/<page>", methods=["GET", "POST"])
    def show(page: str) -> tuple[str, int] | str:
        if page not in PAGES:
            abort(404)
        form = LoginForm() if page == "login" else GuideForm()
        if page == "board":
            flash(
                {"text": "认领好了", "detail": "小台灯一盏，9月24日前送到", "undo": "/board"}, "ok"
            )
        refused = request.method == "POST" and not form.validate()
        return render_template(f"guide/{page}.html", form=form), 422 if refused else 200

    @app.get("/room")
    def room() -> str:
        return render_template("guide/_room.html")

    @app.route("/errors/<int:status>", methods=["GET", "POST"])
    def error(status: int) -> tuple[str, int]:
        rows = [("备注", "精神不错，\n想修收音机", "精神不错"), ("时长", "30 分", "15 分")]
        context = {"rows": rows, "typed": [("note", "精神不错")], "version": 4}
        return render_template(f"errors/{status}.html", **context), status

    return app


if __name__ == "__main__":
    create_guide().run(port=5055)
