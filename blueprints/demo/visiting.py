"""Who is paired with whom, and the visits that came of it."""

from datetime import date, timedelta
from typing import NamedTuple

from blueprints.demo.pictures import photo
from blueprints.demo.story import Story
from blueprints.households.models import Household
from blueprints.visits.actions import note_declined, pair, record_visit
from blueprints.visits.handing_over import end_pairing, write_facts
from blueprints.visits.leave import grant_leave, take_leave
from blueprints.visits.pairings import Pairing
from blueprints.visits.told import Promise, Told


class Bond(NamedTuple):
    """One pairing; ``met`` and ``tried`` count days since the last visits of either kind."""

    student: str
    home: str | None
    interval: int
    met: int
    tried: int | None = None
    started: int = 264


# A home of None takes the next ordinary neighbour. The first of each student are the late ones.
BONDS = (
    Bond("lin", "祝秀英", 21, met=33, tried=7),
    Bond("lin", "欧阳淑珍", 14, met=14),
    Bond("lin", "翟长庚", 30, met=27),
    Bond("lin", "查文澜", 30, met=11),
    Bond("lin", None, 30, met=16),
    Bond("lin", None, 21, met=5),
    Bond("tao", "覃桂香", 7, met=26, tried=12),
    Bond("tao", "区志明", 14, met=20, started=200),
    Bond("tao", None, 21, met=23),
    Bond("tao", None, 30, met=8),
    Bond("tao", None, 30, met=19),
    Bond("tao", None, 30, met=3),
    Bond("tao", None, 21, met=13, started=120),
    Bond("fang", "仇德明", 14, met=18),
    Bond("fang", None, 30, met=24, started=420),
    Bond("fang", None, 30, met=9, started=420),
    Bond("fang", None, 21, met=17, started=300),
    Bond("fang", None, 30, met=4, started=300),
    Bond("he", "解玉莲", 14, met=6, started=420),
    Bond("he", None, 30, met=22, started=420),
    Bond("he", None, 30, met=15, started=420),
    Bond("he", None, 21, met=10, started=260),
    Bond("he", None, 30, met=2, started=260),
    Bond("he", None, 90, met=41, started=500),
)


class Remark(NamedTuple):
    """What is remembered of one visit: words, drawn photos, and something promised."""

    note: str = ""
    scenes: tuple[str, ...] = ()
    promise: str = ""


# What was said at homes of the story, the latest visit first.
REMARKS = {
    "祝秀英": (
        Remark("按摩仪用得挺好，说厨房水压变小。", ("massager", "plants"), "水压的事报给工程部"),
        Remark("把按摩仪送上门，教会了开关和定时。"),
        Remark("雨天送了防滑垫的样子来挑。"),
    ),
    "欧阳淑珍": (
        Remark("说生日在年三十，孩子们都回来吃饭。"),
        Remark("想要个亮一点的台灯，看书不费眼。"),
    ),
    "翟长庚": (
        Remark("下了两盘棋，输了一盘。"),
        Remark("收音机声音发飘，想找人看看。"),
    ),
    "覃桂香": (Remark("腿脚还行，想有人陪着去复查。", promise="约复查的号"),),
}
SAID = (
    "聊了聊天，精神不错。",
    "菜场陪走一趟，帮着提了米。",
    "帮手机把字调大了，会自己接视频了。",
    "说近来睡得香，晒了一上午太阳。",
    "送了新的联系卡，贴在电话旁边。",
    "换了厨房灯泡，顺手擦了灯罩。",
    "读了两段报纸，爱听地方新闻。",
    "一起包了饺子，留了一碗。",
    "量了窗户尺寸，纱窗下次带来。",
    "翻老照片，讲了厂里的旧事。",
    "收音机有杂音，记下型号去问。",
    "楼道灯暗，已经跟物业说了。",
)
PROMISED_WITHIN = timedelta(days=20)
LEAVE, SHORT_LEAVE = timedelta(days=6), timedelta(days=2)
ON_DUTY = 0.3
KINDS = ("chat", "chat", "chat", "errand", "repair", "outreach", "festival", "phone")
AWAY = ("nobody", "away", "busy")
# Of the neighbours every so many are paired; of the others most were called on once.
PAIRED_EVERY, NEVER_CALLED_ON = 5, 8
PASSED_BY = (3, 8, 11, 14, 19, 24, 28, 35, 38, 41, 45, 55, 62, 70, 77, 83, 102, 119, 126, 154)


def pair_and_visit(story: Story) -> None:
    """Tell every pairing with its visits, then the calls at neighbours paired with nobody."""
    handed_over(story)
    on_leave(story)
    declined(story)
    paired = story.ordinary[::PAIRED_EVERY]
    for bond in BONDS:
        tell_bond(story, bond, story.homes[bond.home] if bond.home else paired.pop(0))
    others = [home for at, home in enumerate(story.ordinary) if at % PAIRED_EVERY]
    for position, home in enumerate(others):
        if position % NEVER_CALLED_ON:
            student = story.dice.choice(("fang", "he", "tao"))
            visit(story, home, student, story.dice.choice(PASSED_BY))


def begin(story: Story, bond: Bond, home: Household) -> Pairing:
    """Pair a student with a household on the day it began."""
    with story.on(bond.started) as day:
        return pair(home, story.people[bond.student].id, bond.interval, day, story.people["qin"])


def handed_over(story: Story) -> None:
    """贺知夏 looked after 祝婆婆 until 林一舟 took over."""
    bond = Bond("he", "祝秀英", 30, met=290, started=620)
    home = story.homes["祝秀英"]
    pairing = begin(story, bond, home)
    for days_ago in (580, 540, 470, 400, 340, bond.met):
        visit(story, home, "he", days_ago)
    with story.on(265) as day:
        write_facts(pairing, "周三、周五下午在家。先打电话，敲门重一点。", story.people["he"])
        end_pairing(pairing, "handover", story.people["qin"], day)


def on_leave(story: Story) -> None:
    """贺知夏 is away for some days, 陶予安 stands in; for 方晓禾 nobody does yet."""
    he, tao, qin = (story.people[name] for name in ("he", "tao", "qin"))
    with story.on(1) as day:
        grant_leave(he.id, tao.id, day, day + LEAVE, qin)
        take_leave(story.people["fang"], day + LEAVE, day + LEAVE + SHORT_LEAVE)


def declined(story: Story) -> None:
    """单师傅 was asked and said no; that is all that is written down."""
    with story.on(230) as day:
        tao, qin = story.people["tao"], story.people["qin"]
        note_declined(story.homes["单守信"], tao.id, 30, day, qin)


def tell_bond(story: Story, bond: Bond, home: Household) -> None:
    """Tell one pairing from its first visit to its last."""
    begin(story, bond, home)
    days = [bond.met]
    while days[-1] + bond.interval < bond.started - 3:
        days.append(days[-1] + bond.interval + story.dice.randrange(-2, 4))
    remarks = iter(REMARKS.get(bond.home or "", ()))
    calls = [(days_ago, next(remarks, Remark())) for days_ago in days]
    for days_ago, remark in reversed(calls):
        visit(story, home, bond.student, days_ago, remark=remark)
    if bond.tried is not None:
        visit(story, home, bond.student, bond.tried, met=False)


def visit(
    story: Story,
    home: Household,
    student: str,
    days_ago: int,
    *,
    met: bool = True,
    remark: Remark = Remark(),  # noqa: B008 - a NamedTuple never changes
) -> None:
    """Tell one visit of a student, whether somebody opened, and what came of it."""
    dice, by = story.dice, story.people[student]
    with story.on(days_ago, hour=dice.randrange(9, 18), minute=dice.choice((0, 10, 25, 40))) as day:
        record_visit(
            home,
            by,
            met_somebody(story, home, day, remark) if met else in_vain(story, day),
            photos=[photo(scene, by) for scene in remark.scenes],
            promise=Promise(remark.promise, day + PROMISED_WITHIN) if remark.promise else None,
        )


def met_somebody(story: Story, home: Household, day: date, remark: Remark) -> Told:
    dice = story.dice
    return Told(
        visited_on=day,
        met=True,
        resident_ids=(story.heads[home.id].id,),
        kinds=(dice.choice(KINDS),),
        minutes=dice.choice((10, 15, 20, 30, 30, 45, 60)),
        on_duty=dice.random() < ON_DUTY,
        note=remark.note or dice.choice(SAID),
    )


def in_vain(story: Story, day: date) -> Told:
    return Told(visited_on=day, met=False, not_met_reason=story.dice.choice(AWAY))
