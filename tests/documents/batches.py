"""People who earned a paper, and batches issued to them."""

import time
from typing import Any

from blueprints.accounts.models import User
from blueprints.documents import batch_routes
from blueprints.documents.batches import Batch
from blueprints.documents.models import Document, SerialCounter
from core.clock import today
from core.db import db
from tests import factories


def served(qin: Any, name: str, hours: int, **fields: Any) -> Any:
    """Somebody with so many confirmed hours this year."""
    person = factories.volunteer(name, **fields)
    known = db.session.scalar(db.select(User).where(User.username == "tao"))
    proposer = known or factories.user("tao", "陶予安", ["student"])
    for day in range(0, hours, 10):
        minutes = min(hours - day, 10) * 60
        factories.service_entry(person, proposer, minutes, "confirmed", qin)
    return person


SIGNED = {"dated_on": today().isoformat(), "issuer": "安和物业"}


def words(people: list[Any], **changes: str) -> dict[str, Any]:
    return {
        "people": [str(one.id) for one in people],
        "sure": str(len(people)),
        "honour": "年度优秀志愿者",
        "reason": "",
        "dated_on": today().isoformat(),
        "issuer": "安和物业",
    } | changes


def finished(batch_id: int) -> Batch:
    """Wait for the thread, then read the batch anew."""
    deadline = time.monotonic() + 60
    while progress := batch_routes._running.get(batch_id):
        progress.thread.join(1)
        assert time.monotonic() < deadline
    db.session.rollback()
    batch = db.session.get_one(Batch, batch_id, populate_existing=True)
    # The test's own transaction must not keep the next batch from writing.
    db.session.expunge(batch)
    db.session.rollback()
    return batch


def batch_of(secretary: Any, people: list[Any], **changes: str) -> Batch:
    answer = secretary.send("/batches/new", words(people, **changes))
    assert answer.status_code == 303, answer.text
    return finished(int(answer.location.rsplit("/", 1)[1]))


def serials() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(db.select(Document.serial).order_by(Document.id)))


def last_number() -> int:
    db.session.rollback()
    return db.session.scalar(db.select(SerialCounter.last)) or 0
