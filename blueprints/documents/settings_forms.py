"""What a company types to change a kind of paper."""

from types import SimpleNamespace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, IntegerField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, ValidationError

from blueprints.documents.all_forms import FORMS
from blueprints.documents.contents import LABELS
from blueprints.documents.kinds import KINDS
from blueprints.documents.paper_fields import as_text, no_false_claim, printable
from blueprints.documents.paper_settings import (
    SEAL_ROOMS,
    SEAL_SHIFTS,
    PaperSettings,
    names_for,
    pattern_problem,
    unknown_names,
)
from core.fonts import KAI
from core.forms import EditForm, required
from core.papers import USUAL_SEAL

LAST_NUMBER = 99_999
AS_USUAL = _l("空着就按平常的写。")


def word(name: str, length: int, *checks: Any, description: Any = AS_USUAL) -> StringField:
    return StringField(
        LABELS[name], [*checks, printable(KAI), Length(max=length)], description=description
    )


def millimetres(label: Any, bounds: tuple[int, int], usual: int, description: Any) -> IntegerField:
    return IntegerField(
        label,
        [
            InputRequired(_l("请写毫米数。")),
            NumberRange(*bounds, _l("在 %(min)s 到 %(max)s 毫米之间。")),
        ],
        default=usual,
        description=description,
        render_kw={"inputmode": "numeric"},
    )


class PaperSettingsForm(EditForm):
    """What can be set of every kind, as far as its papers have it; `settings_form` adds the
    kind's own wordings."""

    kind: str
    # The wordings of the kind, in the order of its form.
    own: tuple[str, ...]

    title = word("title", 12, no_false_claim)
    salutation = word("salutation", 8)
    issuer = word("issuer", 40, no_false_claim)
    signatory = word(
        "signatory",
        30,
        no_false_claim,
        description=_l("印在单位下面，如：党支部书记　秦若川。空着就不印。"),
    )
    seal = millimetres(
        _l("盖章留白（毫米）"),
        SEAL_ROOMS,
        USUAL_SEAL.room,
        _l("单位和日期四周留这么宽的空白，比公章大一点。"),
    )
    seal_left = millimetres(
        _l("落款往左移（毫米）"),
        SEAL_SHIFTS,
        USUAL_SEAL.left,
        _l("0 是平常的位置。右边要签字、贴照片时往左让。"),
    )
    black = BooleanField(_l("只用黑色印"), description=_l("省墨，黑白打印机也清楚。"))
    archival = BooleanField(
        _l("存成长期保存的 PDF/A"),
        description=_l("过几十年还能照样打开，档案室收这种。文件大一点点。"),
    )
    pattern = StringField(
        _l("编号的样子"),
        [required(_l("请写编号的样子。")), printable(KAI), Length(max=36)],
        description=_l("{年} 是年份，{号} 是四位号码，{号3} 是三位。从今年起用，往年的不变。"),
    )
    next_number = IntegerField(
        _l("下一个号码"),
        [
            InputRequired(_l("请写下一个号码。")),
            NumberRange(1, LAST_NUMBER, _l("号码在 1 到 99999 之间。")),
        ],
        description=_l("接着纸质登记簿往下编时改它。只能往后，用过的号不再用。"),
        render_kw={"inputmode": "numeric"},
    )

    def __init__(self, year: int, stored: SimpleNamespace) -> None:
        super().__init__(obj=stored)
        self.year, self.stored = year, stored

    @property
    def wordings(self) -> list[Field]:
        """The fields of words, in the order of the paper."""
        names = ("title", "salutation", *self.own, "issuer", "signatory")
        return [self[name] for name in names if name in self]

    def validate(self, extra_validators: Any = None) -> bool:
        """Wordings name in braces only what is filled in."""
        valid = super().validate(extra_validators)
        for name in self.own:
            wrong = unknown_names(as_text(self[name].data), names_for(self.kind))
            if wrong:
                names = "、".join(f"{{{name}}}" for name in names_for(self.kind))
                self[name].errors = [
                    _("不认识“%(wrong)s”。花括号里只能是%(names)s。", wrong=wrong[0], names=names)
                ]
                valid = False
        return valid

    def validate_pattern(self, field: Field) -> None:
        problem = pattern_problem(self.kind, self.year, field.data or "")
        if problem:
            raise ValidationError(problem)

    def validate_next_number(self, field: Field) -> None:
        if field.data is not None and field.data < self.stored.next_number:
            raise ValidationError(_("已经用到前一个号了，最小是%(n)s。", n=self.stored.next_number))

    def typed(self, earlier: PaperSettings) -> PaperSettings:
        """Return the settings as typed; a new pattern counts from this year on."""
        words = {field.name: as_text(field.data) for field in self.wordings}
        patterns = dict(earlier.patterns)
        if self.pattern.data and self.pattern.data != earlier.pattern(self.kind, self.year):
            patterns[str(self.year)] = self.pattern.data
        return PaperSettings(
            words={name: text for name, text in words.items() if text},
            black="black" in self and bool(self.black.data),
            archival=bool(self.archival.data),
            seal=self.millimetres("seal", SEAL_ROOMS, USUAL_SEAL.room),
            seal_left=self.millimetres("seal_left", SEAL_SHIFTS, USUAL_SEAL.left),
            patterns=patterns,
        )

    def millimetres(self, name: str, bounds: tuple[int, int], usual: int) -> int:
        """Return a measure as typed; the usual one while it is not a sensible number."""
        typed = self[name].data if name in self else usual
        return typed if typed is not None and bounds[0] <= typed <= bounds[1] else usual


def settings_form(kind: str) -> type[PaperSettingsForm]:
    """Return the form of one kind: what its papers have, and the wordings of its own form."""
    paper, form, fields = KINDS[kind], FORMS[kind], {}
    for name, usual in form.usual.items():
        fields[name] = as_wording(getattr(form, name), usual, names_for(kind))
    absent = {name: None for name in ("salutation", "signatory", "seal") if not paper.has(name)}
    absent |= {} if "seal" not in absent else {"seal_left": None}
    absent |= {} if paper.has("title") and not hasattr(form, "title") else {"title": None}
    absent |= {} if paper.has_colour else {"black": None}
    own = tuple(fields)
    fields = absent | fields | {"kind": kind, "own": own}
    return type("SettingsOfKind", (PaperSettingsForm,), fields)


def as_wording(unbound: Any, usual: str, names: tuple[str, ...]) -> Any:
    """Return a field of a paper's form as one of its settings: not required, and with names."""
    label, checks, *rest = unbound.args
    optional = [check for check in checks if not isinstance(check, DataRequired)]
    braced = " ".join(f"{{{name}}}" for name in names)
    told = _("可以用 %(names)s，写的时候换成真的。", names=braced)
    told = _("平常写“%(usual)s”。", usual=usual) + told if usual else told
    keywords = unbound.kwargs | {"description": told, "default": None}
    return unbound.field_class(label, optional, *rest, **keywords)
