"""Forms before it is known whose door they will be about; the phone learns that from its list."""

from flask_babel import lazy_gettext as _l

from blueprints.visits.forms import OTHER, VisitForm
from core.choices import offering


class BlankVisit(VisitForm):
    """The visit form without residents. The day is asked as a date: the page may be days old."""

    def __init__(self) -> None:
        super(VisitForm, self).__init__()
        self.residents.choices = []
        self.day.choices, self.day.data = offering([(OTHER, _l("哪一天"))]), OTHER
        self.photo_note = _l("先问一句能不能拍")
