"""Forgetting one person who asks for it (个人信息保护法, article 47)."""

from sqlalchemy import select

from blueprints.accounts.models import User
from blueprints.households.actions import answer_consent, close_ranks, reindex
from blueprints.households.models import Resident
from blueprints.households.signals import person_erased
from blueprints.imports.actions import forget
from core.audit import record
from core.clock import today
from core.db import db
from core.photos import drop_unused

# What stands in a list where somebody was; a name would tell who it was.
ERASED_NAME = "—"
# Behind everybody who still lives there, and who moves in later: the first names the home.
LAST = 10_000


def erase(resident: Resident, by: User, *, remark: str = "") -> list[str]:
    """Delete what is known of a person; that visits took place, and dates of consent, stay.

    Every consent that was given is withdrawn first, so that what rests on it ends too: wishes
    leave the wall, sheets are to be taken down. Needs phones, care tags, consents and the
    household loaded. ``remark`` is what the home's remark shall say of those who stay.
    Certificates are kept (retention rule of the register).

    Return the names of photos whose files are to go after the commit.
    """
    for kind in [c.kind for c in resident.consents if c.answer == "granted"]:
        if resident.agrees_to(kind):
            answer_consent(
                resident, kind=kind, answer="withdrawn", form="spoken", given_on=today(), by=by
            )
    home, alone = resident.household, is_alone(resident)
    taken_out = [ids for _receiver, ids in person_erased.send(resident, alone=alone) if ids]
    blank(resident)
    if alone:
        home.remark, home.people_count, home.moved_out_on = "", None, home.moved_out_on or today()
    else:
        home.remark = remark
        close_ranks(home.id)
    record("erase", resident)
    forget({"resident": [resident.id]})
    db.session.flush()
    reindex(home.id)
    return drop_unused([photo_id for ids in taken_out for photo_id in ids])


def is_alone(resident: Resident) -> bool:
    """Answer whether nobody else of the household is known by name."""
    others = select(Resident.id).where(
        Resident.household_id == resident.household_id,
        Resident.id != resident.id,
        Resident.erased_on.is_(None),
    )
    return db.session.scalar(others.limit(1)) is None


def blank(resident: Resident) -> None:
    resident.erased_on, resident.position = today(), LAST
    resident.name, resident.honorific, resident.relation = ERASED_NAME, "", ""
    resident.set_birthday(None)
    resident.is_child, resident.is_emergency_contact = False, False
    resident.phones, resident.care_tags = [], []
