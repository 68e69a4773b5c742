"""What is typed for letters and records: 感谢信, 服务情况说明, 活动方案, 活动小结, 会议纪要."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import DateField, Field
from wtforms.validators import ValidationError

from blueprints.documents.contents import LABELS
from blueprints.documents.kinds import MINUTES, PLAN, PROOF, STATEMENT, SUMMARY, THANKS
from blueprints.documents.line_fields import grid, lines
from blueprints.documents.one_person import ForOne, volunteer_field
from blueprints.documents.paper_fields import (
    PaperForm,
    issuer_field,
    line,
    no_false_claim,
    paper_date,
    printable,
)
from blueprints.documents.people import Served
from blueprints.documents.sources import statements_of
from core.clock import today
from core.fonts import SERIF
from core.forms import required
from core.settings import setting

LONGEST_TEXT = 4000
THANKS_FOR_MANY = (
    "{年}年，您认领邻居的微心愿，说到做到，一件一件办成了。\n"
    "谢谢您把别人的事当成自己的事。愿我们一直是好邻居。"
)
HEADINGS = _l("一段一行。“一、”“（一）”开头的短行印成小标题。")


def title_field() -> Any:
    return line("title", 80, required(_l("请写标题。")), printable(SERIF))


def body_field(**kwargs: Any) -> Any:
    return lines("body", LONGEST_TEXT, required(_l("请写正文。")), description=HEADINGS, **kwargs)


class ThanksForm(PaperForm):
    kind = THANKS
    whom = ("addressee",)
    usual = {"body": ""}
    usual_for_many = {"body": THANKS_FOR_MANY}
    constants = {"title": "感谢信", "salute": True}

    addressee = line("addressee", 40, required(_l("请写谢谁。")), printable(SERIF))
    body = lines("body", 1200, required(_l("请写正文。")), description=_l("一段一行。"))
    dated_on = paper_date()
    issuer = issuer_field(printable(SERIF))

    def words_for(self, person: Served) -> dict[str, Any]:
        return super().words_for(person) | {"addressee": f"{person.name}同志"}


class PlanForm(PaperForm):
    kind = PLAN
    usual = {"body": ""}
    constants = {"addressee": ""}

    title = title_field()
    body = body_field()
    dated_on = paper_date()
    issuer = issuer_field(printable(SERIF))


class SummaryForm(PlanForm):
    kind = SUMMARY


class MinutesForm(PaperForm):
    kind = MINUTES
    usual = {"place": "", "chair": "", "present": ""}

    title = title_field()
    held = line("held", 60, required(_l("请写什么时候开的。")), printable(SERIF))
    place = line("place", 60, required(_l("请写在哪里开的。")), printable(SERIF))
    chair = line("chair", 40, required(_l("请写谁主持。")), printable(SERIF))
    present = line("present", 200, required(_l("请写哪些人参加。")), printable(SERIF))
    reports = lines("reports", LONGEST_TEXT, required(_l("请写各方说了什么。")))
    opinions = lines("opinions", LONGEST_TEXT, description=_l("不写提意见的人的姓名、门牌。"))
    decisions = lines("decisions", LONGEST_TEXT, required(_l("请写定了什么。")))
    tasks = grid("tasks")
    dated_on = paper_date()
    issuer = issuer_field(printable(SERIF))

    def suggest(self) -> None:
        super().suggest()
        self.tasks.data = {"heads": ["序号", "事项", "谁来办", "哪天前"], "rows": []}


class StatementForm(ForOne, PaperForm):
    """A person's confirmed service; every figure comes from the ledger, none is typed."""

    kind = STATEMENT
    whom = ("volunteer",)
    usual = {"contact": ""}
    constants = {
        "title": "志愿服务情况说明",
        "declaration": "本说明根据志愿服务台账出具，供了解情况用，不代替志愿服务记录证明。",
    }

    volunteer = volunteer_field(_l("谁的"), _l("请选是谁的。"))
    starts_on = DateField(
        LABELS["starts_on"],
        [required(_l("请填哪天起。"))],
        default=lambda: date(today().year, 1, 1),
    )
    ends_on = DateField(LABELS["ends_on"], [required(_l("请填哪天止。"))], default=today)
    contact = line("contact", 20, required(_l("请写经办人。")), printable(SERIF))
    phone = line("phone", 18, required(_l("请填联系电话。")), render_kw={"inputmode": "tel"})
    dated_on = paper_date()
    issuer = issuer_field(no_false_claim, printable(SERIF))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._service: dict[int, dict[str, Any]] | None = None

    def suggest(self) -> None:
        super().suggest()
        self.contact.data = self.contact.data or current_user.name
        self.phone.data = setting("duty_phone")

    def validate_ends_on(self, field: Field) -> None:
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(_("止的那天比起的那天还早。"))

    def validate_volunteer(self, field: Field) -> None:
        person = self.person()
        if person and self.nothing_for(person):
            raise ValidationError(self.nothing_for(person))

    def nothing_for(self, person: Served) -> str:
        service = self.service_of(person)
        empty = bool(service) and not service["entries"]["rows"]
        return _("这段时间没有已确认的服务，没有可写的。") if empty else ""

    def days(self) -> tuple[date, date] | None:
        first, last = self.starts_on.data, self.ends_on.data
        return (first, last) if first and last else None

    def service_of(self, person: Served) -> dict[str, Any]:
        """Return a person's confirmed service within the days; nothing while these are open.

        Everybody's is read at once: a batch asks for hundreds, one after the other.
        """
        days = self.days()
        if not days:
            return {}
        if self._service is None:
            people = {person.volunteer_id, *(each.volunteer_id for each in self.everybody())}
            self._service = statements_of(sorted(people), *days)
        return self._service[person.volunteer_id]

    def words_for(self, person: Served) -> dict[str, Any]:
        return super().words_for(person) | self.service_of(person)


class ProofForm(StatementForm):
    kind = PROOF
    constants = {
        "title": "志愿服务记录证明",
        "declaration": "本证明如实记录，无偿出具（《志愿服务记录与证明出具办法（试行）》）。",
    }
