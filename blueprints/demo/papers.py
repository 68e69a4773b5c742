"""Six certificates, one of them void, two notices, and where they hang."""

import json
from datetime import timedelta
from typing import NamedTuple

from blueprints.demo.company import COMPANY, DUTY_PHONE
from blueprints.demo.gathering import LONG_TITLE
from blueprints.demo.neighbours import QIAOJI
from blueprints.demo.story import Story
from blueprints.documents.models import SERIAL_MARKS, Document, Posting, SerialCounter
from core.db import db
from core.papers import CertificateContent, Fact, NoticeContent
from core.privacy import PublicText

HONOUR = "年度优秀志愿者"


class Award(NamedTuple):
    """A certificate: for whom, why, when; ``void`` says why it is worth nothing."""

    name: str
    reason: str
    days_ago: int
    volunteer: str
    void: str = ""


AWARDS = (
    Award("单守信", "在楼道清扫、扶手修缮中出工出力，带动左邻右舍一起动手", 143, "单守信"),
    Award("林一舟", "在结对认亲、微心愿认领中热心助人、表现突出", 142, "林一舟"),
    Award("方晓禾", "在义剪义修、上门理发服务中耐心细致、风雨无阻", 81, "方晓禾"),
    Award("陈婕", "在文艺排练、节日演出中热心组织", 80, "陈㛃", "名字写错了，改发下一号"),
    Award("陈㛃", "在文艺排练、节日演出中热心组织", 79, "陈㛃"),
    Award("陶予安", "在微心愿认领、楼道清扫中踏实肯干", 9, "陶予安"),
)


class Sheet(NamedTuple):
    """A notice for a stairwell, how long it hangs, and where."""

    subject: str
    matter: str
    when: str
    days_ago: int
    days_up: int
    building: str
    place: str


SHEETS = (
    Sheet(LONG_TITLE, "清扫当天请把楼道里的杂物收回家中，给消防通道让个路", "周六上午 8 点到 11 点",
          40, 8, "示1栋", "单元门口公告栏"),
    Sheet("中秋晚会照片展", "晚会照片挂出来了，路过看看有没有您", "即日起两周",
          12, 20, "示3栋", "架空层展板"),
    Sheet("水箱清洗停水通知", "水箱清洗期间停水，请提前存水", "明天上午 9 点到 12 点",
          2, 6, "示2栋", "单元门口公告栏"),
    Sheet("楼道灯更换通知", "更换期间楼道较暗，上下楼慢一点", "本周内",
          11, 10, "示4栋", "单元门口公告栏"),
)  # fmt: skip
# Somebody who is on the photos no longer agrees to be seen.
WITHDRAWN = ("中秋晚会照片展", "有人撤回拍照同意")


def write_papers(story: Story) -> None:
    """Issue the papers in the order of their days, so that their numbers follow."""
    for award in sorted(AWARDS, key=lambda one: -one.days_ago):
        certify(story, award)
    for sheet in sorted(SHEETS, key=lambda one: -one.days_ago):
        post(story, sheet)


def certify(story: Story, award: Award) -> None:
    """Issue one certificate, and void it the next day where it was wrong."""
    qin = story.people["qin"]
    with story.on(award.days_ago) as day:
        year, number, serial, code = next_serial(story, "certificate", day.year)
        content = CertificateContent(
            name=award.name,
            reason=award.reason,
            honour=HONOUR,
            issuer=COMPANY,
            issued_on=day,
            serial=serial,
            check_code=code,
            verify_url=f"/verify/{code}",
            demo=True,
        )
        document = Document(
            kind="certificate",
            title=content.title,
            recipient=award.name,
            volunteer_id=story.volunteers[award.volunteer].id,
            content=json.loads(content.to_json()),
            dated_on=day,
            drafted_by_id=qin.id,
            state="draft",
        )
        document.issue(qin, year, number, serial, code)
        db.session.add(document)
    if award.void:
        with story.on(award.days_ago - 1):
            document.void(qin, award.void)


def post(story: Story, sheet: Sheet) -> None:
    """Issue a notice and hang it; some are down again, some should be."""
    qin = story.people["qin"]
    with story.on(sheet.days_ago) as day:
        year, number, serial, code = next_serial(story, "notice", day.year)
        document = Document(
            kind="notice",
            title=sheet.subject,
            content=json.loads(notice(story, sheet, serial).to_json()),
            drafted_by_id=qin.id,
            state="draft",
        )
        document.issue(qin, year, number, serial, code)
        db.session.add(document)
        db.session.flush()
        posting = Posting(
            document_id=document.id,
            building_id=story.buildings[QIAOJI, sheet.building].id,
            place=sheet.place,
            down_on=day + timedelta(days=sheet.days_up),
            posted_by_id=story.people["tao"].id,
        )
        if sheet.subject == WITHDRAWN[0]:
            posting.withdrawn_reason = WITHDRAWN[1]
        db.session.add(posting)
    if sheet.days_ago > 2 * sheet.days_up:
        with story.on(sheet.days_ago - sheet.days_up) as day:
            posting.taken_down_on, posting.taken_down_by_id = day, story.people["tao"].id


def notice(story: Story, sheet: Sheet, serial: str) -> NoticeContent:
    """Return what a notice says; every word of it passed the scan for private things."""

    def public(text: str) -> PublicText:
        return PublicText.clear(text, [], [DUTY_PHONE])

    day = story.ago(sheet.days_ago)
    return NoticeContent(
        issuer=public(COMPANY),
        subject=public(sheet.subject),
        addressees=public(f"{sheet.building}各位邻居"),
        matter=public(sheet.matter),
        facts=(Fact(public("时间"), public(sheet.when)),),
        after=None,
        phone_label=public("值班电话"),
        phone=DUTY_PHONE,
        issued_on=day,
        remove_on=day + timedelta(days=sheet.days_up),
        serial=serial,
        demo=True,
    )


def next_serial(story: Story, kind: str, year: int) -> tuple[int, int, str, str]:
    """Return (year, number, serial, check code) of the next paper of a kind."""
    counter = db.session.get(SerialCounter, (kind, year))
    if counter is None:
        counter = SerialCounter(kind=kind, year=year, last=0)
        db.session.add(counter)
    counter.last += 1
    code = "".join(story.dice.choices("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", k=10))
    mark = SERIAL_MARKS[kind]
    return year, counter.last, f"{mark}字〔{year}〕第{counter.last:04d}号", code
