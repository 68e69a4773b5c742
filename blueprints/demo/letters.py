"""A paper of the kinds that no room writes by itself: thanks, public notice, reminder, minutes."""

from datetime import timedelta
from typing import Any

from blueprints.demo.company import COMPANY, DUTY_PHONE
from blueprints.demo.papers import VERIFY_ROOT
from blueprints.demo.story import Story
from blueprints.documents.actions import issue, save_draft
from blueprints.documents.contents import Draft
from blueprints.documents.kinds import MINUTES, PUBLIC_NOTICE, REMINDER, THANKS

ESTATE = "桥机嘉园"


def write_letters(story: Story) -> None:
    """Issue one of each."""
    issued(story, THANKS, 34, thanks(), "爱心服务队全体队员")
    issued(story, REMINDER, 28, posted(story, 28, 60) | charging())
    issued(story, PUBLIC_NOTICE, 5, posted(story, 5, 10) | wishes_done(story))
    issued(story, MINUTES, 46, meeting("第三季度", "2026年9月下旬"))


def issued(
    story: Story, kind: str, days_ago: int, words: dict[str, Any], recipient: str = ""
) -> None:
    qin = story.people["qin"]
    with story.on(days_ago) as day:
        title = words.get("subject") or words.get("message") or words["title"]
        issue(save_draft(Draft(kind, words, day, title, recipient), qin), qin, VERIFY_ROOT)


def posted(story: Story, days_ago: int, days_up: int) -> dict[str, Any]:
    """Return what stands at the foot of every sheet in a stairwell."""
    return {
        "issuer": COMPANY,
        "phone_label": "值班电话",
        "phone": DUTY_PHONE,
        "remove_on": story.ago(days_ago - days_up).isoformat(),
    }


def thanks() -> dict[str, Any]:
    return {
        "title": "感谢信",
        "addressee": "爱心服务队全体队员",
        "body": [
            "中秋前后，你们连续三周上门打扫卫生、检查水电，一共跑了四十二户，没有喊过一声累。",
            "一位婆婆托我们转告：那天修好的灯，一直亮到现在。家里亮堂了，心里也亮堂。",
            "谢谢你们把别人的事当成自己的事。愿我们一直是好邻居。",
        ],
        "salute": True,
        "issuer": COMPANY,
    }


def charging() -> dict[str, Any]:
    return {
        "message": "电动自行车请到车棚充电",
        "details": "不进楼道　不进电梯　不飞线",
        "picture": 1,
    }


def wishes_done(story: Story) -> dict[str, Any]:
    from_day, until = story.ago(5), story.ago(5) + timedelta(days=6)
    heads = ["心愿", "谁来办", "进展"]
    rows = [["小台灯一盏", "志愿者", "已实现"], ["修一台收音机", "维修队", "已实现"]]
    return {
        "subject": "第四季度微心愿办理情况",
        "matter": "以下心愿由邻居和志愿者自愿认领，现予公示，请大家监督。心愿人信息不公开。",
        "entries": {"heads": heads, "rows": rows},
        "shown_from": from_day.isoformat(),
        "shown_until": until.isoformat(),
        "objections": "党群驿站意见箱，或打下方电话",
    }


def meeting(quarter: str, held: str) -> dict[str, Any]:
    heads = ["序号", "事项", "谁来办", "哪天前"]
    rows = [
        ["1", "更换窨井盖2处，加装防响垫", "物业公司", "两周内"],
        ["2", "请供水单位到场测压，提出解决办法", "社区、物业公司", "一个月内"],
    ]
    return {
        "title": f"{ESTATE}{quarter}三方联动会议纪要",
        "held": held,
        "place": "党群驿站",
        "chair": "秦若川",
        "present": "社区居委会、业主委员会、物业公司各3人，居民代表5人",
        "reports": [
            "（一）物业公司通报",
            "本季度收到小问题41件，办结38件；水箱清洗、消防通道检查如期完成。",
            "（二）业主委员会通报",
            "公共收益收支账目已张贴，公示期内没有收到异议。",
        ],
        "opinions": ["（一）窨井盖松动", "两栋之间的窨井盖松动，夜里有响声，希望尽快处理。"],
        "decisions": ["会议议定以下事项，均列入小问题台账，逐件销号。"],
        "tasks": {"heads": heads, "rows": rows},
        "issuer": f"{ESTATE}三方联动会议",
    }
