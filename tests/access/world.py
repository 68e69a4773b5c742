"""The world of the access table: one household and the people around it."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from core.clock import today
from core.db import db
from tests import factories


def build() -> SimpleNamespace:
    """Make one household, its student, a former one, another one, and everybody else."""
    world = SimpleNamespace()
    world.estate = factories.estate()
    world.building = factories.building(world.estate)
    world.room = factories.room(world.building)
    world.household = factories.household(world.room)
    here = [world.estate]
    world.student = factories.user("lin", "林一舟", ["student"], here)
    world.other_student = factories.user("fang", "方晓禾", ["student"], here)
    world.former_student = factories.user("he", "贺知夏", ["student"], here)
    world.secretary = factories.user("qin", "秦若川", ["secretary"])
    world.manager = factories.user("gu", "顾长青", ["manager"])
    world.mentor = factories.user("shen", "沈怀谷", ["mentor"])
    world.admin = factories.user("admin", "管理员", ["admin"])
    world.former_pairing = ended_pairing(world)
    world.pairing = factories.pairing(world.student, world.household)
    return world


def ended_pairing(world: Any) -> Any:
    """The former student's pairing, ended yesterday."""
    pairing = factories.pairing(world.former_student, world.household)
    pairing.end("handover", world.secretary, today() - timedelta(days=1))
    db.session.commit()
    return pairing
