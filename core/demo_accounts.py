"""The people one may log in as in a demo instance; nowhere else do accounts come ready-made."""

from typing import NamedTuple

from core.access import ADMIN, MANAGER, MENTOR, SECRETARY, STUDENT

DEMO_PASSWORD = "linli-demo-2026"  # noqa: S105 - published on the demo's own login page


class DemoAccount(NamedTuple):
    """One made-up person who can log in."""

    username: str
    name: str
    role: str


DEMO_ACCOUNTS = (
    DemoAccount("lin", "林一舟", STUDENT),
    DemoAccount("fang", "方晓禾", STUDENT),
    DemoAccount("tao", "陶予安", STUDENT),
    DemoAccount("he", "贺知夏", STUDENT),
    DemoAccount("qin", "秦若川", SECRETARY),
    DemoAccount("gu", "顾长青", MANAGER),
    DemoAccount("shen", "沈怀谷", MENTOR),
    DemoAccount("lu", "陆映川", MENTOR),
    DemoAccount("admin", "管理员", ADMIN),
)
