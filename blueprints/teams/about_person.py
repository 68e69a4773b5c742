"""What this room has on file about a resident who volunteers, and forgetting it."""

from flask_babel import gettext as _
from sqlalchemy import select

from blueprints.households.erasure import ERASED_NAME
from blueprints.households.models import Resident
from blueprints.households.person_file import PersonSheet
from blueprints.households.signals import person_erased, person_gathered
from blueprints.imports.actions import forget
from blueprints.teams.models import ENTRY_STATES, Membership, ServiceEntry, Volunteer
from blueprints.teams.signals import volunteer_forgotten
from core.clock import today
from core.db import db


@person_gathered.connect
def tell_volunteer(resident: Resident) -> PersonSheet:
    """Tell what is noted of the person as a volunteer."""
    found = db.session.scalar(select(Volunteer).where(Volunteer.resident_id == resident.id))
    facts: list[tuple[str, object]] = (
        [
            (_("姓名"), found.name),
            (_("电话"), found.phone),
            (_("专长"), found.skills),
            (_("服务类别"), found.services),
            (_("哪天加入的"), found.joined_on),
        ]
        if found
        else []
    )
    rows = [(name, value) for name, value in facts if value]
    return PersonSheet(_("志愿者登记"), [_("项目"), _("内容")], rows)


@person_gathered.connect
def tell_service(resident: Resident) -> PersonSheet:
    """Tell the person's service, line by line, as the ledger has it."""
    found = db.session.execute(
        select(
            ServiceEntry.served_on,
            ServiceEntry.what,
            ServiceEntry.minutes,
            ServiceEntry.state,
            ServiceEntry.reason,
            ServiceEntry.refusal,
        )
        .join(Volunteer, Volunteer.id == ServiceEntry.volunteer_id)
        .where(Volunteer.resident_id == resident.id)
        .order_by(ServiceEntry.served_on, ServiceEntry.id)
    )
    rows = [
        (day, what, minutes, str(ENTRY_STATES[state]), *reasons)
        for day, what, minutes, state, *reasons in found
    ]
    headers = [_("日期"), _("做了什么"), _("分钟"), _("进度"), _("更正原因"), _("没通过的原因")]
    return PersonSheet(_("志愿服务"), headers, rows)


@person_erased.connect
def forget_volunteer(resident: Resident, *, alone: bool) -> None:
    """Let the volunteer go who this resident is; the team's hours stay, without a name.

    A login stays linked: nobody may afterwards confirm what they noted of themselves.
    """
    found = db.session.scalar(select(Volunteer).where(Volunteer.resident_id == resident.id))
    if found is None:
        return
    volunteer_forgotten.send(found)
    forget({"volunteer": [found.id]})
    found.name, found.phone, found.skills, found.services = ERASED_NAME, "", "", ""
    found.resident_id, found.agrees_to_publish = None, False
    found.is_child, found.guardian_agreed_on = False, None
    found.left_on = found.left_on or today()
    open_terms = Membership.volunteer_id == found.id, Membership.left_on.is_(None)
    for membership in db.session.scalars(select(Membership).where(*open_terms)):
        membership.end(today())
    db.session.flush()
