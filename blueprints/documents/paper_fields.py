"""The fields of papers, and what every paper's form has in common."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, Field, StringField, TextAreaField
from wtforms.validators import Length, ValidationError

from blueprints.documents.contents import LABELS, Draft, claims_in
from blueprints.documents.kinds import KINDS
from blueprints.documents.line_fields import is_lines
from blueprints.documents.models import Document
from blueprints.documents.paper_settings import (
    PaperSettings,
    common_values,
    filled,
    open_names,
    settings_of,
    usual_issuer,
)
from blueprints.documents.people import Served
from core.clock import today
from core.fonts import Face, FontNotInstalled, missing_characters
from core.forms import EditForm, required

# A slip of the pen in the year would give the paper another year's number.
DATED_WITHIN = timedelta(days=400)
POSTED_FOR = timedelta(days=7)


def one_paragraph(text: str | None) -> str:
    """Join lines: papers set a text as one paragraph."""
    return "".join(line.strip() for line in (text or "").splitlines())


def printable(face: Face) -> Callable[[Any, Field], None]:
    """Refuse characters that no typeface has, while they can still be changed."""

    def check(_form: Any, field: Field) -> None:
        try:
            missing = missing_characters(field.data or "", face)
        except FontNotInstalled as error:
            raise ValidationError(str(error)) from error
        if missing:
            raise ValidationError(_("字库里没有“%(missing)s”，印不出来。", missing=missing))

    return check


def no_false_claim(_form: Any, field: Field) -> None:
    for word in claims_in(field.data or ""):
        raise ValidationError(_("这份文书上不能写“%(word)s”。", word=word))


def near_today(_form: Any, field: Field) -> None:
    if field.data and abs(field.data - today()) > DATED_WITHIN:
        raise ValidationError(_("离今天太远了，看看年份对不对。"))


def line(name: str, length: int, *checks: Any, **kwargs: Any) -> StringField:
    """One line of a paper, under its usual label."""
    return StringField(LABELS[name], [*checks, Length(max=length)], **kwargs)


def paragraph(name: str, length: int, *checks: Any, **kwargs: Any) -> TextAreaField:
    """A paragraph of a paper; how long it is, is counted while one types."""
    counted = _l("{n} / %(length)s 字", length=length)
    keywords = {"rows": 4, "maxlength": length, "data-count-text": counted}
    return TextAreaField(
        LABELS[name],
        [*checks, Length(max=length)],
        filters=[one_paragraph],
        render_kw=keywords,
        **kwargs,
    )


def paper_date() -> DateField:
    return DateField(
        LABELS["dated_on"], [required(_l("请填落款日期。")), near_today], default=today
    )


def a_year_on() -> date:
    """The last day of a year that begins today."""
    return today() + timedelta(days=364)


def issuer_field(*checks: Any) -> StringField:
    return line("issuer", 40, required(_l("请填落款单位。")), *checks)


class PaperForm(EditForm):
    """A draft as it is typed; over an existing draft it compares with the stored words.

    A field's name is the word's name in the paper's content.
    """

    kind: str
    template = "paper"
    # What the register lists the paper under: a title, or a word that serves as one.
    titled_by = "title"
    # Words that are the same on every paper of the kind.
    constants: dict[str, Any] = {}
    # The wordings that a company may set, each with what is usual; names in braces are filled in.
    usual: dict[str, str] = {}
    # What is usual where one text is for many people.
    usual_for_many: dict[str, str] = {}
    # The fields that say whom it is for; a batch has a list of people instead.
    whom: tuple[str, ...] = ()
    # What is usually right as it is filled in, folded away at the end.
    folded: tuple[str, ...] = ("dated_on", "issuer")

    def __init__(self, *args: Any, paper: Document | None = None, **kwargs: Any) -> None:
        super().__init__(*args, obj=self.words_of(paper) if paper else None, **kwargs)

    @classmethod
    def words_of(cls, paper: Document) -> SimpleNamespace:
        """Return a draft's words by the names of the fields."""
        words = SimpleNamespace(**paper.content, dated_on=paper.dated_on, version=paper.version)
        for name, word in paper.content.items():
            unbound = getattr(cls, name, None)
            if unbound is not None and unbound.field_class is DateField:
                setattr(words, name, date.fromisoformat(word) if word else None)
        return words

    @classmethod
    def wordings(cls, chosen: PaperSettings) -> dict[str, str]:
        """Return what each wording says: the company's own, or the usual."""
        return {name: chosen.word(name) or usual for name, usual in cls.usual.items()}

    @classmethod
    def in_fields(cls, wordings: Mapping[str, str]) -> dict[str, Any]:
        """Return wordings as fields and drafts hold them: paragraphs as lists."""
        return {
            name: word.splitlines() if is_lines(getattr(cls, name, None)) else word
            for name, word in wordings.items()
        }

    def suggest(self) -> None:
        """Fill in what is usual, for a new paper."""
        self.issuer.data = usual_issuer(self.kind)
        self.put(self.wordings(settings_of(self.kind)))

    def put(self, wordings: dict[str, str]) -> None:
        """Write wordings into their fields, with today's values where they have names."""
        for name, words in self.in_fields(wordings).items():
            if name in self:
                self[name].data = each_filled(words, common_values(today()))

    def validate(self, extra_validators: Any = None) -> bool:
        """No name in braces may be left that nothing stands for."""
        valid = super().validate(extra_validators)
        words = self.words() if valid else {}
        for name in self.usual:
            left = open_names(as_text(words.get(name, "")))
            if left:
                message = _("“{%(name)s}”没有可填的，请改成要写的话。", name=left[0])
                self[name].errors, valid = [message], False
        return valid

    def tell(self, errors: Mapping[str, Any]) -> None:
        """Show these errors and no others: a preview looks at all fields and complains of none."""
        for field in self:
            field.errors = errors.get(field.name, ())

    def typed(self) -> dict[str, Any]:
        """Return what stands in the fields as drafts store it: plain words, days as ISO dates."""
        words: dict[str, Any] = {
            field.name: field.data.isoformat() if isinstance(field.data, date) else field.data
            for field in self.shown_fields()
            if field.name != "dated_on"
        }
        return words | self.constants

    def person(self) -> Served | None:
        """Return the volunteer whom one picked, where one can."""
        return None

    def people(self) -> Mapping[int, Any]:
        """Return what the form's page tells of each of those whom it offers, by their ids."""
        return {}

    def everybody(self) -> Sequence[Served]:
        """Return all whom it is for, as far as they are known here."""
        person = self.person()
        return [person] if person else []

    def nothing_for(self, _person: Served) -> str:
        """Say why there is no such paper for somebody; nothing where there is one."""
        return ""

    def words(self) -> dict[str, Any]:
        """Return the paper's words as far as the form is filled in."""
        person, typed = self.person(), self.typed()
        if person:
            return self.words_for(person)
        name = typed.get(KINDS[self.kind].made_out_to)
        return self.filled_in(typed, {"姓名": name} if name else {})

    def words_for(self, person: Served) -> dict[str, Any]:
        """Return the paper's words for one person."""
        return self.filled_in(self.typed(), person.values) | {
            KINDS[self.kind].made_out_to: person.name
        }

    def filled_in(self, words: dict[str, Any], values: dict[str, str]) -> dict[str, Any]:
        """Put values where the wordings name them."""
        known = common_values(self.dated_on.data or today()) | values
        return words | {
            name: each_filled(words[name], known) for name in self.usual if words.get(name)
        }

    def draft(self) -> Draft:
        """Return the draft of what was typed, when it is valid."""
        person = self.person()
        return self.as_draft(self.words(), person.volunteer_id if person else None)

    def draft_for(self, person: Served) -> Draft:
        """Return one person's draft of what was typed for many."""
        return self.as_draft(self.words_for(person), person.volunteer_id)

    def as_draft(self, words: dict[str, Any], volunteer_id: int | None = None) -> Draft:
        return Draft(
            self.kind,
            words,
            self.dated_on.data,
            title=words.get(self.titled_by, "").replace("｜", ""),
            recipient=words.get(KINDS[self.kind].made_out_to, ""),
            volunteer_id=volunteer_id,
        )


def as_text(word: Any) -> str:
    """Return a word of a draft as one types it."""
    return "\n".join(word) if isinstance(word, list) else word or ""


def each_filled(word: Any, values: dict[str, str]) -> Any:
    """Fill a text in, or each of its paragraphs."""
    if isinstance(word, list):
        return [filled(line, values) for line in word]
    return filled(word, values)
