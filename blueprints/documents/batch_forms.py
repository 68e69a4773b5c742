"""What is typed to issue many papers at once: a rule, who of those it finds, and the words."""

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, Field, IntegerField, SelectField, SelectMultipleField
from wtforms.validators import NumberRange, Optional, ValidationError

from blueprints.documents.batches import MOST
from blueprints.documents.eligible import HOURS, RULES, Rule
from blueprints.documents.kinds import CERTIFICATE
from blueprints.documents.paper_fields import (
    issuer_field,
    line,
    no_false_claim,
    paper_date,
    paragraph,
    printable,
)
from blueprints.documents.paper_forms import REASON_LENGTH
from blueprints.documents.paper_settings import settings_of, usual_issuer
from core.fonts import KAI
from core.forms import Form
from core.settings import setting

USUAL_HOURS = 100


class RuleForm(Form):
    """A filter of the address; what makes no sense there asks for the usual rule."""

    class Meta(Form.Meta):
        csrf = False

    rule = SelectField(_l("按什么找人"), choices=list(RULES.items()), default=HOURS)
    hours = IntegerField(_l("满多少小时"), [Optional(), NumberRange(1, 9999)], default=USUAL_HOURS)
    team = SelectField(_l("哪支队伍"), [Optional()], coerce=int, default=0)
    activity = SelectField(_l("哪次活动"), [Optional()], coerce=int, default=0)
    first = DateField(_l("从哪天"), [Optional()])
    last = DateField(_l("到哪天"), [Optional()])

    def offer(self, teams: list[tuple[int, str]], activities: list[tuple[int, str]]) -> None:
        self.team.choices = [(0, _l("请选一支")), *teams]
        self.activity.choices = [(0, _l("请选一次")), *activities]

    def asked(self) -> Rule:
        if not self.validate():
            return Rule()
        return Rule(
            self.rule.data,
            self.hours.data or USUAL_HOURS,
            self.team.data or None,
            self.activity.data or None,
            self.first.data,
            self.last.data,
        )


class BatchForm(Form):
    people = SelectMultipleField(_l("发给谁"), coerce=int)
    honour = line("honour", 20, no_false_claim, printable(KAI), description=_l("空着就只写事由。"))
    reason = paragraph(
        "reason",
        REASON_LENGTH,
        no_false_claim,
        printable(KAI),
        description=_l("空着就按每个人已确认的服务记录写。"),
    )
    dated_on = paper_date()
    issuer = issuer_field(no_false_claim, printable(KAI))

    def offer(self, people: Iterable[tuple[int, str]]) -> None:
        self.people.choices = list(people)

    def suggest(self) -> None:
        self.honour.data = settings_of(CERTIFICATE).honour or setting("certificate_honour")
        self.issuer.data = usual_issuer(CERTIFICATE)

    def validate_people(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(_("请至少选一个人。"))
        if len(field.data) > MOST:
            raise ValidationError(_("一次最多 %(most)s 份，请分几次发。", most=MOST))
