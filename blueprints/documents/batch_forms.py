"""What is typed to issue many papers at once: a rule, who of those it finds, and the words."""

from collections.abc import Iterable, Mapping, Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import DateField, Field, IntegerField, SelectField, SelectMultipleField
from wtforms.validators import NumberRange, Optional, ValidationError

from blueprints.documents.all_forms import FORMS
from blueprints.documents.batches import MOST
from blueprints.documents.eligible import RULES, Rule
from blueprints.documents.kinds import KINDS, Kind
from blueprints.documents.paper_fields import PaperForm
from blueprints.documents.paper_settings import PaperSettings
from blueprints.documents.people import Served
from core.choices import offering
from core.forms import Form

USUAL_HOURS = 100


class RuleForm(Form):
    """A filter of the address; what makes no sense there asks for the usual rule."""

    class Meta(Form.Meta):
        csrf = False

    kind = SelectField(_l("哪一种文书"))
    rule = SelectField(_l("按什么找人"), choices=offering(RULES))
    hours = IntegerField(_l("满多少小时"), [Optional(), NumberRange(1, 9999)], default=USUAL_HOURS)
    team = SelectField(_l("哪支队伍"), [Optional()], coerce=int, default=0)
    activity = SelectField(_l("哪次活动"), [Optional()], coerce=int, default=0)
    first = DateField(_l("从哪天"), [Optional()])
    last = DateField(_l("到哪天"), [Optional()])

    def __init__(self, formdata: Mapping[str, str], kind: Kind) -> None:
        usual = {"kind": kind.code, "rule": kind.found_by}
        super().__init__(formdata=MultiDict(usual | dict(formdata)))
        offered = [each for each in KINDS.values() if each.found_by and each.is_offered]
        self.kind.choices = offering((each.code, each.name) for each in offered)

    def offer(self, teams: list[tuple[int, str]], activities: list[tuple[int, str]]) -> None:
        self.team.choices = offering([(0, _l("请选一支")), *teams])
        self.activity.choices = offering([(0, _l("请选一次")), *activities])

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


class PeopleField(SelectMultipleField):
    """Whoever is chosen: each ticked by themselves, those on other pages in one value, 7,12,19."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        super().process_formdata([one for value in valuelist for one in value.split(",") if one])


class ForMany:
    """What the form of a paper becomes for many people: a list of them, chosen from a rule."""

    people: PeopleField
    # Those who are chosen, with their year.
    chosen: Sequence[Served] = ()
    # Whose paper stands beside the form, counted from 1.
    shown = 1

    def offer(self, people: Iterable[tuple[int, str]]) -> None:
        self.people.choices = offering(people)

    def wordings(self, chosen: PaperSettings) -> dict[str, str]:
        """Return the company's own wording, or the usual one where it is for many."""
        return super().wordings(chosen) | {
            name: chosen.word(name) or usual for name, usual in self.usual_for_many.items()
        }

    def person(self) -> Served | None:
        """Return one of them, to show what the paper will look like."""
        return self.chosen[self.shown - 1] if self.chosen else None

    def everybody(self) -> Sequence[Served]:
        return self.chosen

    def validate_people(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(_("请至少选一个人。"))
        if len(field.data) > MOST:
            raise ValidationError(_("一次最多 %(most)s 份，请分几次发。", most=MOST))
        for person in self.chosen:
            reason = self.nothing_for(person)
            if reason:
                raise ValidationError(_("%(name)s：%(reason)s", name=person.name, reason=reason))


def batch_form(kind: str) -> type[PaperForm]:
    """Return the form of a kind for many people."""
    form = FORMS[kind]
    people = PeopleField(_l("发给谁"), coerce=int)
    fields = dict.fromkeys(form.whom) | {"people": people, "folded": ()}
    return type("FormForMany", (ForMany, form), fields)
