"""Which part of the board is looked at. It lives in the address, so it can be kept."""

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Form, SelectField

from blueprints.wishes.states import BOARD_STATES, STATE_NAMES, WISH_KINDS
from core.choices import offering

# For how many days at least a wish has stood where it stands.
WAITED = {"": _l("不限"), "7": _l("一周以上"), "30": _l("一个月以上")}


class BoardFilter(Form):
    """Kind, estate, age, one's own; one state as a list, or all of them as columns."""

    kind = SelectField(
        _l("种类"), choices=offering([("", _l("全部")), *WISH_KINDS.items()]), default=""
    )
    estate = SelectField(_l("小区"), default="")
    waited = SelectField(_l("等了多久"), choices=offering(WAITED), default="")
    mine = BooleanField(_l("只看我的"), description=_l("我认领的和我记的"))
    state = SelectField(choices=offering(STATE_NAMES))
    view = SelectField(choices=offering([("", ""), ("list", "")]), default="")

    def offer_estates(self, estates: Iterable[tuple[int, str]]) -> None:
        names = [(str(estate_id), name) for estate_id, name in estates]
        self.estate.choices = offering([("", _("全部")), *names])

    def settle(self, default_state: str) -> None:
        """Forget what no such board has; look at a default state where none is asked for."""
        self.validate()
        for field in self:
            if field.errors:
                field.data = field.default
        self.state.data = self.state.data or default_state

    @property
    def wants_list(self) -> bool:
        """Answer whether a plain list is asked for: always so for wishes that are over."""
        return self.view.data == "list" or self.state.data not in BOARD_STATES

    @property
    def is_narrowed(self) -> bool:
        return any(field.data for field in (self.kind, self.estate, self.waited, self.mine))

    @property
    def days(self) -> int:
        """Return for how many days a wish has to have stood where it stands."""
        return int(self.waited.data or 0)

    @property
    def estate_id(self) -> int | None:
        return int(self.estate.data) if self.estate.data else None

    @property
    def address(self) -> dict[str, str]:
        """Return what an address needs to show the same part again."""
        wanted = {name: value for name, value in self.data.items() if value}
        return wanted | ({"mine": "y"} if self.mine.data else {})
