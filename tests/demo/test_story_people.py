"""The demo's story: households, pairings, visits, wishes, teams and activities."""

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from blueprints.activities.models import Activity, Attendance
from blueprints.households.models import (
    Building,
    CareTag,
    Estate,
    Household,
    Phone,
    Resident,
    SearchTerm,
)
from blueprints.teams.models import ServiceEntry, Team, Volunteer
from blueprints.visits.models import Visit
from blueprints.visits.pairings import Pairing
from blueprints.wishes.claims import Claim, WishStep
from blueprints.wishes.models import Wish
from blueprints.wishes.states import STATE_NAMES
from core.clock import today
from core.db import db
from tests.demo.loading import everything, story_households


def test_both_estates_have_the_made_up_buildings(filled: str) -> None:
    doors = select(Estate.name, Building.name).join(Building.estate)
    found = {tuple(row) for row in db.session.execute(doors)}
    for number in range(1, 5):
        assert ("桥机嘉园", f"示{number}栋") in found
    # Its own ledger names all six.
    for number in range(1, 7):
        assert ("侨亚小区", f"示{number}栋") in found
    assert 60 <= len(story_households()) <= 120


def test_every_phone_begins_with_100_and_none_comes_twice(filled: str) -> None:
    numbers = [phone.number for phone in everything(Phone)]
    numbers += [v.phone for v in everything(Volunteer) if v.phone]
    assert numbers
    assert all(number.startswith("100") and len(number) == 11 for number in numbers)
    assert len(set(numbers)) == len(numbers)


def test_every_household_can_be_found(filled: str) -> None:
    found = set(db.session.scalars(select(SearchTerm.household_id)))
    assert found == set(db.session.scalars(select(Household.id)))
    zhu = select(SearchTerm.household_id).where(SearchTerm.term == "祝婆婆")
    assert len(set(db.session.scalars(zhu))) == 1


def test_a_child_without_a_guardians_consent_is_blocked(filled: str) -> None:
    children = db.session.scalars(
        select(Resident)
        .where(Resident.is_child)
        .options(joinedload(Resident.consents), joinedload(Resident.care_tags))
    ).unique()
    blocked = [child for child in children if not child.may_be_recorded]
    assert blocked
    assert not any(child.care_tags for child in blocked)


def test_ouyang_has_her_birthday_on_a_day_that_not_every_year_has(filled: str) -> None:
    ouyang = db.session.scalars(select(Resident).where(Resident.name == "欧阳淑珍")).one()
    assert ouyang.birth_is_lunar
    assert (ouyang.birth_month, ouyang.birth_day) == (12, 30)


def test_one_pairing_ended_one_was_declined_and_the_rest_go_on(filled: str) -> None:
    pairings = db.session.scalars(
        select(Pairing).where(Pairing.household_id.in_(story_households()))
    ).all()
    ended = [p.end_reason for p in pairings if not p.is_current]
    assert sorted(ended) == ["declined", "handover"]
    assert [p.end_reason for p in pairings if p.was_declined] == ["declined"]
    late = [p for p in pairings if p.is_current and p.days_late(today()) > 0]
    assert 3 <= len(late) < len(pairings) / 2


def test_each_pairing_is_due_as_its_visits_say(filled: str) -> None:
    for pairing in everything(Pairing):
        met = db.session.scalars(
            select(Visit.visited_on).where(Visit.pairing_id == pairing.id, Visit.met)
        ).all()
        assert pairing.last_met_on == max(met, default=None)
        was = pairing.due_on
        pairing.reckon_due()
        assert pairing.due_on == was


def test_no_visit_lies_outside_its_pairing_or_in_the_future(filled: str) -> None:
    rows = db.session.execute(
        select(Visit.visited_on, Pairing).join(Pairing, Visit.pairing_id == Pairing.id)
    )
    for day, pairing in rows:
        assert pairing.started_on <= day <= (pairing.ended_on or today())


def test_twelve_wishes_stand_in_every_state(filled: str) -> None:
    wishes = db.session.scalars(select(Wish).where(Wish.household_id.in_(story_households()))).all()
    assert len(wishes) == 12
    assert {wish.state for wish in wishes} == set(STATE_NAMES)
    massager = next(wish for wish in wishes if wish.what.startswith("按摩仪"))
    assert massager.state == "confirmed"


def test_wishes_are_numbered_in_the_order_they_were_heard(filled: str) -> None:
    wishes = db.session.scalars(
        select(Wish).where(Wish.household_id.in_(story_households())).order_by(Wish.id)
    ).all()
    heard = [(wish.collected_on.year, wish.collected_on) for wish in wishes]
    assert heard == sorted(heard)
    assert all(wish.year == wish.collected_on.year for wish in wishes)


def test_no_step_of_a_wish_was_taken_in_the_future_or_before_the_last(filled: str) -> None:
    by_wish: dict[int, list] = {}
    for step in db.session.scalars(select(WishStep).order_by(WishStep.id)):
        by_wish.setdefault(step.wish_id, []).append(step.at)
    assert all(at == sorted(at) and at[-1].date() <= today() for at in by_wish.values())


def test_somebody_else_asked_whether_the_wish_was_fulfilled(filled: str) -> None:
    for claim in everything(Claim):
        assert claim.confirmed_by_id is None or claim.confirmed_by_id != claim.claimer_id


def test_the_four_teams_are_there(filled: str) -> None:
    names = set(db.session.scalars(select(Team.name)))
    assert names == {"爱心服务队", "保洁服务队", "夕阳红舞蹈队", "便民理发维修队"}


def test_the_ledger_shows_time_in_every_state_and_one_correction(filled: str) -> None:
    entries = everything(ServiceEntry)
    assert {entry.state for entry in entries} == {"proposed", "confirmed", "rejected"}
    assert [entry.minutes for entry in entries if entry.corrects_id] == [-30]
    users = dict(db.session.execute(select(Volunteer.id, Volunteer.user_id)).all())
    for entry in entries:
        assert entry.decided_by_id not in (entry.proposed_by_id, users[entry.volunteer_id]) or (
            entry.decided_by_id is None
        )


def test_paid_duty_was_noted_and_never_reached_the_ledger(filled: str) -> None:
    duty = db.session.scalars(select(Attendance).where(Attendance.on_duty)).all()
    assert duty
    assert all(attendance.entry_id is None for attendance in duty)


def test_the_hours_of_the_activities_are_those_of_the_ledger(filled: str) -> None:
    attended = select(func.sum(Attendance.minutes)).where(~Attendance.on_duty)
    entered = select(func.sum(ServiceEntry.minutes)).where(
        ServiceEntry.kind == "activity", ServiceEntry.corrects_id.is_(None)
    )
    assert db.session.scalar(attended) == db.session.scalar(entered)


def test_one_activity_is_past_its_ten_working_days_and_some_are_to_come(filled: str) -> None:
    activities = everything(Activity)
    unrecorded = [a for a in activities if a.recorded_on is None and a.day < today()]
    assert [a.title for a in unrecorded] == ["防诈骗宣讲"]
    assert (today() - unrecorded[0].day).days > 20
    assert any(a.day > today() for a in activities)


def test_nobody_is_told_to_be_ill_or_alone_without_having_agreed(filled: str) -> None:
    tagged = db.session.scalars(
        select(Resident)
        .where(Resident.id.in_(select(CareTag.resident_id)))
        .options(joinedload(Resident.consents))
    ).unique()
    assert all(resident.agrees_to("record") for resident in tagged)
