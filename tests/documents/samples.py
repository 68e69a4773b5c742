"""One paper of each look, with the same words every time: to print, compare and measure."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from core.papers import Table
from core.press import print_certificates, print_drawn
from core.prints.appointment import AppointmentContent, draw_appointment
from core.prints.blocks import Chart, Figure
from core.prints.building import (
    SIGNS,
    BuildingMapContent,
    MapRoom,
    MapUnit,
    draw_building_map,
)
from core.prints.claim_cards import draw_claim_cards, draw_claim_slips
from core.prints.formal import MinutesContent, TextContent, draw_minutes, draw_text
from core.prints.forms import SignInContent, VisitFormContent, draw_sign_in, draw_visit_form
from core.prints.growth import GrowthContent, Milestone, draw_growth
from core.prints.posted import (
    draw_notice,
    draw_public_notice,
    draw_reminder,
)
from core.prints.report import ReportContent, ReportPhoto, draw_report
from core.prints.statement import StatementContent, draw_statement
from core.prints.wishes import draw_wish_wall
from tests.documents.contents import certificate, notice
from tests.documents.posted_samples import DAY, cards, public_notice, reminder, wall

ISSUER, URL = "安和物业（演示）", "https://linli.example/verify/K3QX7M"


CHECKED = {
    "issuer": ISSUER,
    "issued_on": DAY,
    "serial": "聘字〔2026〕第0002号",
    "check_code": "K3QX7M",
    "verify_url": URL,
    "demo": True,
}


SIGNED = {"issuer": ISSUER, "issued_on": DAY, "serial": "谢字〔2026〕第0001号", "demo": True}


def appointment(**changes: Any) -> AppointmentContent:
    words = {
        "name": "单建安",
        "post": "桥机嘉园义务质量总监",
        "starts_on": date(2026, 10, 1),
        "ends_on": date(2027, 9, 30),
        "duty": "每季度检查考评保洁、秩序、维修、绿化四项服务一次，听取邻里意见，督促限期整改",
        "terms": "本职务为义务性质，不取报酬",
    }
    return AppointmentContent(**CHECKED | words | changes)


def letter(**changes: Any) -> TextContent:
    body = (
        "春节前后，你们连续三周上门打扫卫生、检查水电、贴春联，一共跑了四十二户，没有喊过一声累。",
        "一位婆婆托我们转告：那天修好的灯，一直亮到现在。",
        "谢谢你们把别人的事当成自己的事。",
    )
    words = {"title": "感谢信", "addressee": "爱心服务队全体队员", "body": body, "salute": True}
    return TextContent(**SIGNED | words | changes)


def minutes(**changes: Any) -> MinutesContent:
    words = {
        "title": "桥机嘉园2026年第三季度三方联动会议纪要",
        "held": "2026年9月28日下午2点30分",
        "place": "党群驿站",
        "chair": "秦若川",
        "present": "社区居委会、业主委员会、物业公司各3人，居民代表5人",
        "reports": (
            "（一）物业公司通报",
            "第三季度收到小问题41件，办结38件；水箱清洗、消防通道检查如期完成。",
            "（二）业主委员会通报",
            "公共收益收支账目已于9月20日张贴，公示期内没有收到异议。",
        ),
        "opinions": ("（一）窨井盖松动", "示1栋、示3栋之间的窨井盖松动，夜里有响声。"),
        "decisions": ("会议议定以下事项，均列入小问题台账，逐件销号。",),
        "tasks": Table(
            ("序号", "事项", "谁来办", "哪天前"),
            (("1", "更换窨井盖2处，加装防响垫", "物业公司", "10月12日"),),
        ),
    }
    return MinutesContent(**SIGNED | words | changes)


def statement(rows: int = 12, **changes: Any) -> StatementContent:
    entries = tuple(
        (str(n + 1), f"2026-{n % 12 + 1:02}-11", "每周清扫示5栋楼道", "保洁服务队", "1小时30分")
        for n in range(rows)
    )
    words = {
        "title": "志愿服务情况说明",
        "name": "陈㛃",
        "opening": "陈㛃同志于2026年1月1日至11月22日参加志愿服务，经确认共12次。具体如下：",
        "entries": Table(("序号", "日期", "内容", "队伍", "时长"), entries),
        "total": "18小时",
        "declaration": "本说明根据志愿服务台账出具，供了解情况用，不代替志愿服务记录证明。",
        "contact": "秦若川",
        "phone": "100 0000 0001",
    }
    return StatementContent(**CHECKED | words | changes)


def sign_in(**changes: Any) -> SignInContent:
    people = (
        ("林一舟", "爱心服务队", True),
        ("欧阳守信", "夕阳红舞蹈队", False),
        ("阿卜杜热西提·买买提依明", "便民理发维修队", False),
    )
    words = {
        "activity": "“月圆邻里”中秋晚会",
        "held": "2026年9月25日 19:00至21:00",
        "place": "党群驿站广场",
        "leader": "方晓禾",
        "people": people,
        "issuer": ISSUER,
        "demo": True,
    }
    return SignInContent(**words | changes)


def visit_form() -> VisitFormContent:
    url = "https://linli.example/households/12"
    return VisitFormContent("H-3F7K", url, "100 0000 0001", ISSUER, demo=True)


def building_map() -> BuildingMapContent:
    def unit(number: int) -> MapUnit:
        floors = tuple(
            (
                f"{floor}层",
                tuple(
                    MapRoom(f"{floor}0{n}", SIGNS[(floor + n + number) % 5], (floor * n) % 7 == 0)
                    for n in (1, 2, 3, 4)
                ),
            )
            for floor in range(7, 0, -1)
        )
        return MapUnit(f"{number}单元", floors)

    legend = (("new", "30 天内见过"), ("mid", "31–90 天"), ("old", "90 天以上"),
              ("none", "未访"), ("away", "空置、免访"), ("pair", "结对户"))  # fmt: skip
    as_of, units = "2026年9月28日", (unit(1), unit(2))
    return BuildingMapContent("桥机嘉园 示2栋", as_of, units, legend, ISSUER, demo=True)


FIGURES = (
    Figure("志愿服务", "156", "小时", "上月103小时"),
    Figure("走访", "16", "户次", "去了21次"),
    Figure("活动", "6", "场", ""),
    Figure("微心愿", "5", "件", "本月实现"),
)


CHART = Chart(
    "近六个月（小时）", tuple(f"{n}月" for n in range(4, 10)), (118, 125, 0, 97, 103, 156)
)


MILESTONES = (
    Milestone(date(2026, 7, 3), "结对认亲", "与2户邻里结成对子。", True),
    Milestone(date(2026, 7, 18), "第一次参加活动：爱国卫生日", "示5栋门前", False),
    Milestone(date(2026, 9, 6), "实现微心愿", "编号2026-017、2026-021。", False),
    Milestone(date(2026, 9, 25), "带队：“月圆邻里”中秋晚会", "党群驿站广场", False),
    Milestone(date(2026, 10, 1), "荣誉证书：年度优秀志愿者", "荣字〔2026〕第0001号", True),
)


def report(photos: Sequence[str] = (), **changes: Any) -> ReportContent:
    words = {
        "title": "“红色物业”工作月报",
        "scope": "2026年9月　安和物业（演示）",
        "figures": FIGURES,
        "summary": ("本月围绕中秋、国庆两个节点开展服务。示5栋楼道清扫坚持每周一次。",),
        "hours": CHART,
        "visits": CHART,
        "activities": Table(
            ("日期", "活动", "地点", "志愿者"),
            (("9月25日", "“月圆邻里”中秋晚会", "党群驿站广场", "23人"),),
        ),
        "wishes": Table(("编号", "心愿"), ()),
        "photos": tuple(ReportPhoto(name, "9月25日 中秋晚会") for name in photos),
        "next_month": ("冬至包饺子。",),
    }
    return ReportContent(**SIGNED | words | changes)


def growth(rows: int = 40, **changes: Any) -> GrowthContent:
    words = {
        "name": "林一舟",
        "period": "2026年1月1日至2026年11月22日",
        "estate": "桥机嘉园",
        "started": "2026年7月1日",
        "mentors": "沈怀谷、陆映川",
        "figures": FIGURES,
        "visits": CHART,
        "activities": Table(("日期", "活动", "地点"), (("2026-09-25", "中秋晚会", "党群驿站"),)),
        "hours": statement(rows).entries,
        "papers": Table(("日期", "文书", "编号", "名称"), ()),
        "reflections": ("刚来的时候，我只会记数字。后来才知道走访是先听人说话。",),
        "comments": ("踏实肯干，愿意学。",),
        "milestones": MILESTONES,
    }
    return GrowthContent(**SIGNED | words | changes)


def _drawn(draw: Callable[[Any], Any], content: Callable[[], Any]) -> Callable[[], bytes]:
    return lambda: print_drawn([content()], draw)


# Every look there is, by the name under which its approved picture is kept.
PAPERS: dict[str, Callable[[], bytes]] = {
    "certificate": lambda: print_certificates([certificate()]),
    "appointment": _drawn(draw_appointment, appointment),
    "thanks": _drawn(draw_text, letter),
    "minutes": _drawn(draw_minutes, minutes),
    "statement": _drawn(draw_statement, statement),
    "notice": _drawn(draw_notice, notice),
    "public_notice": _drawn(draw_public_notice, public_notice),
    "reminder": _drawn(draw_reminder, reminder),
    "wish_wall_a4": _drawn(draw_wish_wall, wall),
    "wish_wall_a3": _drawn(draw_wish_wall, lambda: wall(is_large=True)),
    "claim_cards": _drawn(draw_claim_cards, cards),
    "claim_slips": _drawn(draw_claim_slips, cards),
    "sign_in": _drawn(draw_sign_in, sign_in),
    "visit_form": _drawn(draw_visit_form, visit_form),
    "building_map": _drawn(draw_building_map, building_map),
    "report": _drawn(draw_report, report),
    "growth": _drawn(draw_growth, growth),
}
