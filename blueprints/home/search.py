"""Finding households, wishes, people, teams, activities and papers, as far as one may see them."""

import re
from dataclasses import dataclass

from sqlalchemy import and_, or_, select

import blueprints.documents.queries as documents
import blueprints.teams.queries as teams
import blueprints.wishes.queries as wishes
from blueprints.accounts.models import User
from blueprints.activities.access import activities_visible_to
from blueprints.activities.models import Activity
from blueprints.documents.models import Document
from blueprints.households.access import in_full_for
from blueprints.households.queries import Row, search_households
from blueprints.teams.access import teams_visible_to, volunteers_visible_to
from blueprints.teams.models import Team, Volunteer
from blueprints.wishes.access import Seen, seen_by, wishes_visible_to
from blueprints.wishes.models import Wish
from core.clock import today
from core.db import db
from core.numerals import half_width

SHOWN = 10
# The list of households finds the rest by the same words.
HOMES_SHOWN = 6
# Words are looked for in the latest wishes; an older one is found by its number.
WISHES_READ = 2000
ACTIVITIES_READ = 1000
YEAR_AND_NUMBER = re.compile(r"(20\d\d)\D+(\d{1,6})\D*")
NUMBER = re.compile(r"\D{0,3}(\d{1,6})\D{0,2}")


@dataclass(frozen=True)
class Found:
    """What was found, by kind; at most ten of each."""

    households: list[Row]
    wishes: list[Seen]
    volunteers: list[Volunteer]
    documents: list[Document]
    activities: list[Activity]
    teams: list[Team]

    @property
    def nothing(self) -> bool:
        return not any(vars(self).values())


def find(user: User, words: str) -> Found:
    """Return what this person finds by these words."""
    return Found(
        households=search_households(user, words, HOMES_SHOWN),
        wishes=find_wishes(user, words),
        volunteers=find_volunteers(user, words),
        documents=find_documents(user, words),
        activities=find_activities(user, words),
        teams=find_teams(user, words),
    )


def numbered(words: str) -> tuple[int, int] | None:
    """Read a wish's year and number: 心愿2026-017, or just 17 of this year."""
    text = half_width(words).strip()
    both = YEAR_AND_NUMBER.search(text)
    if both:
        return int(both[1]), int(both[2])
    alone = NUMBER.fullmatch(text)
    return (today().year, int(alone[1])) if alone else None


def find_wishes(user: User, words: str) -> list[Seen]:
    """Return wishes by their number or by their words, the latest first.

    What was written down is searched only where one may read it.
    """
    latest = select(Wish.id).order_by(Wish.id.desc()).limit(WISHES_READ)
    told = or_(
        Wish.public_text.contains(words, autoescape=True) & Wish.published_on.is_not(None),
        Wish.what.contains(words, autoescape=True) & Wish.household.has(in_full_for(user)),
    )
    matches = and_(Wish.id.in_(latest), told)
    number = numbered(words)
    if number:
        matches = or_(matches, and_(Wish.year == number[0], Wish.number == number[1]))
    found = wishes_visible_to(user).where(matches).order_by(Wish.id.desc()).limit(SHOWN)
    return seen_by(user, list(db.session.scalars(found.options(*wishes.CARD))))


def find_volunteers(user: User, words: str) -> list[Volunteer]:
    """Return volunteers by a part of the name or the beginning of its pinyin.

    An address or a number is nobody's name: there everybody's would be compared for nothing.
    """
    if not any(sign.isalpha() for sign in words):
        return []
    found = teams.searched(volunteers_visible_to(user), words)
    return list(db.session.scalars(found.limit(SHOWN)))


def find_activities(user: User, words: str) -> list[Activity]:
    """Return activities by their title or place, the latest first."""
    latest = select(Activity.id).order_by(Activity.starts_at.desc()).limit(ACTIVITIES_READ)
    named = (Activity.title, Activity.place)
    told = or_(*(column.contains(words, autoescape=True) for column in named))
    found = activities_visible_to(user).where(Activity.id.in_(latest), told)
    return list(db.session.scalars(found.order_by(Activity.starts_at.desc()).limit(SHOWN)))


def find_teams(user: User, words: str) -> list[Team]:
    """Return teams by a part of their name; there are never many."""
    found = teams_visible_to(user).where(Team.name.contains(words, autoescape=True))
    return list(db.session.scalars(found.order_by(Team.name).limit(SHOWN)))


def find_documents(user: User, words: str) -> list[Document]:
    """Return papers by number, person or title, as the register itself finds them."""
    found = documents.register(user, documents.Asked(words=words))
    return list(db.session.scalars(found.limit(SHOWN)))
