"""Certificates, one of them void, appointments, notices, and where they hang."""

from datetime import timedelta
from typing import NamedTuple

from blueprints.demo.company import COMPANY, DUTY_PHONE
from blueprints.demo.gathering import LONG_TITLE
from blueprints.demo.neighbours import QIAOJI
from blueprints.demo.story import Story
from blueprints.documents.actions import begin_replacement, hang, issue, save_draft
from blueprints.documents.contents import Draft
from blueprints.documents.kinds import APPOINTMENT, CERTIFICATE, NOTICE
from blueprints.documents.models import Document

# Where ``make demo`` serves; a check code on paper leads there.
VERIFY_ROOT = "http://127.0.0.1:5000/verify"
HONOUR = "年度优秀志愿者"
HALL = "单元门口公告栏"


class Award(NamedTuple):
    """A certificate: for whom, why, when; ``instead`` names the wrong one whose place it takes."""

    name: str
    reason: str
    days_ago: int
    volunteer: str
    instead: str = ""
    is_draft: bool = False


class Post(NamedTuple):
    """A letter that asks somebody to serve for a year."""

    name: str
    post: str
    duty: str
    days_ago: int


class Sheet(NamedTuple):
    """A notice, how long it hangs, and in which building; ``withdrawn`` says whose no."""

    subject: str
    matter: str
    time: str
    days_ago: int
    days_up: int
    building: str
    place: str = HALL
    withdrawn: str = ""
    is_draft: bool = False

    @property
    def days_late(self) -> int:
        return self.days_ago - self.days_up


AWARDS = (
    Award("单守信", "在楼道清扫、扶手修缮中出工出力，带动左邻右舍一起动手", 143, "单守信"),
    Award("方晓禾", "在义剪义修、上门理发服务中耐心细致、风雨无阻", 81, "方晓禾"),
    Award("陈婕", "在文艺排练、节日演出中热心组织", 80, "陈㛃"),
    Award("陈㛃", "在文艺排练、节日演出中热心组织", 79, "陈㛃", instead="陈婕"),
    Award("林一舟", "在结对认亲、微心愿认领中热心助人、表现突出", 21, "林一舟"),
    Award("陶予安", "在微心愿认领、楼道清扫中踏实肯干", 4, "陶予安", is_draft=True),
)
POSTS = (
    Post("单守信", "桥机嘉园义务质量总监",
         "每季度检查考评保洁、秩序、维修、绿化四项服务一次，听取邻里意见，督促限期整改", 53),
    Post("陆映川", "红色物业大学生成长导师", "每月同大学生谈一次心，看一看成长档案，帮着出主意", 50),
)  # fmt: skip
SHEETS = (
    Sheet(f"{LONG_TITLE}通知", "清扫当天请把楼道里的杂物收回家中，给消防通道让个路", "周六上午8点到11点",
          40, 8, "示1栋"),
    Sheet("中秋晚会照片展", "晚会照片挂出来了，路过看看", "即日起两周",
          12, 20, "示3栋", "架空层展板", withdrawn="有人撤回拍照同意"),
    Sheet("楼道灯更换通知", "更换期间楼道较暗，上下楼慢一点", "本周内", 11, 10, "示4栋"),
    Sheet("水箱清洗停水通知", "水箱清洗期间停水，请提前存水", "明天上午9点到12点", 2, 6, "示2栋"),
    Sheet("岁末饺子宴通知", "一起包饺子，带上好胃口就行", "下周二下午2点", 1, 9, "示2栋",
          is_draft=True),
)  # fmt: skip
# A sheet that is late by more than this came down on its day.
LEFT_HANGING = 3


def write_papers(story: Story) -> None:
    """Write the papers in the order of their days, so that their numbers follow."""
    given: dict[str, Document] = {}
    for award in sorted(AWARDS, key=lambda one: -one.days_ago):
        given[award.name] = certify(story, award, given.get(award.instead))
    for letter in POSTS:
        appoint(story, letter)
    for sheet in sorted(SHEETS, key=lambda one: -one.days_ago):
        post(story, sheet)


def certify(story: Story, award: Award, wrong: Document | None) -> Document:
    """Draft a certificate and issue it; a wrong one is void from then on and points to it."""
    qin = story.people["qin"]
    words = {
        "name": award.name, "honour": HONOUR, "reason": award.reason, "issuer": COMPANY,
    }  # fmt: skip
    with story.on(award.days_ago) as day:
        volunteer_id = story.volunteers[award.volunteer].id
        draft = Draft(CERTIFICATE, words, day, HONOUR, award.name, volunteer_id)
        begun = begin_replacement(wrong, qin, "名字写错了") if wrong else None
        paper = save_draft(draft, qin, into=begun)
        if not award.is_draft:
            issue(paper, qin, VERIFY_ROOT)
    return paper


def appoint(story: Story, letter: Post) -> None:
    """Draft and issue an appointment for the coming year."""
    qin = story.people["qin"]
    with story.on(letter.days_ago) as day:
        words = {
            "name": letter.name,
            "post": letter.post,
            "starts_on": day.isoformat(),
            "ends_on": (day + timedelta(days=364)).isoformat(),
            "duty": letter.duty,
            "terms": "本职务为义务性质，不取报酬",
            "issuer": COMPANY,
        }
        paper = save_draft(Draft(APPOINTMENT, words, day, letter.post, letter.name), qin)
        issue(paper, qin, VERIFY_ROOT)


def post(story: Story, sheet: Sheet) -> None:
    """Draft a notice, issue and hang it, and take it down when its day was long ago."""
    qin = story.people["qin"]
    with story.on(sheet.days_ago) as day:
        paper = save_draft(Draft(NOTICE, notice(story, sheet), day, sheet.subject), qin)
        if not sheet.is_draft:
            issue(paper, qin, VERIFY_ROOT)
            put_up(story, sheet, paper)


def notice(story: Story, sheet: Sheet) -> dict[str, str]:
    """Return the words of a notice as its form has them."""
    return {
        "issuer": COMPANY,
        "subject": sheet.subject,
        "addressees": f"{sheet.building}各位邻居",
        "matter": sheet.matter,
        "time": sheet.time,
        "place": "",
        "scope": "",
        "prepare": "",
        "after": "",
        "phone_label": "值班电话",
        "phone": DUTY_PHONE,
        "remove_on": story.ago(sheet.days_late).isoformat(),
    }


def put_up(story: Story, sheet: Sheet, paper: Document) -> None:
    """Hang a notice; some are down again, one should be, and one at once."""
    tao, day = story.people["tao"], story.ago(sheet.days_ago)
    building = story.buildings[QIAOJI, sheet.building]
    down_on = day + timedelta(days=sheet.days_up)
    posting = hang(paper, tao, sheet.place, building.id, day, down_on)
    posting.withdrawn_reason = sheet.withdrawn
    if sheet.days_late > LEFT_HANGING:
        with story.on(sheet.days_late):
            posting.take_down(tao)
