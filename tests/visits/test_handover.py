"""Handing a household over: the next student reads what was agreed, the former one nothing."""

from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blueprints.households.access import sees_in_full
from blueprints.households.models import Consent
from blueprints.visits.actions import pair
from blueprints.visits.handing_over import end_pairing
from blueprints.visits.pairings import HouseholdAlreadyPaired, Pairing, PairingAlreadyEnded
from blueprints.visits.promises import FollowUp
from core.audit import AuditEntry
from core.clock import today
from core.db import db
from tests import factories
from tests.visits.conftest import told


def ending(successor: Any = None, **changes: Any) -> dict[str, str]:
    """The end of a pairing as its form sends it."""
    return {
        "reason": "handover",
        "successor": str(successor.id if successor else 0),
        "facts": "周三下午在家，先打电话",
    } | changes


def test_the_next_student_reads_the_sheet_and_the_former_one_does_not(
    browser: Any, lin: Any, fang: Any, qin: Any, home: Any, pairing: Any, head: Any
) -> None:
    former, office = browser(lin), browser(qin)
    factories.saved(Consent(resident_id=head.id, kind="photo", answer="declined"))
    factories.wish(home, lin, "按摩仪")
    former.send(
        f"/visits/new?household={home.id}", told(note="和儿子吵了一架", follow_what="带老花镜")
    )
    done = office.send(f"/pairings/{pairing.id}/end", ending(fang))
    assert done.status_code == 303
    sheet = browser(fang).get(f"/pairings/{pairing.id}/handover")
    assert sheet.status_code == 200
    for known in (
        "周三下午在家",
        "祝婆婆家",
        "拍照：不同意",
        "走访：同意",
        "带老花镜",
        "按摩仪",
        "方晓禾",
    ):
        assert known in sheet.text
    assert "吵了一架" not in sheet.text
    assert former.get(f"/pairings/{pairing.id}/handover").status_code == 404
    assert former.get(f"/households/{home.id}").status_code == 404
    new = db.session.scalar(db.select(Pairing).where(Pairing.ended_on.is_(None)))
    assert (new.student_id, new.interval_days) == (fang.id, pairing.interval_days)
    assert f"/pairings/{pairing.id}/handover" in browser(fang).get(f"/pairings/{new.id}").text


def test_what_was_promised_passes_on_to_the_next(
    browser: Any, lin: Any, fang: Any, qin: Any, home: Any, pairing: Any
) -> None:
    browser(lin).send(f"/visits/new?household={home.id}", told(follow_what="带老花镜"))
    office = browser(qin)
    office.send(f"/pairings/{pairing.id}/end", ending())
    promise = db.session.scalar(db.select(FollowUp))
    assert promise.owner_id == qin.id
    assert "带老花镜" in office.get("/follow-ups").text
    asked = {
        "answer": "agreed",
        "student": str(fang.id),
        "interval_days": "21",
        "started_on": today().isoformat(),
    }
    office.send(f"/pairings/new?household={home.id}", asked)
    db.session.refresh(promise)
    assert promise.owner_id == fang.id
    assert "带老花镜" in browser(fang).get("/").text


def test_the_student_writes_the_sheet_beforehand(
    browser: Any, lin: Any, qin: Any, home: Any, pairing: Any
) -> None:
    student, path = browser(lin), f"/pairings/{pairing.id}/handover/edit"
    assert student.send(path, {"facts": "门铃坏了，敲门", "version": "0"}).status_code == 303
    stale = student.send(path, {"facts": "别的", "version": "0"})
    assert stale.status_code == 409
    assert "门铃坏了，敲门</textarea>" in browser(qin).get(f"/pairings/{pairing.id}/end").text
    trail = db.session.scalars(db.select(AuditEntry).where(AuditEntry.object_type == "handover"))
    assert all("门铃" not in str(entry.after) for entry in trail)


@pytest.mark.parametrize("reason", ["moved", "declined", "died"])
def test_some_ends_have_no_successor(
    browser: Any, lin: Any, fang: Any, qin: Any, pairing: Any, reason: str
) -> None:
    answer = browser(qin).send(f"/pairings/{pairing.id}/end", ending(fang, reason=reason))
    assert answer.status_code == 422
    assert "不用人接手" in answer.text
    assert "周三下午在家" in answer.text


def test_nobody_takes_over_from_themselves(browser: Any, lin: Any, qin: Any, pairing: Any) -> None:
    assert browser(qin).send(f"/pairings/{pairing.id}/end", ending(lin)).status_code == 422


def test_a_proposal_that_was_declined_has_no_sheet(
    browser: Any, lin: Any, qin: Any, home: Any
) -> None:
    fields = {
        "answer": "declined",
        "student": str(lin.id),
        "interval_days": "21",
        "started_on": today().isoformat(),
    }
    browser(qin).send(f"/pairings/new?household={home.id}", fields)
    proposal = db.session.scalar(db.select(Pairing))
    assert browser(qin).get(f"/pairings/{proposal.id}/handover").status_code == 404


STEPS = st.lists(
    st.tuples(st.sampled_from(["lin", "fang", "end"]), st.integers(0, 1)), min_size=1, max_size=8
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_no_history_of_pairings_opens_a_household_to_two(
    app: Flask, lin: Any, fang: Any, qin: Any, home: Any, steps: list[tuple[str, int]]
) -> None:
    """Whatever is begun and ended, in whatever order: one pairing in force, or none."""
    db.session.expunge_all()
    lin, fang, qin, home = map(db.session.merge, (lin, fang, qin, home))
    db.session.execute(db.delete(Pairing))
    students, current = {"lin": lin, "fang": fang}, None
    for step, which in steps:
        everything = list(db.session.scalars(db.select(Pairing).order_by(Pairing.id)))
        try:
            if step == "end" and everything:
                end_pairing(everything[-1 - which % len(everything)], "other", qin, today())
                current = None
            elif step != "end":
                pair(home, students[step].id, 21, today(), by=qin)
                assert current is None
                current = step
        except HouseholdAlreadyPaired:
            assert current is not None
        except PairingAlreadyEnded:
            pass
        db.session.commit()
        in_force = [one for one in db.session.scalars(db.select(Pairing)) if one.is_current]
        assert len(in_force) == (current is not None)
        for name, student in students.items():
            assert bool(sees_in_full(student, [home.id])) == (name == current)
