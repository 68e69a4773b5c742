"""What a company types to change a kind of paper."""

from types import SimpleNamespace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, IntegerField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, ValidationError

from blueprints.documents.contents import LABELS
from blueprints.documents.kinds import CERTIFICATE, KINDS
from blueprints.documents.paper_fields import no_false_claim, paragraph, printable
from blueprints.documents.paper_forms import REASON_LENGTH
from blueprints.documents.paper_settings import (
    REASON_NAMES,
    PaperSettings,
    pattern_problem,
    unknown_names,
)
from blueprints.documents.samples import WITH_SAMPLE
from core.fonts import KAI
from core.forms import EditForm, required

LAST_NUMBER = 99_999
_HONOURS = ("honour", "reason")
_HEADS = ("title", "salutation")


def word(name: str, length: int, *checks: Any) -> StringField:
    return StringField(
        LABELS[name],
        [*checks, printable(KAI), Length(max=length)],
        description=_l("空着就按平常的写。"),
    )


class PaperSettingsForm(EditForm):
    """One kind's settings; over what is stored it compares versions."""

    title = word("title", 12, no_false_claim)
    salutation = word("salutation", 8)
    honour = word("honour", 20, no_false_claim)
    reason = paragraph(
        "reason",
        REASON_LENGTH,
        no_false_claim,
        description=_l(
            "可以用 {姓名} {年} {时长} {走访}，发的时候换成每个人的。空着就按平常的写。"
        ),
    )
    issuer = word("issuer", 40, no_false_claim)
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

    def __init__(self, kind: str, year: int, stored: SimpleNamespace) -> None:
        super().__init__(obj=stored)
        self.kind, self.year, self.stored = kind, year, stored
        absent = () if kind == CERTIFICATE else _HONOURS
        absent += () if kind in WITH_SAMPLE else _HEADS
        absent += () if KINDS[kind].has_colour else ("black",)
        for name in absent:
            del self[name]

    def validate_reason(self, field: Field) -> None:
        wrong = unknown_names(field.data or "")
        if wrong:
            names = "、".join(f"{{{name}}}" for name in REASON_NAMES)
            raise ValidationError(
                _("不认识“%(wrong)s”。花括号里只能是%(names)s。", wrong=wrong[0], names=names)
            )

    def validate_pattern(self, field: Field) -> None:
        problem = pattern_problem(self.kind, self.year, field.data or "")
        if problem:
            raise ValidationError(problem)

    def validate_next_number(self, field: Field) -> None:
        if field.data is not None and field.data < self.stored.next_number:
            raise ValidationError(_("已经用到前一个号了，最小是%(n)s。", n=self.stored.next_number))

    def typed(self, earlier: PaperSettings) -> PaperSettings:
        """Return the settings as typed; a new pattern counts from this year on."""
        names = ("title", "salutation", "honour", "reason", "issuer")
        words = {name: self[name].data or "" for name in names if name in self}
        patterns = dict(earlier.patterns)
        if self.pattern.data and self.pattern.data != earlier.pattern(self.kind, self.year):
            patterns[str(self.year)] = self.pattern.data
        black = "black" in self and bool(self.black.data)
        archival = bool(self.archival.data)
        return PaperSettings(**words, black=black, archival=archival, patterns=patterns)
