"""The teams, who is in them, and the time they served outside activities."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from blueprints.accounts.models import User
from blueprints.demo.story import Story
from blueprints.teams.actions import add_member, correct, propose, volunteer_for
from blueprints.teams.models import ServiceEntry, Team, Volunteer
from core.db import db

CARE, CLEANING, DANCE, REPAIR = "爱心服务队", "保洁服务队", "夕阳红舞蹈队", "便民理发维修队"


class Squad(NamedTuple):
    """A team: its kind, purpose and members, the leader first."""

    name: str
    kind: str
    purpose: str
    members: tuple[str, ...]


SQUADS = (
    Squad(CARE, "care", "陪伴、跑腿、代办，谁家有事喊一声。",
          ("林一舟", "陶予安", "贺知夏", "方晓禾", "欧阳敏")),
    Squad(CLEANING, "cleaning", "每周清扫一次楼道，谁住谁爱护。",
          ("单守信", "罗长顺", "毕桂珍", "陶予安")),
    Squad(DANCE, "arts", "每天傍晚在小广场，欢迎来跳。", ("陈㛃", "毕桂珍", "常玉梅")),
    Squad(REPAIR, "repair", "义剪、修小家电、磨刀配钥匙。", ("方晓禾", "傅建业", "罗长顺")),
)  # fmt: skip
# Neighbours who volunteer, with what they are good at; the first two live in the story's homes.
NEIGHBOURS = {
    "单守信": "水电、木工",
    "陈㛃": "舞蹈、二胡",
    "欧阳敏": "开车",
    "罗长顺": "修小家电",
    "毕桂珍": "做饭",
    "常玉梅": "编织",
    "傅建业": "理发",
}


SERVICES = {"单守信": "便民维修", "陈㛃": "文艺", "罗长顺": "便民维修、打扫卫生", "傅建业": "理发"}


class Served(NamedTuple):
    """Time served: by whom, when, how long, and what became of the entry."""

    who: str
    days_ago: int
    minutes: int
    what: str
    kind: str
    state: str
    refusal: str = ""


SERVED = (
    Served("林一舟", 54, 90, "送按摩仪上门，教会使用", "wish", "confirmed"),
    Served("方晓禾", 49, 60, "送大字挂钟并挂好", "wish", "confirmed"),
    Served("傅建业", 35, 120, "上门理发 4 户", "repair", "confirmed"),
    Served("罗长顺", 28, 150, "修电饭煲、电风扇", "repair", "confirmed"),
    Served("贺知夏", 20, 480, "值班巡楼", "other", "rejected", "上班值班是本职，不计志愿时长。"),
    Served("林一舟", 9, 120, "周末陪聊两户", "visit", "proposed"),
    Served("林一舟", 4, 90, "陪查爹爹看眼科", "visit", "proposed"),
    Served("方晓禾", 6, 150, "义剪帮手", "repair", "proposed"),
    Served("方晓禾", 3, 120, "周末走访", "visit", "proposed"),
    Served("单守信", 5, 250, "修一楼扶手", "repair", "proposed"),
)


def form_teams(story: Story) -> None:
    """Found the teams and let everybody join."""
    for username in ("lin", "fang", "tao", "he"):
        user = story.people[username]
        with story.on((story.today - user.started_on).days):
            story.volunteers[user.name] = volunteer_for(user)
    for name, skills in NEIGHBOURS.items():
        with story.on(400) as day:
            story.volunteers[name] = Volunteer(
                name=name, skills=skills, services=SERVICES.get(name, ""), phone=str(next(story.phones)), joined_on=day,
                agrees_to_publish=name in ("单守信", "陈㛃"),
            )  # fmt: skip
            db.session.add(story.volunteers[name])
    for name in ("单守信", "陈㛃"):
        story.volunteers[name].resident_id = story.heads[story.homes[name].id].id
    for squad in SQUADS:
        found_team(story, squad)


def found_team(story: Story, squad: Squad) -> None:
    with story.on(390) as day:
        team = Team(name=squad.name, kind=squad.kind, purpose=squad.purpose, founded_on=day)
        db.session.add(team)
    story.teams[squad.name] = team
    story.leaders[squad.name] = story.volunteers[squad.members[0]]
    for name in squad.members:
        volunteer = story.volunteers[name]
        with story.on(min(380, (story.today - volunteer.joined_on).days)) as day:
            add_member(team, volunteer, day, is_leader=name == squad.members[0])


def serve(story: Story) -> None:
    """Write time served into the ledger; somebody else vouches for it or refuses it."""
    for served in SERVED:
        volunteer = story.volunteers[served.who]
        with story.on(served.days_ago - 1):
            entry = propose(
                volunteer,
                served.minutes,
                story.ago(served.days_ago),
                served.what,
                served.kind,
                None,
                account_of(story, served.who),
            )
        if served.state != "proposed":
            with story.on(served.days_ago - 2):
                decide(story, entry, served)
    mend(story)


def account_of(story: Story, name: str) -> User:
    """Return who writes this person's time down: a neighbour has no account, so the manager."""
    own = [user for user in story.people.values() if user.name == name]
    return own[0] if own else story.people["gu"]


def decide(story: Story, entry: ServiceEntry, served: Served) -> None:
    qin = story.people["qin"]
    loaded = with_corrections(entry.id)
    if served.state == "confirmed":
        loaded.confirm(qin.id)
    else:
        loaded.reject(qin.id, served.refusal)


def mend(story: Story) -> None:
    """One line was too long by half an hour; a correction was appended and confirmed."""
    wrong = db.session.scalars(
        select(ServiceEntry.id).where(ServiceEntry.what == "修电饭煲、电风扇")
    ).one()
    with story.on(24):
        correction = correct(with_corrections(wrong), -30, "路上的时间不算", story.people["gu"])
    with story.on(23):
        with_corrections(correction.id).confirm(story.people["qin"].id)


def with_corrections(entry_id: int) -> ServiceEntry:
    """Return a line of the ledger as its verbs need it."""
    return db.session.scalars(
        select(ServiceEntry)
        .where(ServiceEntry.id == entry_id)
        .options(joinedload(ServiceEntry.volunteer), selectinload(ServiceEntry.corrections))
        .execution_options(populate_existing=True)
    ).one()
