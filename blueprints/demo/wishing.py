"""Twelve small wishes, one or more in every state that a wish can be in."""

from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import Select, select, update
from sqlalchemy.orm import joinedload, selectinload

from blueprints.accounts.models import User
from blueprints.demo.pictures import photo
from blueprints.demo.story import Story
from blueprints.wishes import actions
from blueprints.wishes.claims import Claim
from blueprints.wishes.models import Wish
from core.clock import now
from core.db import db
from core.notices import Notice

CLAIM_DAYS = 14


class Scene(NamedTuple):
    """One step of a wish's way, so many days ago, taken by somebody; ``words`` as it needs."""

    step: str
    days_ago: int
    by: str
    words: str = ""
    picture: str = ""
    yuan: int | None = None


class Tale(NamedTuple):
    """A wish and its way. The first scene is when it was heard, and by whom."""

    home: str
    what: str
    kind: str
    detail: str
    heard: tuple[str, int]
    scenes: tuple[Scene, ...] = ()


TALES = (
    Tale(
        "祝秀英", "按摩仪一台", "thing", "腰不舒服，想要个能自己用的。", ("lin", 75),
        (
            Scene("approve", 74, "qin"),
            Scene("claim", 68, "lin"),
            Scene("fulfil", 54, "lin", "送上门，教会了开关和定时。", "massager", 169),
            Scene("confirm", 33, "fang", "好用，腰松快多了。"),
        ),
    ),
    Tale(
        "仇德明", "大字挂钟", "thing", "旧钟看不清了。", ("fang", 66),
        (
            Scene("approve", 65, "qin"),
            Scene("claim", 60, "fang"),
            Scene("fulfil", 49, "fang", "挂在正对床的墙上。", "clock", 58),
            Scene("confirm", 45, "qin", "看得清，走得准。"),
            Scene("thank", 40, "qin", "辛苦了，谢谢你。"),
        ),
    ),
    Tale(
        "查文澜", "代交一个月电费", "help", "", ("lin", 50),
        (Scene("decline", 49, "qin", "心愿只收物品和帮忙，不收钱。已请他找社区办补贴。"),),
    ),
    Tale(
        "解玉莲", "教用手机打视频", "company", "想看看外地的儿子。", ("he", 44),
        (
            Scene("approve", 43, "qin"),
            Scene("withdraw", 30, "he", "女儿回来教会了，不用了。"),
        ),
    ),
    Tale(
        "区志明", "换一扇纱窗", "help", "厨房那扇破了。", ("tao", 32),
        (
            Scene("approve", 31, "qin"),
            Scene("claim", 20, "tao"),
            Scene("fulfil", 6, "tao", "量好尺寸装上了，推拉都顺。", "screen", 65),
        ),
    ),
    Tale(
        "陈㛃", "每周读一次报", "company", "眼睛花，爱听新闻。", ("tao", 40),
        (
            Scene("approve", 38, "qin"),
            Scene("claim", 30, "he"),
            Scene("release", 16, "he", "排班换到晚上，来不了。"),
        ),
    ),
    Tale(
        "查文澜", "老花镜一副", "thing", "300 度，看药盒上的字。", ("lin", 18),
        (Scene("approve", 17, "qin"),),
    ),
    Tale(
        "覃桂香", "陪诊一次", "help", "要去复查，一个人怕走错。", ("tao", 17),
        (Scene("approve", 16, "qin"), Scene("claim", 15, "lin")),
    ),
    Tale(
        "仇德明", "上门理一次发", "help", "下楼不方便。", ("fang", 12),
        (Scene("approve", 11, "qin"),),
    ),
    Tale(
        "欧阳淑珍", "小台灯一盏", "thing", "晚上看书用，要亮一点。", ("lin", 14),
        (Scene("approve", 13, "qin"), Scene("claim", 11, "lin"), Scene("join", 10, "fang")),
    ),
    Tale("覃桂香", "防滑垫两块", "thing", "卫生间地滑。", ("tao", 3)),
    Tale("翟长庚", "修收音机，住502", "help", "响不了了，想找人看看。", ("lin", 1)),
)  # fmt: skip


def wish_and_fulfil(story: Story) -> None:
    """Tell all wishes in the order they were heard, so that their numbers follow the days."""
    for tale in sorted(TALES, key=lambda tale: -tale.heard[1]):
        who, days_ago = tale.heard
        home = story.homes[tale.home]
        with story.on(days_ago, hour=11):
            wish = actions.collect(
                home,
                story.people[who],
                tale.what,
                kind=tale.kind,
                detail=tale.detail,
                resident_id=story.heads[home.id].id,
            )
        loaded = db.session.scalars(whole(wish.id)).one()
        for scene in tale.scenes:
            with story.on(scene.days_ago, hour=15) as day:
                play(loaded, scene, story.people[scene.by], day + timedelta(days=CLAIM_DAYS))
    read_what_is_old(story)


def read_what_is_old(story: Story) -> None:
    """Let everybody have read what they were told more than two weeks ago."""
    with story.on(CLAIM_DAYS):
        old = update(Notice).where(Notice.at < now(), Notice.read_at.is_(None))
        db.session.execute(old.values(read_at=now()))


def whole(wish_id: int) -> Select[tuple[Wish]]:
    """Return the select of a wish with what its verbs read."""
    return (
        select(Wish)
        .where(Wish.id == wish_id)
        .options(
            selectinload(Wish.claims).selectinload(Claim.helpers),
            selectinload(Wish.steps),
            joinedload(Wish.resident),
        )
        .execution_options(populate_existing=True)
    )


def play(wish: Wish, scene: Scene, by: User, until: date) -> None:
    """Take one step."""
    match scene.step:
        case "approve":
            actions.approve(wish, by, wish.public_text)
        case "claim":
            actions.claim(wish, by, until)
        case "fulfil":
            proof = {"cost_yuan": scene.yuan, "photo": photo(scene.picture, by)}
            actions.fulfil(wish, by, note=scene.words, **proof)
        case "join":
            actions.join(wish, by)
        case step:
            getattr(actions, step)(wish, by, scene.words)
