"""Two people reach for one wish at the same moment, a thousand times, through the real server."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from sqlalchemy import func, select

from blueprints.accounts.models import User
from blueprints.households.models import Household
from blueprints.wishes.claims import Claim
from blueprints.wishes.models import Wish
from core.clock import today
from core.db import db
from core.demo_accounts import DEMO_PASSWORD
from tests.bench.bench_saving import Phone
from tests.bench.data import FEW, app_on, copy_of
from tests.bench.server import serving
from tests.bench.table import Row, limit

RACES = 1000
RIVALS = ("fang", "tao")
PATIENCE_SECONDS = 30
ONE_WINNER = Counter({303: 1, 409: 1})


def rows() -> list[Row]:
    """How many races had no winner, or two, in the answers and in the database."""
    with copy_of(FEW) as folder:
        wish_ids = hang(folder)
        with serving(folder, folder.parent / "server.log") as port:
            answers = race(port, wish_ids)
        claimed = live_claims(folder, wish_ids)
    odd = sum(Counter(pair) != ONE_WINNER for pair in answers)
    return [
        limit(f"two claim one wish at once: of {RACES} races without one winner", odd, 0, "races"),
        limit("… wishes without exactly one live claim", RACES - claimed, 0, "wishes"),
    ]


def hang(folder: Path) -> list[int]:
    """Put a thousand wishes on the wall."""
    with app_on(folder).app_context():
        home_id = db.session.scalar(select(func.min(Household.id)))
        who = db.session.scalar(select(User.id).where(User.username == "lin"))
        first = (db.session.scalar(select(func.max(Wish.number))) or 0) + 1
        wishes = [
            Wish(
                year=today().year, number=number, household_id=home_id, collected_by_id=who,
                what="老花镜", public_text="老花镜", state="published", published_on=today(),
            )
            for number in range(first, first + RACES)
        ]  # fmt: skip
        db.session.add_all(wishes)
        db.session.commit()
        return [wish.id for wish in wishes]


def race(port: int, wish_ids: list[int]) -> list[tuple[int, int]]:
    """Let both claim every wish, each at the same moment; return what they were answered."""
    start = Barrier(len(RIVALS), timeout=PATIENCE_SECONDS)
    with ThreadPoolExecutor(len(RIVALS)) as pool:
        one, other = pool.map(lambda name: claim_all(port, name, wish_ids, start), RIVALS)
        return list(zip(one, other, strict=True))


def claim_all(port: int, username: str, wish_ids: list[int], start: Barrier) -> list[int]:
    phone = Phone(port)
    phone.open("/login")
    phone.send("/login", {"username": username, "password": DEMO_PASSWORD})
    phone.open("/wishes")
    answers = []
    for wish_id in wish_ids:
        start.wait()
        answers.append(phone.send(f"/wishes/{wish_id}/claim", {}))
    return answers


def live_claims(folder: Path, wish_ids: list[int]) -> int:
    """Count the wishes that ended up with exactly one live claim."""
    with app_on(folder).app_context():
        live = select(Claim.wish_id).where(Claim.ended_at.is_(None), Claim.wish_id.in_(wish_ids))
        once = live.group_by(Claim.wish_id).having(func.count() == 1)
        return len(db.session.scalars(once).all())
