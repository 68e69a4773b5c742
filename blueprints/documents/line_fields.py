"""Fields of papers that hold several paragraphs, or a table."""

from collections.abc import Callable, Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, TextAreaField
from wtforms.validators import ValidationError

from blueprints.documents.contents import LABELS
from core.forms import tidy


class LinesField(TextAreaField):
    """Several paragraphs, one to a line; blank lines are none. Its data is a list of them."""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "\n".join(self.lines_for(self.data)) if self.data else ""

    def process_data(self, value: Any) -> None:
        self.data = self.value_of([]) if value is None else value

    def process_formdata(self, valuelist: list[str]) -> None:
        lines = [tidy(line) for line in (valuelist[0] if valuelist else "").splitlines()]
        self.data = self.value_of([line for line in lines if line])

    def lines_for(self, value: Any) -> Iterable[str]:
        return value

    def value_of(self, lines: list[str]) -> Any:
        return lines


class TableField(LinesField):
    """A list as a table: the first line holds the heads, cells are parted by ｜ or a tab, so
    rows can be pasted from a spreadsheet. Its data is {heads, rows}, or None when empty."""

    def lines_for(self, value: Any) -> Iterable[str]:
        return ("｜".join(cells) for cells in (value["heads"], *value["rows"]))

    def value_of(self, lines: list[str]) -> Any:
        if not lines:
            return None
        heads, *rows = ([tidy(cell) for cell in cells_of(line)] for line in lines)
        for number, row in enumerate(rows, start=1):
            if len(row) > len(heads):
                raise ValueError(_("第 %(n)s 行比表头多了一格，看看“｜”是不是多了。", n=number))
        return {"heads": heads, "rows": [row + [""] * (len(heads) - len(row)) for row in rows]}


def cells_of(line: str) -> list[str]:
    return line.replace("|", "｜").replace("\t", "｜").split("｜")


def lines(name: str, length: int, *checks: Any, **kwargs: Any) -> LinesField:
    """Paragraphs of a paper, under their usual label."""
    keywords = {"rows": 8, "maxlength": length}
    return LinesField(LABELS[name], [*checks, short_enough(length)], render_kw=keywords, **kwargs)


def grid(name: str, *checks: Any, **kwargs: Any) -> TableField:
    """A list of a paper, under its usual label."""
    told = _l("第一行是表头，一行一条，格子之间用“｜”隔开；也可以从表格里复制过来。")
    keywords = {"rows": 8, "maxlength": 6000}
    return TableField(LABELS[name], [*checks], description=told, render_kw=keywords, **kwargs)


def short_enough(length: int) -> Callable[[Any, Field], None]:
    def check(_form: Any, field: Field) -> None:
        count = sum(map(len, field.data or []))
        if count > length:
            raise ValidationError(
                _("最多 %(length)s 个字，现在有 %(count)s 个。", length=length, count=count)
            )

    return check


def is_lines(unbound: Any) -> bool:
    return unbound is not None and issubclass(unbound.field_class, LinesField)
