"""Whom papers are made out to: volunteers with their year in the ledger, and what they got."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Row, Select, func, or_, select

from blueprints.documents.contents import service_sentence, time_on_paper
from blueprints.documents.kinds import CERTIFICATE
from blueprints.documents.models import ISSUED, Document
from blueprints.documents.paper_settings import common_values, filled, settings_of
from blueprints.teams.models import ServiceEntry, Volunteer
from blueprints.teams.queries import (
    BY_NAME,
    Term,
    minutes_by_volunteer,
    minutes_select,
    team_names,
)
from blueprints.visits.models import Visit
from blueprints.wishes.models import Claim
from core.clock import SHANGHAI
from core.db import db
from core.names import mask_name

# As many as a sheet in a stairwell holds in a type that is read from afar.
MOST_NAMED = 40


@dataclass(frozen=True)
class Served:
    """Somebody with their year: confirmed minutes, visits that met somebody, wishes fulfilled."""

    volunteer_id: int
    name: str
    minutes: int = 0
    visits: int = 0
    wishes: int = 0

    @property
    def values(self) -> dict[str, str]:
        """What the personal names in a wording stand for."""
        return {
            "姓名": self.name,
            "时长": time_on_paper(self.minutes),
            "走访": str(self.visits),
            "心愿": str(self.wishes),
        }


@dataclass(frozen=True)
class Candidate:
    """What is told of somebody to whom a certificate can be made out: their year, and the number
    of the certificate that they have from it."""

    minutes: int
    teams: list[str]
    certificate: int | None


def served(volunteer_ids: Iterable[int], day: date) -> dict[int, Served]:
    """Return these people with what they did in the year of this day."""
    people = db.session.execute(
        select(Volunteer.id, Volunteer.name, Volunteer.user_id).where(
            Volunteer.id.in_(list(volunteer_ids))
        )
    ).all()
    term = Term.year_of(day)
    minutes = minutes_by_volunteer([one.id for one in people], term)
    accounts = [one.user_id for one in people if one.user_id]
    visits, wishes = _visits_by(accounts, term), _wishes_by(accounts, term)
    return {
        one.id: Served(
            one.id,
            one.name,
            minutes.get(one.id, 0),
            visits.get(one.user_id, 0),
            wishes.get(one.user_id, 0),
        )
        for one in people
    }


def usual_reason(person: Served, day: date) -> str:
    """Return the reason that the certificates' wording gives for a person's year."""
    wording = settings_of(CERTIFICATE).word("reason")
    if wording:
        return filled(wording, common_values(day) | person.values)
    return service_sentence(day.year, person.minutes, person.visits)


def with_service(term: Term | None = None, also: int | None = None) -> Select[tuple[int, str]]:
    """Return (id, name) of those with confirmed service, in a term if one is said, by name: no
    ranking.

    ``also`` is the volunteer whom an older draft already names.
    """
    minutes = minutes_select(term=term).where(ServiceEntry.volunteer_id == Volunteer.id)
    served = minutes.correlate(Volunteer).scalar_subquery() > 0
    people = select(Volunteer.id, Volunteer.name).order_by(*BY_NAME)
    return people.where(or_(served, Volunteer.id == also) if also else served)


def candidates(volunteer_ids: Collection[int], year: date) -> dict[int, Candidate]:
    """Return what is told of these people when a certificate of this day's year is written."""
    minutes = minutes_by_volunteer(volunteer_ids, Term.year_of(year))
    teams, numbers = team_names(volunteer_ids), numbers_given(CERTIFICATE, year, volunteer_ids)
    return {
        person: Candidate(minutes.get(person, 0), teams.get(person, []), numbers.get(person))
        for person in volunteer_ids
    }


def to_be_named(volunteer_ids: Collection[int]) -> list[Row[tuple[int, str]]]:
    """Return (id, name) of those of these people who may be named in public, by name: who agreed
    and is no child (《志愿服务条例》)."""
    named = select(Volunteer.id, Volunteer.name).where(
        Volunteer.id.in_(volunteer_ids), Volunteer.agrees_to_publish, ~Volunteer.is_child
    )
    return list(db.session.execute(named.order_by(*BY_NAME).limit(MOST_NAMED)))


def honoured(people: Sequence[Row[tuple[int, str]]], year: date) -> dict[str, Any]:
    """Return the list of a 公示: covered names, teams and hours of the year, in that order."""
    told = candidates([person for person, _name in people], year)
    rows = [
        [mask_name(name), "、".join(told[person].teams), f"{told[person].minutes / 60:.1f}"]
        for person, name in people
    ]
    return {"heads": ["姓名", "队伍", "本年时长（小时）"], "rows": rows}


def numbers_given(kind: str, year: date, volunteer_ids: Collection[int]) -> dict[int, int]:
    """Return the number of each one's latest valid paper of a kind in this day's year."""
    theirs = latest_numbers(kind, year).where(Document.volunteer_id.in_(volunteer_ids))
    return {person: number for person, number in db.session.execute(theirs)}


def latest_numbers(kind: str, year: date) -> Select[tuple[int | None, int]]:
    """Select (volunteer, number) of what ``numbers_given`` returns."""
    return (
        select(Document.volunteer_id, func.max(Document.serial_number))
        .where(
            Document.kind == kind,
            Document.state == ISSUED,
            Document.serial_year == year.year,
            Document.volunteer_id.is_not(None),
        )
        .group_by(Document.volunteer_id)
    )


def fulfilled_within(first: date, last: date) -> Select[tuple[int]]:
    """Select the accounts that made a wish come true between two days, once for each wish."""
    begin = datetime.combine(first, time(), SHANGHAI)
    end = datetime.combine(last + timedelta(days=1), time(), SHANGHAI)
    return select(Claim.claimer_id).where(
        Claim.fulfilled_at >= begin, Claim.fulfilled_at < end, Claim.ended_at.is_(None)
    )


def _wishes_by(accounts: list[int], term: Term) -> dict[int | None, int]:
    counted = fulfilled_within(term.first, term.last).where(Claim.claimer_id.in_(accounts))
    rows = db.session.execute(counted.add_columns(func.count(Claim.id)).group_by(Claim.claimer_id))
    return {account: count for account, count in rows}


def _visits_by(accounts: list[int], term: Term) -> dict[int | None, int]:
    rows = db.session.execute(
        select(Visit.visitor_id, func.count(Visit.id))
        .where(
            Visit.visitor_id.in_(accounts),
            Visit.visited_on.between(term.first, term.last),
            Visit.met_somebody,
        )
        .group_by(Visit.visitor_id)
    )
    return {account: count for account, count in rows}
