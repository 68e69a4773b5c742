"""Handing a household over: what the next student reads, and what passes on to them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from blueprints.accounts.models import User
from blueprints.households.access import paired_household_ids
from blueprints.households.models import Consent, Household, Resident
from blueprints.visits.follow_ups import hand_on, open_at
from blueprints.visits.handovers import Handover
from blueprints.visits.pairings import Pairing
from blueprints.visits.promises import FollowUp
from blueprints.visits.queries import NAME_ONLY, PAIR
from core.access import SECRETARY, STUDENT
from core.db import db

# What somebody who calls at the door needs to know that was asked.
ASKED = ("visit", "photo", "record", "publish")


@dataclass(frozen=True)
class Sheet:
    """交接单: the facts that were agreed, what is still open, and nothing that was said."""

    pairing: Pairing
    written: Handover | None
    successor: User | None
    last_met_on: date | None
    answers: list[Consent]
    open_promises: list[FollowUp]

    @property
    def household(self) -> Household:
        return self.pairing.household


def handed_over_to(user: User) -> Select[tuple[Pairing]]:
    """Return the pairings whose sheets this person may read.

    Those of the households they look after now: a former student reads none of them any more.
    """
    kept = select(Pairing).where(Pairing.was_declined.is_(False))
    if user.has_role(SECRETARY):
        return kept
    if user.has_role(STUDENT):
        return kept.where(Pairing.household_id.in_(paired_household_ids(user)))
    return kept.where(False)


def sheet_pairing(user: User, pairing_id: int) -> Select[tuple[Pairing]]:
    """Return one pairing whose sheet this person may read, with the household's answers."""
    residents = joinedload(Pairing.household).selectinload(Household.residents)
    consents = residents.options(selectinload(Resident.consents))
    found = handed_over_to(user).where(Pairing.id == pairing_id)
    return found.options(*PAIR, consents)


def sheet(pairing: Pairing) -> Sheet:
    """Return what the sheet of a pairing tells today."""
    head = pairing.household.head
    answers = [head.consent(kind) for kind in ASKED] if head else []
    return Sheet(
        pairing,
        written_for(pairing),
        successor_of(pairing),
        latest_met(pairing),
        [answer for answer in answers if answer],
        open_at(pairing.household_id),
    )


def written_for(pairing: Pairing) -> Handover | None:
    """Return what was written for whoever comes next."""
    return db.session.scalar(select(Handover).where(Handover.pairing_id == pairing.id))


def successor_of(pairing: Pairing) -> User | None:
    """Return who looks after the household now, when this pairing is over."""
    if pairing.is_current:
        return None
    now_paired = select(Pairing).where(
        Pairing.household_id == pairing.household_id, Pairing.ended_on.is_(None)
    )
    found = db.session.scalar(now_paired.options(joinedload(Pairing.student).options(*NAME_ONLY)))
    return found.student if found else None


def latest_met(pairing: Pairing) -> date | None:
    """Return when somebody was last met, by whomever."""
    found = select(Pairing.last_met_on).where(
        Pairing.household_id == pairing.household_id, Pairing.last_met_on.is_not(None)
    )
    return db.session.scalar(found.order_by(Pairing.last_met_on.desc()).limit(1))


def previous_of(pairing: Pairing) -> Pairing | None:
    """Return the pairing before this one, whose sheet was meant for it."""
    earlier = select(Pairing).where(
        Pairing.household_id == pairing.household_id,
        Pairing.id != pairing.id,
        Pairing.ended_on.is_not(None),
        Pairing.was_declined.is_(False),
    )
    return db.session.scalar(earlier.order_by(Pairing.ended_on.desc(), Pairing.id.desc()).limit(1))


def write_facts(pairing: Pairing, facts: str, by: User) -> None:
    """Write down, or over, what was agreed with the household."""
    written = written_for(pairing) or Handover(pairing_id=pairing.id)
    if facts != (written.facts or ""):
        written.facts, written.written_by_id = facts, by.id
        db.session.add(written)
        db.session.flush()


def end_pairing(
    pairing: Pairing, reason: str, by: User, on: date, successor_id: int | None = None
) -> None:
    """End a pairing; what the student had to do passes on to the successor.

    Until there is one, who ends it keeps it. Raises ``PairingAlreadyEnded``.
    """
    pairing.end(reason, by, on)
    hand_on(pairing.household_id, pairing.student_id, successor_id or by.id)
    db.session.flush()


def take_over_promises(pairing: Pairing) -> None:
    """Let the next student do what the former one had promised and who ended it has kept."""
    earlier = previous_of(pairing)
    if earlier and earlier.ended_by_id:
        hand_on(
            pairing.household_id,
            earlier.ended_by_id,
            pairing.student_id,
            promised_by=earlier.student_id,
        )
