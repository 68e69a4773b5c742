"""Activities: held, coming, and one whose record is late."""

from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import select

from blueprints.activities.actions import Presence, note_attendance, propose_hours
from blueprints.activities.models import Activity, ActivityPhoto
from blueprints.demo.joining import join
from blueprints.demo.neighbours import QIAOJI, QIAOYA
from blueprints.demo.pictures import photo
from blueprints.demo.serving import CARE, CLEANING, DANCE, REPAIR, with_corrections
from blueprints.demo.story import Story
from blueprints.teams.models import ServiceEntry
from core.clock import now
from core.db import db

MID_AUTUMN = (8, 15)
# Three lines on a phone, and on a stairwell sheet.
LONG_TITLE = "“邻里一家亲”楼道清扫、消防通道清理、节水用电宣讲暨便民义剪联合服务"


class Gathering(NamedTuple):
    """One activity; negative ``days_ago`` lie ahead. ``came``: minutes by name, D: on duty."""

    title: str
    kind: str
    team: str
    estate: str
    place: str
    days_ago: int
    hour: int
    minutes: int
    came: str = ""
    write_up: str = ""
    picture: str = ""
    confirmed: bool = True


GATHERINGS = (
    Gathering("安全知识抢答", "quiz", CARE, QIAOJI, "党群驿站", 47, 15, 90,
              "陶予安 90, 贺知夏 90, 欧阳敏 90, 方晓禾 90D",
              "抢答 30 题，消防和防诈骗各一半。奖品是小扇子和购物袋。"),
    Gathering(LONG_TITLE, "cleaning", CLEANING, QIAOJI, "示1栋到示4栋楼道", 33, 8, 180,
              "单守信 180, 罗长顺 180, 毕桂珍 150, 陶予安 180, 林一舟 180D, 贺知夏 120",
              "清出旧物三车，楼道都通了。单师傅听证会上还直摇头，这回带头把扶手也钉牢了。", "broom"),
    Gathering("义剪义修进小区", "haircut", REPAIR, QIAOYA, "示5栋前空地", 19, 9, 180,
              "傅建业 180, 方晓禾 180, 罗长顺 120, 常玉梅 60", "理发 23 位，修好小家电 9 件。"),
    Gathering("防诈骗宣讲", "outreach", CARE, QIAOYA, "示6栋架空层", 26, 15, 60),
    Gathering("舞蹈队新曲排练", "social", DANCE, QIAOJI, "小广场", 5, 18, 90,
              "陈㛃 90, 毕桂珍 90, 常玉梅 90", confirmed=False),
    Gathering("岁末邻里饺子宴", "social", CARE, QIAOJI, "党群驿站", -9, 14, 150),
    Gathering("爱国卫生日", "cleaning", CLEANING, QIAOJI, "示2栋楼道", -4, 8, 120),
)  # fmt: skip
WEEKLY = (26, 19, 12, 5, -2, -9, -16, -23)


def gather(story: Story) -> None:
    """Tell every activity."""
    evening = Gathering(
        "中秋晚会", "festival", DANCE, QIAOJI, "小广场",
        story.days_since_lunar(*MID_AUTUMN, at_least=5), 19, 120,
        "陈㛃 120, 毕桂珍 120, 常玉梅 120, 林一舟 120, 方晓禾 120D, 单守信 90",
        "来了九十多位邻居，吃月饼、猜灯谜、跳了四支舞。", "moon",
    )  # fmt: skip
    weekly = [
        Gathering("示5栋每周清扫", "cleaning", CLEANING, QIAOYA, "示5栋楼道", days, 8, 60,
                  "单守信 60, 罗长顺 60, 毕桂珍 60" if days > 0 else "", confirmed=days > 7)
        for days in WEEKLY
    ]  # fmt: skip
    told = []
    for gathering in sorted((evening, *weekly, *GATHERINGS), key=lambda one: -one.days_ago):
        activity = plan(story, gathering)
        told.append(activity)
        if gathering.came:
            hold(story, gathering, activity)
    join(story, told)


def plan(story: Story, gathering: Gathering) -> Activity:
    """Write the activity down a fortnight before it begins, or yesterday."""
    with story.on(gathering.days_ago, gathering.hour):
        starts_at = now()
    with story.on(max(gathering.days_ago + 14, 1)):
        activity = Activity(
            title=gathering.title,
            kind=gathering.kind,
            team=story.teams[gathering.team],
            estate_id=story.estates[gathering.estate].id,
            place=gathering.place,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=gathering.minutes),
            leader_id=story.leaders[gathering.team].id,
            created_by_id=story.people["gu"].id,
            attendances=[],
            signups=[],
            photo_rows=[],
        )
        db.session.add(activity)
    return activity


def hold(story: Story, gathering: Gathering, activity: Activity) -> None:
    """Note who came, propose their hours, and let the secretary confirm most of them."""
    gu = story.people["gu"]
    with story.on(gathering.days_ago - 1, hour=9):
        activity.write_up = gathering.write_up
        note_attendance(activity, [presence(story, word) for word in gathering.came.split(", ")])
        propose_hours(activity, gu)
        if gathering.picture:
            activity.photo_rows = [ActivityPhoto(photo=photo(gathering.picture, gu))]
    if gathering.confirmed:
        confirm_all(story, gathering)


def presence(story: Story, word: str) -> Presence:
    """Read “方晓禾 120D”."""
    name, minutes = word.split()
    return Presence(story.volunteers[name], int(minutes.rstrip("D")), minutes.endswith("D"))


def confirm_all(story: Story, gathering: Gathering) -> None:
    with story.on(gathering.days_ago - 3):
        entries = db.session.scalars(
            select(ServiceEntry.id).where(
                ServiceEntry.what == gathering.title,
                ServiceEntry.served_on == story.ago(gathering.days_ago),
            )
        )
        for entry_id in entries.all():
            with_corrections(entry_id).confirm(story.people["qin"].id)
