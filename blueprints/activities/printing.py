"""What this room prints: the sheet on which those who come sign."""

from flask import current_app

from blueprints.accounts.models import User
from blueprints.activities.models import Activity
from blueprints.activities.queries import people_to_note
from blueprints.teams.access import shown_name
from blueprints.teams.queries import team_names
from core.clock import local
from core.papers import chinese_date
from core.press import print_drawn
from core.prints.forms import SignInContent, draw_sign_in
from core.settings import setting

NAMED_TEAMS = 1


def sign_in_sheet(activity: Activity, reader: User) -> bytes:
    """Return the 签到表: who means to come, named as the reader may, then blank rows.

    It has no telephones.
    """
    people = people_to_note(activity)
    teams = team_names([person.id for person in people])
    on_duty = {each.volunteer_id for each in activity.attendances if each.on_duty}
    begin, end = local(activity.starts_at), local(activity.ends_at)
    content = SignInContent(
        activity=activity.title,
        held=f"{chinese_date(begin.date())} {begin:%H:%M}至{end:%H:%M}",
        place=activity.place,
        leader=shown_name(reader, activity.leader) if activity.leader else "",
        people=tuple(
            (
                shown_name(reader, person),
                "、".join(teams.get(person.id, [])[:NAMED_TEAMS]),
                person.id in on_duty,
            )
            for person in people
        ),
        issuer=setting("issuer_name") or setting("company_name"),
        demo=current_app.config["LINLI_DEMO"],
    )
    return print_drawn([content], draw_sign_in)
