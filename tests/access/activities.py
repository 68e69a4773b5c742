"""Who may do what with activities and their records."""

from datetime import timedelta
from typing import Any

from blueprints.activities.joining import Signup
from blueprints.activities.models import ActivityPhoto
from blueprints.activities.quiz import Prize, QuizQuestion
from blueprints.activities.series import ActivitySeries
from core.clock import now
from tests import factories
from tests.access.cases import Case, all_get
from tests.factories import saved


def build(w: Any) -> None:
    """An activity of yesterday by the team that ``student`` leads, with one photo."""
    w.activity = factories.activity(team=w.team, by=w.manager, starts_at=now() - timedelta(days=1))
    w.coming = factories.activity(team=w.team, by=w.manager, starts_at=now() + timedelta(days=1))
    series = ActivitySeries(
        every="week", first_on=w.coming.day, until=w.coming.day, created_by_id=w.manager.id
    )
    w.coming.series_id, w.coming.series_day = saved(series).id, w.coming.day
    w.signup = saved(
        Signup(activity_id=w.coming.id, volunteer_id=w.volunteer.id, signed_up_by_id=w.manager.id)
    )
    w.question = saved(QuizQuestion(question="火警打几？", answer="119"))
    w.prize = saved(Prize(activity_id=w.coming.id, what="小扇子"))
    w.activity_photo = factories.photo(w.manager)
    saved(ActivityPhoto(activity_id=w.activity.id, photo_id=w.activity_photo.id))


# The leader is ``student``.
keepers = all_get(403, student=200, secretary=200, manager=200, admin=404)
keepers_form = all_get(403, student=422, secretary=422, manager=422, admin=404)
writers = all_get(200, mentor=403, admin=403)
writers_form = all_get(422, mentor=403, admin=403)
keepers_post = all_get(403, student=303, secretary=303, manager=303, admin=404)

CASES = [
    Case("activities.export", lambda w: "/activities.xlsx", all_get(200, admin=403)),
    Case("activities.index", lambda w: "/activities", all_get(200, admin=403)),
    Case("activities.new", lambda w: "/activities/new", keepers | {"admin": 403}),
    Case("activities.new", lambda w: "/activities/new", keepers_form | {"admin": 403}, "POST"),
    Case("activities.show", lambda w: f"/activities/{w.activity.id}", all_get(200, admin=404)),
    Case("activities.edit", lambda w: f"/activities/{w.activity.id}/edit", keepers),
    Case(
        "activities.edit",
        lambda w: f"/activities/{w.activity.id}/edit",
        keepers_form,
        "POST",
        lambda w: {"title": ""},
    ),
    Case("activities.sign_in", lambda w: f"/activities/{w.activity.id}/sign-in.pdf", keepers),
    Case("activities.attendance", lambda w: f"/activities/{w.activity.id}/attendance", keepers),
    Case(
        "activities.attendance",
        lambda w: f"/activities/{w.activity.id}/attendance",
        keepers_form,
        "POST",
        lambda w: {"names": "名" * 1001},
    ),
    Case(
        "activities.propose",
        lambda w: f"/activities/{w.activity.id}/proposal",
        keepers_post,
        "POST",
    ),
    Case(
        "activities.cancel",
        lambda w: f"/activities/{w.activity.id}/cancellation",
        keepers_post,
        "POST",
    ),
    Case(
        "activities.sign_up",
        lambda w: f"/activities/{w.coming.id}/signup",
        all_get(303, admin=404),
        "POST",
    ),
    Case(
        "activities.sign_up_other",
        lambda w: f"/activities/{w.coming.id}/signups",
        keepers_post,
        "POST",
        lambda w: {"name": "翟贵生"},
    ),
    Case(
        "activities.withdraw", lambda w: f"/signups/{w.signup.id}/withdrawal", keepers_post, "POST"
    ),
    Case(
        "activities.extend",
        lambda w: f"/activities/{w.coming.id}/extension",
        keepers_form,
        "POST",
        lambda w: {"until": "someday"},
    ),
    Case("activities.questions", lambda w: "/questions", all_get(200, admin=403)),
    Case("activities.new_question", lambda w: "/questions/new", writers),
    Case("activities.new_question", lambda w: "/questions/new", writers_form, "POST"),
    Case("activities.paste_questions", lambda w: "/questions/paste", writers),
    Case("activities.paste_questions", lambda w: "/questions/paste", writers_form, "POST"),
    Case("activities.edit_question", lambda w: f"/questions/{w.question.id}/edit", writers),
    Case(
        "activities.edit_question",
        lambda w: f"/questions/{w.question.id}/edit",
        writers_form,
        "POST",
        lambda w: {"question": ""},
    ),
    Case("activities.quiz_of", lambda w: f"/activities/{w.coming.id}/quiz", keepers),
    Case("activities.quiz_sheet", lambda w: f"/activities/{w.coming.id}/quiz/sheet", keepers),
    Case("activities.draw", lambda w: f"/activities/{w.coming.id}/quiz/draw", keepers_form, "POST"),
    Case(
        "activities.drop_question",
        lambda w: f"/activities/{w.coming.id}/quiz/removal",
        keepers_post,
        "POST",
        lambda w: {"question": w.question.id},
    ),
    Case(
        "activities.add_prize", lambda w: f"/activities/{w.coming.id}/prizes", keepers_form, "POST"
    ),
    Case(
        "activities.drop_prize",
        lambda w: f"/activities/{w.coming.id}/prizes/{w.prize.id}/removal",
        keepers_post,
        "POST",
    ),
    Case("activities.code", lambda w: f"/activities/{w.coming.id}/code", keepers),
    Case(
        "activities.change_code", lambda w: f"/activities/{w.coming.id}/code", keepers_post, "POST"
    ),
    # Without a good code everybody who sees the activity is told so.
    *(
        Case(
            f"activities.{name}",
            lambda w, step=step: f"/activities/{w.coming.id}/{step}",
            all_get(409, admin=404),
            method,
        )
        for name, step, method in (
            ("arrival", "arrival", "GET"),
            ("arrive", "arrival", "POST"),
            ("depart", "departure", "POST"),
        )
    ),
    Case("activities.record", lambda w: f"/activities/{w.activity.id}/record", keepers),
    Case(
        "activities.record",
        lambda w: f"/activities/{w.activity.id}/record",
        keepers_form,
        "POST",
        lambda w: {"write_up": "字" * 4001},
    ),
    Case(
        "activities.photo",
        lambda w: f"/activities/{w.activity.id}/photos/{w.activity_photo.id}",
        all_get(200, mentor=404, admin=404),
    ),
]
