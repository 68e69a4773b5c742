"""Volunteers, activities and the hours that came of them, in proportion to the households."""

from collections.abc import Sequence
from datetime import timedelta

from blueprints.activities.models import Activity, Attendance
from blueprints.demo.bulk.rows import Row, afternoon, put, put_for_ids
from blueprints.demo.names import younger
from blueprints.demo.story import Story
from blueprints.teams.models import Membership, ServiceEntry, Volunteer
from core.names import initials_index

HOMES_PER_VOLUNTEER, HOMES_PER_ACTIVITY = 40, 100
CAME, MINUTES = 25, 60
DAYS = 3 * 365


def hold_activities(story: Story, households: int) -> None:
    """Write activities, who came, and the confirmed hours of each."""
    volunteer_ids = volunteers(story, max(households // HOMES_PER_VOLUNTEER, CAME))
    count = max(households // HOMES_PER_ACTIVITY, 1)
    activities = [activity(story, 1 + number * DAYS // count) for number in range(count)]
    came = [
        (activity_id, volunteer_id, row)
        for activity_id, row in zip(put_for_ids(Activity, activities), activities, strict=True)
        for volunteer_id in story.dice.sample(volunteer_ids, CAME)
    ]
    entries = [entry(story, volunteer_id, row) for _id, volunteer_id, row in came]
    attendances = [
        {
            "activity_id": activity_id,
            "volunteer_id": volunteer_id,
            "minutes": MINUTES,
            "entry_id": entry_id,
        }
        for entry_id, (activity_id, volunteer_id, _row) in zip(
            put_for_ids(ServiceEntry, entries), came, strict=True
        )
    ]
    put(Attendance, attendances)


def volunteers(story: Story, number: int) -> Sequence[int]:
    """Return the ids of new volunteers, spread over the teams."""
    names = [younger(story.dice) for _one in range(number)]
    ids = put_for_ids(
        Volunteer, [{"name": name, "name_terms": initials_index(name)[:200]} for name in names]
    )
    teams = [team.id for team in story.teams.values()]
    put(
        Membership,
        [
            {"team_id": story.dice.choice(teams), "volunteer_id": id_, "joined_on": story.ago(DAYS)}
            for id_ in ids
        ],
    )
    return ids


def activity(story: Story, days_ago: int) -> Row:
    """Return one clean-up that was held and recorded the day after."""
    ends_at = afternoon(story.ago(days_ago))
    return {
        "title": "楼道清扫",
        "kind": "cleaning",
        "team_id": story.dice.choice(list(story.teams.values())).id,
        "place": "各栋楼道",
        "starts_at": ends_at - timedelta(minutes=MINUTES),
        "ends_at": ends_at,
        "state": "held",
        "recorded_on": story.ago(days_ago - 1),
        "created_by_id": story.people["gu"].id,
    }


def entry(story: Story, volunteer_id: int, activity: Row) -> Row:
    """Return a line of the ledger, confirmed by somebody other than who wrote it."""
    return {
        "volunteer_id": volunteer_id,
        "team_id": activity["team_id"],
        "what": activity["title"],
        "served_on": activity["ends_at"].date(),
        "minutes": MINUTES,
        "state": "confirmed",
        "proposed_by_id": activity["created_by_id"],
        "proposed_at": activity["ends_at"],
        "decided_by_id": story.people["qin"].id,
        "decided_at": activity["ends_at"] + timedelta(days=1),
    }
