"""What stands on a sample where nothing is written yet: made-up words, nobody's. By kind."""

from datetime import date, timedelta
from typing import Any

from blueprints.documents.contents import service_sentence
from blueprints.documents.kinds import (
    APPOINTMENT,
    CERTIFICATE,
    CLAIM_CARDS,
    GROWTH,
    MINUTES,
    NOTICE,
    PLAN,
    PROOF,
    PUBLIC_NOTICE,
    REMINDER,
    REPORT,
    STATEMENT,
    SUMMARY,
    THANKS,
    WISH_WALL,
)
from blueprints.documents.people import Served

PERSON = Served(0, "王小明", minutes=7_560, visits=24, wishes=3)
_PHONE = "100 0000 0000"


def example(kind: str, day: date) -> dict[str, Any]:
    """Return words for every field of a kind, as drafts store them."""
    return _LETTERS.get(kind, {}) | _dated(kind, day)


def _dated(kind: str, day: date) -> dict[str, Any]:
    """What names days, and what every sheet on a wall has."""
    week, month = day + timedelta(days=7), f"{day.year}年{day.month}月"
    return {
        CERTIFICATE: {"reason": service_sentence(day.year, PERSON.minutes, PERSON.visits)},
        APPOINTMENT: {
            "starts_on": day.isoformat(),
            "ends_on": (day + timedelta(days=364)).isoformat(),
        },
        STATEMENT: {"opening": f"王小明同志于{day.year}年参加志愿服务，经确认共2次。具体如下："},
        PROOF: {"opening": f"王小明同志于{day.year}年参加志愿服务，经确认共2次。具体如下："},
        PUBLIC_NOTICE: {"shown_from": day.isoformat(), "shown_until": week.isoformat()},
        REPORT: {"scope": f"{month}　某某小区"},
        GROWTH: {"period": f"{day.year}年1月1日至{month}{day.day}日"},
    }.get(kind, {}) | {"remove_on": week.isoformat(), "phone": _PHONE, "issuer": "落款单位"}


_ROWS = [
    ["1", "3月5日", "清扫楼道", "保洁服务队", "2小时"],
    ["2", "9月25日", "中秋晚会布置", "爱心服务队", "3小时"],
]
_STATEMENT = {
    "name": PERSON.name,
    "entries": {"heads": ["序号", "日期", "内容", "队伍", "时长"], "rows": _ROWS},
    "total": "5小时",
    "contact": "经办人",
}
_WISHES = [
    {
        "label": f"2026-{17 + number:03}",
        "wording": wording,
        "kind": kind,
        "where": "某某小区的一位居民",
        "link": "https://linli.invalid/wishes/17",
        "until": "",
        "is_taken": number == 2,
    }
    for number, (wording, kind) in enumerate(
        (
            ("老花镜一副", "thing"),
            ("修一台老收音机", "help"),
            ("浴室防滑垫一块", "thing"),
            ("陪同外出办事半天", "company"),
        )
    )
]
_FIGURES = [
    {"label": "志愿服务", "value": "156", "unit": "小时", "note": "上月103小时"},
    {"label": "走访", "value": "16", "unit": "户次", "note": "去了21次"},
    {"label": "活动", "value": "6", "unit": "场", "note": ""},
    {"label": "微心愿", "value": "5", "unit": "件", "note": "本月实现"},
]
_MONTHS = {
    "caption": "近六个月",
    "labels": ["1月", "2月", "3月", "4月", "5月", "6月"],
    "values": [8, 12, 9, 14, 11, 16],
}
_ACTIVITIES = {
    "heads": ["日期", "活动", "地点"],
    "rows": [["9月25日", "中秋晚会", "党群驿站广场"], ["10月18日", "重阳义剪", "活动室"]],
}
_LETTERS: dict[str, dict[str, Any]] = {
    CERTIFICATE: {"name": PERSON.name, "honour": ""},
    APPOINTMENT: {
        "name": PERSON.name,
        "post": "义务质量总监",
        "duty": "每季度检查一次服务质量，听取邻里意见",
        "terms": "",
    },
    THANKS: {
        "title": "感谢信",
        "salute": True,
        "addressee": "爱心服务队全体队员",
        "body": [
            "你们连续三周上门打扫卫生、检查水电，没有喊过一声累。",
            "谢谢你们把别人的事当成自己的事。愿我们一直是好邻居。",
        ],
    },
    STATEMENT: _STATEMENT,
    PROOF: _STATEMENT,
    NOTICE: {
        "subject": "清洗水箱，临时停水",
        "addressees": "各位邻居",
        "matter": "为保证饮水卫生，物业将清洗水箱，期间停水，给您带来不便，敬请谅解。",
        "time": "周一上午8:30至下午5:00",
        "scope": "全体住户",
        "after": "",
        "phone_label": "值班电话",
    },
    PUBLIC_NOTICE: {
        "subject": "微心愿办理情况",
        "matter": "以下心愿由邻居自愿认领，现予公示，请大家监督。",
        "entries": {
            "heads": ["心愿", "谁来办", "进展"],
            "rows": [["小台灯一盏", "志愿者", "已实现"], ["修一台收音机", "维修队", "已实现"]],
        },
        "objections": "意见箱，或打下方电话",
        "phone_label": "值班电话",
    },
    REMINDER: {
        "message": "电动自行车请到车棚充电",
        "details": "",
        "picture": 1,
        "phone_label": "值班电话",
    },
    WISH_WALL: {
        "wishes": _WISHES,
        "is_large": False,
        "slogan": "每个小小的心愿，都在等一位好邻居",
        "phone_label": "值班电话",
    },
    CLAIM_CARDS: {"wishes": _WISHES, "phone_label": "值班电话"},
    PLAN: {
        "title": "中秋晚会方案",
        "addressee": "",
        "body": [
            "一、时间和地点",
            "9月25日19:00，党群驿站广场。",
            "二、怎么办",
            "唱歌、猜灯谜、吃月饼。",
        ],
    },
    SUMMARY: {"title": "中秋晚会小结", "addressee": "", "body": ["来了八十多位邻居，热热闹闹。"]},
    MINUTES: {
        "title": "第三季度三方联动会议纪要",
        "held": "9月28日下午2:30",
        "place": "党群驿站",
        "chair": "支部书记",
        "present": "社区居委会、业主委员会、物业公司各3人",
        "reports": ["（一）物业公司通报", "本季度收到小问题41件，办结38件。"],
        "opinions": ["窨井盖松动，夜里有响声。"],
        "decisions": ["两周内更换窨井盖，加装防响垫。"],
        "tasks": "",
    },
    REPORT: {
        "title": "工作月报",
        "figures": _FIGURES,
        "summary": ["本月围绕中秋开展服务，邻里走动多了起来。"],
        "hours": _MONTHS | {"caption": "近六个月已确认的志愿服务时长（小时）"},
        "visits": _MONTHS | {"caption": "近六个月见到人的走访（户次）"},
        "activities": _ACTIVITIES,
        "wishes": {"heads": ["编号", "心愿"], "rows": [["2026-017", "老花镜一副"]]},
        "photos": [],
        "next_month": ["冬至一起包饺子。"],
    },
    GROWTH: {
        "name": PERSON.name,
        "estate": "某某小区",
        "started": "7月",
        "mentors": "两位导师",
        "figures": _FIGURES,
        "visits": _MONTHS | {"caption": "近六个月走访结对邻里（户次）"},
        "activities": _ACTIVITIES,
        "hours": _STATEMENT["entries"],
        "papers": {"heads": ["日期", "文书", "编号", "名称"], "rows": []},
        "reflections": ["学会了先听再说。"],
        "comments": ["踏实肯干。"],
    },
}
