"""What is typed for 月报 and 成长档案; every figure and list comes from the rooms."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, Field, SelectField, SelectMultipleField
from wtforms.validators import ValidationError

from blueprints.documents.contents import LABELS, Draft
from blueprints.documents.kinds import GROWTH, REPORT
from blueprints.documents.models import Document
from blueprints.documents.paper_fields import (
    PaperForm,
    issuer_field,
    line,
    lines,
    paper_date,
    printable,
)
from blueprints.documents.records import (
    growth_words,
    months_until,
    photos_of_month,
    report_words,
    students,
    volunteer_id_of,
)
from core.clock import today
from core.fonts import SERIF
from core.forms import required
from core.papers import chinese_date
from core.settings import setting

LONGEST = 2000


class ReportForm(PaperForm):
    kind = REPORT

    month = SelectField(_l("哪个月"), [required(_l("请选哪个月。"))])
    title = line("title", 40, required(_l("请写标题。")), printable(SERIF))
    summary = lines("summary", LONGEST, description=_l("一段一行，写数字说不出来的。"))
    next_month = lines("next_month", LONGEST, description=_l("一段一行。"))
    photos = SelectMultipleField(
        LABELS["photos"], description=_l("上面有人的，先问过他们同意。换了月份，存一次再选。")
    )
    dated_on = paper_date()
    issuer = issuer_field(printable(SERIF))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = [each.isoformat() for each in reversed(months_until(today()))]
        if self.month.data and self.month.data not in months and not self.is_submitted():
            months.append(self.month.data)
        self.month.choices = [(each, f"{each[:4]}年{int(each[5:7])}月") for each in months]
        self.month.data = self.month.data or months[0]
        self.offered = dict(photos_of_month(self.chosen_month)) if self.chosen_month else {}
        self.photos.choices = list(self.offered.items())

    @property
    def chosen_month(self) -> date | None:
        known = dict(self.month.choices)
        return date.fromisoformat(self.month.data) if self.month.data in known else None

    @classmethod
    def words_of(cls, paper: Document) -> SimpleNamespace:
        words = super().words_of(paper)
        words.photos = [photo["name"] for photo in words.photos]
        return words

    def suggest(self) -> None:
        super().suggest()
        self.title.data = "“红色物业”工作月报"

    def draft(self) -> Draft:
        drafted, month = super().draft(), self.chosen_month
        said = {
            "scope": f"{month.year}年{month.month}月　{setting('company_name')}",
            "photos": [
                {"name": name, "caption": self.offered[name]} for name in self.photos.data or []
            ],
        }
        return replace(drafted, content=drafted.content | report_words(month) | said)


class GrowthForm(PaperForm):
    kind = GROWTH
    constants = {"title": "成长档案"}

    student = SelectField(_l("谁的"), [required(_l("请选是谁的。"))])
    starts_on = DateField(
        LABELS["starts_on"],
        [required(_l("请填哪天起。"))],
        default=lambda: date(today().year, 1, 1),
    )
    ends_on = DateField(LABELS["ends_on"], [required(_l("请填哪天止。"))], default=today)
    started = line("started", 20, printable(SERIF))
    mentors = line("mentors", 60, printable(SERIF))
    reflections = lines("reflections", LONGEST, description=_l("本人写的，一段一行。"))
    comments = lines("comments", LONGEST, description=_l("导师写的，一段一行。"))
    dated_on = paper_date()
    issuer = issuer_field(printable(SERIF))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.student.choices = [("", _l("请选")), *students()]

    def validate_ends_on(self, field: Field) -> None:
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(_("止的那天比起的那天还早。"))

    def draft(self) -> Draft:
        drafted, whose = super().draft(), int(self.student.data)
        words = growth_words(whose, self.starts_on.data, self.ends_on.data)
        words["period"] = f"{chinese_date(self.starts_on.data)}至{chinese_date(self.ends_on.data)}"
        return replace(
            drafted,
            content=drafted.content | words,
            recipient=words["name"],
            volunteer_id=volunteer_id_of(whose),
        )
