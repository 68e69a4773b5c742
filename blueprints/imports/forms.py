"""What is typed to read a ledger in."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField, SelectField

from blueprints.imports.ledger import Ledger
from blueprints.imports.plans import Plan
from blueprints.imports.reading import Said
from blueprints.imports.rows import LedgerRow, Question, RowRef
from core.choices import offering
from core.forms import Form, chosen
from core.ledgers import Header
from core.sheets import MAX_ROWS, MAX_UNPACKED_MB, Sheet, text_of

# More questions than this are not answered on one page; the rest keep their default.
MOST_QUESTIONS = 200
# Rows that a table of the preview shows; of those beyond, changes follow the choice for all.
SHOWN_ROWS = 100
MOST_CHIPS = 4
HEADER_ROWS = 10
SAMPLES = 3


class UploadForm(Form):
    scope = SelectField(_l("哪个小区的"), [chosen(_l("请选小区。"))], coerce=int)
    file = FileField(
        _l("台账文件"),
        [FileRequired(message=_l("请选一份台账。"))],
        render_kw={"accept": ".xlsx,.csv,.xls,.txt"},
    )

    @staticmethod
    def limits() -> str:
        """Say which files are taken and how large they may be."""
        return _(
            ".xlsx、.csv，或者网页存成的 .xls。展开后 %(megabytes)s MB、%(rows)s 行以内。",
            megabytes=MAX_UNPACKED_MB,
            rows=MAX_ROWS,
        )


def upload_form(ledger: Ledger, scopes: Sequence[tuple[int, str]], scope: int | None) -> UploadForm:
    """Return the form, with the choice of an estate only where there is one to make."""
    form = UploadForm(data={"scope": scope})
    form.scope.choices = offering(scopes)
    if not scopes:
        del form.scope
    return form


CHANGES = {
    "keep": _l("不动，以这里登记的为准"),
    "fill": _l("只补上这里空着的"),
    "replace": _l("按台账改"),
}


class ConfirmForm(Form):
    """The last word before a ledger is stored."""

    faulty = RadioField(
        _l("有错的行怎么办"),
        choices=offering(
            [
                ("good", _l("先导入没错的行，有错的改好再导")),
                ("none", _l("一行都不导入，全部改好再来")),
            ]
        ),
        default="good",
    )
    changes = RadioField(
        _l("这几行怎么办"),
        choices=offering(CHANGES),
        default="keep",
        description=_l("下面可以一行一行另选。"),
    )

    def options(self) -> dict[str, Any]:
        """Return what a room's own questions were answered with."""
        return {}


def confirm_form(plan: Plan) -> ConfirmForm:
    """Return the form with one field for each question, and one for each changed row shown."""
    base = plan.ledger.confirm_form or ConfirmForm

    class WithQuestions(base):  # type: ignore[misc, valid-type]
        pass

    for number, question in enumerate(plan.questions[:MOST_QUESTIONS]):
        kind = RadioField if len(question.options) <= MOST_CHIPS else SelectField
        field = kind(question.text, choices=offering(question.options), default=question.default)
        setattr(WithQuestions, f"answer_{number}", field)
    as_all = [("", _("和上面一样")), *CHANGES.items()]
    for row, _standing in plan.changed[:SHOWN_ROWS]:
        label = _("第 %(row)s 行怎么办", row=row.number)
        setattr(
            WithQuestions,
            change_name(plan, row),
            SelectField(label, choices=offering(as_all), default=""),
        )
    return WithQuestions()


def change_name(plan: Plan, row: LedgerRow) -> str:
    """Return the field of a changed row: it stays the row's own when other rows come or go."""
    sheets = [sheet.name for sheet in plan.preview.sheets]
    return f"change_{sheets.index(row.sheet)}_{row.number}"


def answers_of(form: ConfirmForm, questions: Sequence[Question]) -> dict[str, str]:
    """Return what was answered, by the questions' keys."""
    return {
        question.key: form[f"answer_{number}"].data
        for number, question in enumerate(questions[:MOST_QUESTIONS])
    }


def changes_of(form: ConfirmForm, plan: Plan) -> dict[RowRef, str]:
    """Return what becomes of single rows, where somebody chose otherwise than for all."""
    chosen = {
        row.place: form[change_name(plan, row)].data for row, _standing in plan.changed[:SHOWN_ROWS]
    }
    return {place: choice for place, choice in chosen.items() if choice}


def columns_form(ledger: Ledger, sheet: Sheet, header: Header) -> Form:
    """Return one choice for each column of a sheet: what it holds, or that it is left out."""

    class ColumnsForm(Form):
        pass

    choices = [("", _("不导入")), *((name, about.label) for name, about in ledger.fields.items())]
    for column in header.columns:
        field = SelectField(
            f"{column.letter} {column.header}",
            choices=offering(choices),
            default=column.field if column.field in ledger.fields else "",
            description=_("如 %(samples)s", samples=samples_of(sheet, header, column.index)),
        )
        setattr(ColumnsForm, f"column_{column.index}", field)
    return ColumnsForm()


def samples_of(sheet: Sheet, header: Header, index: int) -> str:
    """Return the first few different values below a header."""
    values = (
        text_of(row.value(index)).strip()
        for row in sheet.rows
        if row.number > header.row and row.value(index) is not None
    )
    found: dict[str, None] = {}
    for value in values:
        if value:
            found[value[:20]] = None
        if len(found) == SAMPLES:
            break
    return "、".join(found) or _("空的")


def said_of(form: Form, header: Header, header_row: int) -> Said:
    """Return what the columns form says."""
    fields = {column.index: form[f"column_{column.index}"].data or "" for column in header.columns}
    return Said(header_row, fields)


def header_choices(sheet: Sheet) -> list[tuple[int, str]]:
    """Return the rows near the top that may be the header, each with its first words."""
    return [
        (
            row.number,
            _(
                "第 %(row)s 行：%(words)s",
                row=row.number,
                words=" ".join(text_of(value) for _column, value in row.own_values())[:40],
            ),
        )
        for row in sheet.rows[:HEADER_ROWS]
    ]
