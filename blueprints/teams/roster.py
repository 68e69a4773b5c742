"""The volunteers' roster as a ledger: who is registered already, and storing who is not."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from sqlalchemy import select

from blueprints.accounts.models import User
from blueprints.imports.ledger import Job, Ledger, Reader, register
from blueprints.imports.rows import NEW, Cells, Difference, LedgerRow, Question, Reading, Standing
from blueprints.teams.access import oversees
from blueprints.teams.models import Membership, Team, Volunteer
from blueprints.teams.roster_cells import (
    FIELDS,
    REQUIRED,
    RosterRow,
    TeamName,
    VolunteerRecord,
)
from core.bulk import insert_all, inserted_ids
from core.clock import today
from core.db import db
from core.names import initials_index

ADD, SKIP = "add", "skip"
BATCH = 500


class RosterReader(Reader):
    """Judges rows against the registered teams, and compares them with who is registered."""

    def __init__(self, teams: Mapping[str, int], day: date) -> None:
        self.teams, self.day = teams, day
        self.names = {name: name for name in teams}
        self.asked: dict[str, tuple[Question, LedgerRow, LedgerRow]] = {}

    def open_sheet(self, title: str, fields: frozenset[str], name: str) -> None:
        """Nothing above the headers matters."""

    def read(self, cells: Cells) -> Reading:
        return RosterRow(cells, self.names, self.day).reading()

    def identity(self, record: VolunteerRecord) -> tuple[object, ...]:
        """Two of one name are two people, unless they share a number."""
        return record.name, tuple(sorted(phone.number for phone in record.phones))

    def standings(self, records: Sequence[VolunteerRecord]) -> list[Standing]:
        registered = registered_volunteers({record.name for record in records})
        return [standing_of(record, registered) for record in records]

    def questions(
        self, new: Sequence[LedgerRow], near: Mapping[LedgerRow, LedgerRow]
    ) -> list[Question]:
        """Ask whether somebody who stands there twice is in both teams."""
        for row, first in near.items():
            key = f"{row.sheet}!{row.number}"
            text = _(
                "第 %(row)s 行的%(name)s和第 %(first)s 行是同一个人吗？这一行写的是%(teams)s",
                row=row.number,
                name=row.record.name,
                first=first.number,
                teams=team_words(row.record.teams),
            )
            options = ((ADD, _("是，加上这支队")), (SKIP, _("不动，这一行不导入")))
            self.asked[key] = (Question(key, text, options, SKIP), row, first)
        return [question for question, _row, _first in self.asked.values()]

    def store(
        self, new: Sequence[LedgerRow], changed: Sequence[tuple[LedgerRow, Standing]], job: Job
    ) -> dict[str, int]:
        more = self.teams_added(job)
        records = [row.record for row in new]
        for start in range(0, len(records), BATCH):
            batch = new[start : start + BATCH]
            ids = inserted_ids(Volunteer.__table__, [volunteer_row(row.record) for row in batch])
            job.note_made(Volunteer.__table__, ids)
            rows = [
                membership_row(self.teams[team.name], team, person, row.record)
                for person, row in zip(ids, batch, strict=True)
                for team in (*row.record.teams, *more.get(row.place, ()))
            ]
            insert_all(Membership.__table__, rows)
            job.tell(start + len(ids))
        for row, standing in changed:
            self.join_missing(row.record, standing, job)
        return {
            "imported": len(records),
            "updated": len(changed),
            "children": sum(record.is_child for record in records),
        }

    def teams_added(self, job: Job) -> dict[Any, list[TeamName]]:
        """Return the teams of later rows that a person added to the first row's."""
        added: dict[Any, list[TeamName]] = {}
        for question, row, first in self.asked.values():
            if job.answer(question) == ADD:
                own = {team.name for team in first.record.teams}
                missing = [team for team in row.record.teams if team.name not in own]
                added.setdefault(first.place, []).extend(missing)
        return added

    def join_missing(self, record: VolunteerRecord, standing: Standing, job: Job) -> None:
        """Let somebody registered join the teams that only the roster names."""
        person = standing.object_id or 0
        own = current_teams([person]).get(person, set())
        rows = [
            membership_row(self.teams[team.name], team, person, record)
            for team in record.teams
            if team.name not in own
        ]
        job.note_made(Membership.__table__, inserted_ids(Membership.__table__, rows))


def standing_of(
    record: VolunteerRecord, registered: Mapping[str, list[tuple[int, str, set[str]]]]
) -> Standing:
    """Compare by number; somebody of that name without a number may be the same person."""
    namesakes = registered.get(record.name, [])
    wanted = {phone.number for phone in record.phones}
    found = [person for person in namesakes if person[1] in wanted]
    if not found:
        found = [person for person in namesakes if not person[1]]
    if len(found) != 1:
        return NEW
    person, _phone, teams = found[0]
    missing = [team for team in record.teams if team.name not in teams]
    if not missing:
        return Standing(person)
    ours = _("、").join(sorted(teams))
    difference = Difference(FIELDS["team"].label, ours, team_words(record.teams))
    return Standing(person, (difference,))


def registered_volunteers(names: set[str]) -> dict[str, list[tuple[int, str, set[str]]]]:
    """Return, by name, who is registered: id, phone, the teams they are in now."""
    found = db.session.execute(
        select(Volunteer.id, Volunteer.name, Volunteer.phone).where(Volunteer.left_on.is_(None))
    ).all()
    wanted = [row for row in found if row.name in names]
    teams = current_teams([row.id for row in wanted])
    people: dict[str, list[tuple[int, str, set[str]]]] = {}
    for row in wanted:
        people.setdefault(row.name, []).append((row.id, row.phone, teams.get(row.id, set())))
    return people


def current_teams(volunteer_ids: Sequence[int]) -> dict[int, set[str]]:
    """Return the names of the teams each of them is in now."""
    teams: dict[int, set[str]] = {}
    for start in range(0, len(volunteer_ids), BATCH):
        found = db.session.execute(
            select(Membership.volunteer_id, Team.name)
            .join(Membership.team)
            .where(
                Membership.volunteer_id.in_(volunteer_ids[start : start + BATCH]),
                Membership.left_on.is_(None),
            )
        )
        for volunteer_id, name in found:
            teams.setdefault(volunteer_id, set()).add(name)
    return teams


def team_words(teams: Sequence[TeamName]) -> str:
    return _("、").join(team.name for team in teams)


def volunteer_row(record: VolunteerRecord) -> dict[str, Any]:
    """Return the row; of a child only the name, until a guardian agrees (article 31)."""
    skills = () if record.is_child else record.skills
    return named_row(record.name, first_day(record)) | {
        "phone": record.phone,
        "skills": "、".join(skills)[:200],
        "is_child": record.is_child,
    }


def named_row(name: str, joined_on: date) -> dict[str, Any]:
    """Return the row of somebody of whom a ledger tells no more than the name."""
    return {
        "name": name[:60],
        "name_terms": initials_index(name)[:200],
        "phone": "",
        "skills": "",
        "joined_on": joined_on,
        "agrees_to_publish": False,
        "version": 1,
    }


def membership_row(
    team_id: int, team: TeamName, person: int, record: VolunteerRecord
) -> dict[str, Any]:
    return {
        "team_id": team_id,
        "volunteer_id": person,
        "is_leader": team.is_leader,
        "joined_on": first_day(record),
    }


def first_day(record: VolunteerRecord) -> date:
    """The day somebody joined; where only a month or year is known, its first."""
    joined = record.joined
    if joined is None or joined.year is None:
        return today()
    return date(joined.year, joined.month or 1, joined.day or 1)


class RosterLedger(Ledger):
    """志愿者名册."""

    key = "volunteers"
    title = _l("志愿者名册")
    hint = _l("要有姓名、电话、服务队。一个人在几支队就写几支，队要先登记好。备注不存。")
    amount = _l(" %(count)s 人")
    fields = FIELDS
    required = REQUIRED
    telling = ("name", "phone", "team")
    near_text = _l("和第%(row)s行姓名、电话相同，其他不完全相同")
    count_labels: Mapping[str, LazyString] = {"children": _l("未满 14 岁，等监护人同意")}
    owned = frozenset(["membership"])

    def may_import(self, user: User) -> bool:
        return oversees(user)

    def reader(self, scope: int | None, today: date) -> RosterReader:
        found = db.session.execute(select(Team.name, Team.id).where(Team.closed_on.is_(None)))
        return RosterReader({name: team_id for name, team_id in found}, today)

    def missing_first(self) -> tuple[str, LazyString, LazyString] | None:
        if db.session.scalar(select(Team.id).where(Team.closed_on.is_(None)).limit(1)) is not None:
            return None
        return url_for("teams.index"), _l("先登记服务队"), _l("名册要对上队名。")

    def next_page(self, scope: int | None) -> tuple[str, LazyString]:
        return url_for("teams.volunteers"), _l("看志愿者")


register(RosterLedger())
