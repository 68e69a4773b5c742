"""Changes around an activity that touch attendances, photos and the ledger."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import flag_modified
from werkzeug.datastructures import FileStorage

from blueprints.accounts.models import User
from blueprints.activities.joining import Signup
from blueprints.activities.models import Activity, ActivityPhoto, Attendance
from blueprints.activities.queries import overdue
from blueprints.activities.refusals import AlreadyNoted, AlreadySignedUp
from blueprints.teams.actions import propose
from blueprints.teams.models import Volunteer
from core.audit import record
from core.clock import now
from core.db import db
from core.notices import settle, tell
from core.photo_slots import home_of_photos
from core.photos import Photo, PhotoRefused, discard_photo, photo_folder, take_in


def sign_up(activity: Activity, volunteer: Volunteer, by: User) -> Signup:
    """Put somebody down for what is to come. Raises SignupClosed, AlreadySignedUp."""
    activity.require_signups_open()
    volunteer.require_guardian()
    signup = Signup(volunteer=volunteer, signed_up_by_id=by.id)
    db.session.flush()
    try:
        with db.session.begin_nested():
            activity.signups.append(signup)
    except IntegrityError as error:
        raise AlreadySignedUp from error
    return signup


def withdraw(signup: Signup, by: User) -> None:
    """Give a place back and tell who has it now. Raises SignupClosed."""
    with telling_who_moves_up(signup.activity, by):
        signup.withdraw()


@contextmanager
def telling_who_moves_up(activity: Activity, by: User) -> Iterator[None]:
    """Tell those who have a place after the block and had none before."""
    waited = activity.waiting
    yield
    moved_up = [signup for signup in activity.coming if signup in waited]
    tell(accounts_of(moved_up), "activity_place_free", activity, by=by)


def tell_who_means_to_come(activity: Activity, kind: str, by: User) -> None:
    """Tell everybody who signed up and has an account; needs ``signups`` loaded."""
    tell(accounts_of(activity.signed_up), kind, activity, by=by)


def accounts_of(signups: Iterable[Signup]) -> set[int]:
    return {signup.volunteer.user_id for signup in signups} - {None}


def cancel(activity: Activity, by: User) -> None:
    """Call an activity off and tell who meant to come. Raises ActivityHasAttendance."""
    activity.cancel()
    tell_who_means_to_come(activity, "activity_cancelled", by)


def tell_late() -> int:
    """Tell whoever answers for an overdue record, or else who planned it; return how many are.

    Who was told of an activity is not told again.
    """
    late = db.session.scalars(overdue().options(joinedload(Activity.leader))).all()
    for activity in late:
        leader = activity.leader.user_id if activity.leader else None
        tell(
            {leader or activity.created_by_id} - {None},
            "activity_late",
            activity,
            not_again_since=activity.day,
        )
    return len(late)


def settle_when_complete(activity: Activity) -> None:
    """Ask nobody for a record that is complete."""
    if activity.recorded_on is not None:
        settle(activity)


def arrive(activity: Activity, volunteer: Volunteer, on_duty: bool) -> Attendance:
    """Note that somebody has just come. Raises GuardianHasNotAgreed, AlreadyNoted."""
    volunteer.require_guardian()
    if any(noted.volunteer_id == volunteer.id for noted in activity.attendances):
        raise AlreadyNoted
    arrived = Attendance(
        volunteer=volunteer, minutes=0, on_duty=on_duty, arrived_at=now(), entry=None
    )
    activity.attendances.append(arrived)
    db.session.flush()
    return arrived


@dataclass(frozen=True)
class Presence:
    """What the sign-in list says of one person; ``minutes`` is None for who did not come."""

    volunteer: Volunteer
    minutes: int | None
    on_duty: bool = False
    # Whether the list that was filled in already had them as having come.
    was_noted: bool = True


def note_attendance(activity: Activity, presences: Iterable[Presence]) -> None:
    """Write down who came. What went to the ledger stays; it is mended there.

    Raises ActivityNotHeldYet, GuardianHasNotAgreed, AttendanceInLedger.
    """
    activity.require_begun()
    noted = {attendance.volunteer_id: attendance for attendance in activity.attendances}
    for presence in presences:
        note_presence(activity, presence, noted.get(presence.volunteer.id))
    activity.note_attendance()
    # Two leaders with the same list open must not overwrite each other: the version counts.
    flag_modified(activity, "state")
    db.session.flush()
    settle_when_complete(activity)


def note_presence(activity: Activity, presence: Presence, noted: Attendance | None) -> None:
    if noted is not None and presence.minutes is None:
        # Who signed in while the list was being filled in is not struck off by it.
        if presence.was_noted:
            noted.require_unsent()
            activity.attendances.remove(noted)
    elif noted is not None and presence.minutes is not None:
        noted.change(presence.minutes, presence.on_duty)
    elif presence.minutes is not None:
        presence.volunteer.require_guardian()
        activity.attendances.append(
            Attendance(
                volunteer=presence.volunteer,
                minutes=presence.minutes,
                on_duty=presence.on_duty,
                entry=None,
            )
        )


def propose_hours(activity: Activity, by: User) -> int:
    """Send the time that was served to the ledger, once; return how many lines it made.

    Paid duty proposes nothing.
    """
    unsent = activity.unsent
    for attendance in unsent:
        attendance.entry = propose(
            attendance.volunteer,
            attendance.minutes,
            activity.day,
            activity.title,
            "activity",
            activity.team,
            by,
        )
    db.session.flush()
    activity.note_attendance()
    db.session.flush()
    settle_when_complete(activity)
    return len(unsent)


def take_photos(activity: Activity, files: Iterable[FileStorage], by: User) -> None:
    """Store the photos and link them to the activity. Raises PhotoRefused, having kept none."""
    taken: list[Photo] = []
    try:
        for file in files:
            taken.append(take_in(file, by.id))
    except PhotoRefused:
        for photo in taken:
            discard_photo(photo.name, photo_folder())
        raise
    activity.photo_rows.extend(ActivityPhoto(photo=photo) for photo in taken)
    db.session.flush()


@home_of_photos("activity")
def add_photo(activity_id: int, photo: Photo) -> None:
    """Put a photo that followed the write-up into the activity."""
    db.session.add(ActivityPhoto(activity_id=activity_id, photo=photo))


def drop_photos(activity: Activity, photo_ids: Collection[int]) -> list[str]:
    """Take photos out of an activity; return the files' names, which are to go after the commit."""
    dropped = [row for row in activity.photo_rows if row.photo_id in photo_ids]
    if not dropped:
        return []
    names = [row.photo.name for row in dropped]
    activity.photo_rows = [row for row in activity.photo_rows if row not in dropped]
    for row in dropped:
        db.session.delete(row.photo)
    record("drop_photo", activity, photos=sorted(row.photo_id for row in dropped))
    return names
