"""Picking the one volunteer whom a paper is made out to."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from blueprints.documents.people import Served, served, with_service
from blueprints.teams.models import Volunteer
from blueprints.teams.queries import Term
from core.choices import offered_by
from core.clock import today
from core.forms import chosen
from core.picking import PickField

# Who is not on the list of volunteers.
SOMEONE_ELSE = 0
SEARCHED = (Volunteer.name, Volunteer.name_terms)


def volunteer_field(label: LazyString, message: str) -> PickField:
    return PickField(label, [chosen(message)], looks_for=_l("找别的志愿者"))


class ForOne:
    """What the forms have in common that pick a volunteer with confirmed service.

    A form for many people has no such field.
    """

    volunteer: PickField
    # Service of which days counts; without, of all.
    within: Term | None = None
    offered_first: tuple[tuple[int, str | LazyString], ...] = ()

    def __init__(self, *args: Any, paper: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, paper=paper, **kwargs)
        self.named = paper.volunteer_id if paper else None
        if "volunteer" in self:
            self.offer_volunteers()

    def offer_volunteers(self) -> None:
        """Offer the first few by name, whom an older draft names, and who is picked."""
        people = with_service(self.within, also=self.named)
        self.volunteer.offer(people, SEARCHED, self.offered_first)

    def pick(self, volunteer_id: int | None) -> Served | None:
        """Pick somebody for whoever opens the form, if they can be picked."""
        self.volunteer.data = volunteer_id
        self.offer_volunteers()
        if volunteer_id not in offered_by(self.volunteer):
            self.volunteer.data = None
        return self.person()

    def person(self) -> Served | None:
        picked = self.volunteer.data or SOMEONE_ELSE
        return served([picked], today()).get(picked) if picked else None
