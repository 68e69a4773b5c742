"""What hangs in stairwells, with the same words every time."""

from datetime import date
from typing import Any

from core.papers import PublicTable
from core.prints.claim_cards import ClaimCardsContent
from core.prints.posted import (
    PublicNoticeContent,
    ReminderContent,
)
from core.prints.wishes import PublicWish, WishWallContent
from tests.documents.contents import public

DAY = date(2026, 9, 28)


HANGS = {
    "issuer": public("桥机嘉园物业服务中心"),
    "phone_label": public("24小时值班电话"),
    "phone": "100 0000 0001",
    "issued_on": DAY,
    "remove_on": date(2026, 10, 15),
    "serial": "示字〔2026〕第0009号",
    "demo": True,
}


def public_table(rows: int) -> PublicTable | None:
    heads = tuple(map(public, ("心愿编号", "心愿", "认领", "进展")))
    cells = [
        (f"2026-{n + 10:03}", "换一个水龙头" if n % 2 else "旧照片翻印一张", "志愿者", "已实现")
        for n in range(rows)
    ]
    return PublicTable(heads, tuple(tuple(map(public, row)) for row in cells)) if rows else None


def public_notice(rows: int = 7, **changes: Any) -> PublicNoticeContent:
    words = {
        "subject": public("第三季度微心愿办理情况"),
        "matter": public("以下心愿由邻居和志愿者自愿认领，现予公示，请大家监督。"),
        "entries": public_table(rows),
        "shown_from": date(2026, 10, 8),
        "shown_until": date(2026, 10, 14),
        "objections": public("党群驿站意见箱，或打下方电话"),
    }
    return PublicNoticeContent(**HANGS | words | changes)


def reminder(**changes: Any) -> ReminderContent:
    words = {
        "message": public("电动自行车请到车棚充电"),
        "details": public("不进楼道　不进电梯　不飞线"),
        "picture": 1,
    }
    return ReminderContent(**HANGS | words | changes)


WISHES = (
    ("老花镜一副", "thing"), ("修一台老收音机", "help"), ("浴室防滑垫一块", "thing"),
    ("陪同外出办事半天", "company"), ("磨两把菜刀", "help"), ("大字版《红楼梦》", "thing"),
    ("每周聊天半小时，听听老故事", "company"),
)  # fmt: skip


def wishes(count: int = len(WISHES)) -> tuple[PublicWish, ...]:
    return tuple(
        PublicWish(
            public(f"2026-{n + 17:03}"),
            public(WISHES[n % len(WISHES)][0]),
            public(WISHES[n % len(WISHES)][1]),
            public("桥机嘉园的一位居民"),
            public(f"https://linli.example/wishes/{n + 17}"),
            date(2026, 10, 12) if n % 3 else None,
            n == 4,
        )
        for n in range(count)
    )


def wall(is_large: bool = False, **changes: Any) -> WishWallContent:
    slogan = public("每个小小的心愿，都在等一位好邻居")
    words = {"slogan": slogan, "wishes": wishes(), "is_large": is_large}
    return WishWallContent(**HANGS | words | changes)


def cards(**changes: Any) -> ClaimCardsContent:
    return ClaimCardsContent(**HANGS | {"wishes": wishes(4)} | changes)
