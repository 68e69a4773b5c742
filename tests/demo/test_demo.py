"""The demo: what it promises to show, and that it never touches other people's data."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask, current_app
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app import create_app
from blueprints.accounts.models import User
from blueprints.activities.models import Activity, Attendance
from blueprints.documents.batch_actions import papers_of
from blueprints.documents.batches import Batch
from blueprints.documents.exceptions import PublicException
from blueprints.documents.models import Document, Posting, Replacement
from blueprints.documents.readiness import problems_of
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
from core.audit import AuditEntry, first_broken_entry
from core.clock import today
from core.db import db
from core.demo_accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from core.photos import Photo, photo_folder
from tests import factories

EXTRA = 60
CALLS_EACH = 10


def demo(app: Flask, *options: str) -> tuple[int, str]:
    """Run the command; return its exit status and what it said."""
    result = app.test_cli_runner().invoke(args=["demo", *options])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


@pytest.fixture(scope="module")
def loaded(
    tmp_path_factory: pytest.TempPathFactory, cheap_passwords: None
) -> Iterator[tuple[Flask, str]]:
    """The demo in an instance of its own, with some synthetic households; loaded once."""
    folder = tmp_path_factory.mktemp("demo")
    app = create_app({"TESTING": True, "LINLI_INSTANCE": str(folder), "SECRET_KEY": "t"})
    status, said = demo(app, "--households", str(EXTRA))
    assert status == 0, said
    yield app, said
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def filled(loaded: tuple[Flask, str]) -> Iterator[str]:
    """What the command said; its database is at hand."""
    app, said = loaded
    with app.app_context():
        yield said


def story_households() -> list[int]:
    """Return the households of the story, without the synthetic ones."""
    return list(
        db.session.scalars(
            select(Household.id).join(Household.estate).where(~Estate.name.startswith("演示小区"))
        )
    )


def everything(model: type) -> list:
    return list(db.session.scalars(select(model)))


def test_a_database_with_somebody_in_it_is_refused_and_left_alone(app: Flask) -> None:
    factories.user("qin", "秦若川", ["secretary"])
    status, said = demo(app)
    assert status != 0
    assert "已经有数据了" in said
    assert db.session.scalar(select(func.count(User.id))) == 1
    assert not db.session.scalar(select(func.count(Household.id)))
    assert not app.config["LINLI_DEMO"]


def test_a_second_time_is_refused(filled: str) -> None:
    households = db.session.scalar(select(func.count(Household.id)))
    db.session.rollback()
    status, said = demo(create_app_again())
    assert status != 0
    assert "已经有数据了" in said
    assert db.session.scalar(select(func.count(Household.id))) == households


def create_app_again() -> Flask:
    """Start the same instance anew, as a second command would."""
    return create_app({"TESTING": True, "LINLI_INSTANCE": str(photo_folder().parent)})


def test_the_instance_is_known_as_a_demo_however_it_is_started_next(filled: str) -> None:
    assert create_app_again().config["LINLI_DEMO"]


def test_every_demo_account_is_told_and_has_the_password(filled: str) -> None:
    assert DEMO_PASSWORD in filled
    for username, name, role in DEMO_ACCOUNTS:
        user = db.session.scalars(select(User).where(User.username == username)).one()
        assert (user.name, user.roles) == (name, [role])
        assert user.has_password(DEMO_PASSWORD)
        assert name in filled


def test_the_demos_login_page_lets_anybody_in_with_one_press(filled: str) -> None:
    client = current_app.test_client()
    page = client.get("/login").text
    for username, name, _role in DEMO_ACCOUNTS:
        assert f'name="username" value="{username}"' in page
        assert name in page
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    form = {"csrf_token": token, "username": "qin", "password": DEMO_PASSWORD}
    assert client.post("/login", data=form).status_code == 303


def test_a_real_instance_knows_of_no_demo_accounts(browser: Callable, lin: User) -> None:
    page = browser().get("/login").text
    assert DEMO_PASSWORD not in page
    assert "顾长青" not in page


def test_synthetic_students_cannot_log_in(filled: str) -> None:
    synthetic = db.session.scalars(select(User).where(User.username.like("s0%"))).all()
    assert synthetic
    assert all(user.password_hash == "" for user in synthetic)


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


def test_six_certificates_one_void_under_numbers_in_a_row(filled: str) -> None:
    certificates = [d for d in everything(Document) if d.kind == "certificate"]
    assert Counter(d.state for d in certificates) == {"issued": 4, "void": 1, "draft": 1}
    by_year: dict[int, list[int]] = {}
    for document in [d for d in certificates if d.serial_year]:
        by_year.setdefault(document.serial_year, []).append(document.serial_number)
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in by_year.values())
    assert any("㛃" in d.recipient for d in certificates)


def test_there_is_an_issued_paper_of_many_kinds(filled: str) -> None:
    kinds = {each.kind for each in everything(Document) if each.state == "issued"}
    assert {"appointment", "thanks", "public_notice", "reminder", "minutes"} <= kinds


def test_a_wrong_certificate_points_to_the_one_that_took_its_place(filled: str) -> None:
    [replaced] = everything(Replacement)
    old, new = (db.session.get_one(Document, each) for each in (replaced.old_id, replaced.new_id))
    assert (old.state, new.state, new.recipient) == ("void", "issued", "陈㛃")


def test_a_batch_thanked_everybody_who_fulfilled_a_wish(filled: str) -> None:
    [batch] = everything(Batch)
    papers = papers_of(batch.id, "name")
    assert batch.state == "done"
    assert len(papers) == batch.size > 1
    assert "支部书记　秦若川" in papers[0].content["signatory"]


def test_one_notice_was_let_through_by_two_people_and_one_waits(filled: str) -> None:
    asked = everything(PublicException)
    assert sorted(bool(each.granted_at) for each in asked) == [False, True]
    for each in asked:
        paper = db.session.get_one(Document, each.document_id)
        assert paper.is_issued == bool(each.granted_at)
        assert paper.is_issued or all(each.excusable for each in problems_of(paper))


def test_sheets_hang_at_the_doors_of_units_and_some_come_down_today(filled: str) -> None:
    postings = everything(Posting)
    assert sum(posting.unit_id is not None for posting in postings) >= 2
    assert any(posting.down_on == today() for posting in postings if not posting.taken_down_on)


def test_every_issued_paper_says_that_it_is_a_demo(filled: str) -> None:
    issued = [document for document in everything(Document) if document.state != "draft"]
    assert issued
    assert all(document.content["demo"] is True for document in issued)


def test_a_sheet_whose_consent_was_withdrawn_still_hangs(filled: str) -> None:
    [posting] = [p for p in everything(Posting) if p.withdrawn_reason]
    assert posting.taken_down_on is None


def test_every_photo_is_on_the_disk(filled: str) -> None:
    photos = everything(Photo)
    assert len(photos) >= 5
    names = {path.name for path in photo_folder().rglob("*")}
    assert all(any(name.startswith(Path(p.name).stem) for name in names) for p in photos)


def test_the_audit_trail_of_the_story_is_whole(filled: str) -> None:
    assert db.session.scalar(select(func.count(AuditEntry.id))) > 500
    assert first_broken_entry() is None


def test_synthetic_households_have_ten_visits_each_and_a_student_for_every_fourth(
    filled: str,
) -> None:
    synthetic = select(Household.id).join(Household.estate).where(Estate.name.startswith("演示"))
    calls = select(func.count(Visit.id)).where(Visit.household_id.in_(synthetic))
    pairs = select(func.count(Pairing.id)).where(Pairing.household_id.in_(synthetic))
    assert db.session.scalar(select(func.count()).select_from(synthetic.subquery())) == EXTRA
    assert db.session.scalar(calls) == EXTRA * CALLS_EACH
    assert db.session.scalar(pairs) == EXTRA // 4


def test_nobody_is_told_to_be_ill_or_alone_without_having_agreed(filled: str) -> None:
    tagged = db.session.scalars(
        select(Resident)
        .where(Resident.id.in_(select(CareTag.resident_id)))
        .options(joinedload(Resident.consents))
    ).unique()
    assert all(resident.agrees_to("record") for resident in tagged)
