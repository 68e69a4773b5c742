"""The people an activity book may name: volunteers, and staff with an account."""

from collections import defaultdict
from dataclasses import dataclass, field

from sqlalchemy import select

from blueprints.accounts.models import User
from blueprints.teams.models import Membership, Team, Volunteer
from core.db import db
from core.names import bare_name, split_surname

MOST_ALIKE = 8


@dataclass(frozen=True, slots=True)
class Namesake:
    """Somebody registered; ``id`` is None for staff who are no volunteers yet."""

    id: int | None
    name: str
    phone: str = ""
    teams: tuple[str, ...] = ()
    user_id: int | None = None


@dataclass
class People:
    """Everybody a name in the book may mean."""

    by_name: dict[str, list[Namesake]] = field(default_factory=lambda: defaultdict(list))
    by_surname: dict[str, list[Namesake]] = field(default_factory=lambda: defaultdict(list))

    def add(self, person: Namesake) -> None:
        name = bare_name(person.name)
        self.by_name[name].append(person)
        self.by_surname[split_surname(name)[0]].append(person)

    def named(self, name: str) -> list[Namesake]:
        return self.by_name.get(name, [])

    def only(self, name: str) -> Namesake | None:
        """The one person of that name; None where there is none or several."""
        found = self.named(name)
        return found[0] if len(found) == 1 else None

    def like(self, name: str) -> list[Namesake]:
        """Who may be meant: namesakes, or else volunteers with the same surname."""
        surname = split_surname(name)[0]
        found = self.named(name) or self.by_surname.get(surname, [])
        return [person for person in found if person.id][:MOST_ALIKE]


def registered_people() -> People:
    """Load volunteers with their teams, and staff who are no volunteers yet."""
    teams: dict[int, list[str]] = defaultdict(list)
    for volunteer_id, name in db.session.execute(
        select(Membership.volunteer_id, Team.name)
        .join(Membership.team)
        .where(Membership.left_on.is_(None))
    ):
        teams[volunteer_id].append(name)
    people, accounts = People(), set()
    for row in db.session.execute(
        select(Volunteer.id, Volunteer.name, Volunteer.phone, Volunteer.user_id).order_by(
            Volunteer.name_terms, Volunteer.id
        )
    ):
        accounts.add(row.user_id)
        people.add(Namesake(row.id, row.name, row.phone, tuple(teams[row.id]), row.user_id))
    for user_id, name in db.session.execute(select(User.id, User.name)):
        if user_id not in accounts:
            people.add(Namesake(None, name, user_id=user_id))
    return people
