"""Small papers to print in tests."""

import re
from datetime import date

from core.papers import CertificateContent, Fact, NoticeContent
from core.privacy import PublicText

DUTY_PHONE = "10000000001"
REASON = (
    "2026年度参加“红色物业”志愿服务，认领并实现微心愿9件，走访结对邻里24户次，"
    "服务时长126小时，热心周到，深得居民好评"
)


def certificate(**changes: object) -> CertificateContent:
    """方晓禾's certificate, with some fields changed."""
    content = {
        "name": "方晓禾",
        "reason": REASON,
        "honour": "年度优秀志愿者",
        "issuer": "安和物业（演示）",
        "issued_on": date(2026, 12, 5),
        "serial": "荣字〔2026〕第0007号",
        "check_code": "K3QX7M",
        "verify_url": "https://linli.example/verify/K3QX7M",
        "demo": True,
    }
    return CertificateContent(**content | changes)


def public(text: str) -> PublicText:
    """Text scanned against one known name and the duty phone."""
    return PublicText.clear(text, ["祝秀英"], [DUTY_PHONE])


def notice(**changes: object) -> NoticeContent:
    """A notice that the tank of 示3栋 will be cleaned, with some fields changed."""
    content = {
        "issuer": public("桥机嘉园物业服务中心"),
        "subject": public("示3栋清洗水箱，临时停水"),
        "addressees": public("各位邻居"),
        "matter": public("为保证饮水卫生，物业将清洗水箱，期间停水，给您带来不便，敬请谅解。"),
        "facts": (
            Fact(public("时间"), public("9月21日（周一）8:30至17:00")),
            Fact(public("范围"), public("示3栋全部住户")),
            Fact(public("请准备"), public("提前储水，出门前关好水龙头")),
        ),
        "after": public(
            "来水后请先放水几分钟，水清再用。需要帮忙提水的，请打下方电话，我们送水上门。"
        ),
        "phone_label": public("24小时值班电话"),
        "phone": "100 0000 0001",
        "issued_on": date(2026, 9, 18),
        "remove_on": date(2026, 9, 22),
        "serial": "贴〔2026〕031号",
        "demo": True,
    }
    return NoticeContent(**content | changes)


def spaced(text: str) -> str:
    """A pattern of `text` as readers of PDF find it: a blank where Chinese and digits stand apart."""
    meeting = r"(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z])(?=[\u4e00-\u9fff])"
    return " ?".join(map(re.escape, re.split(meeting, text)))
