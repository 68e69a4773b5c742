"""What is typed for 月报 and 成长档案; every figure and list comes from the rooms."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, Field, SelectField, SelectMultipleField
from wtforms.validators import ValidationError

from blueprints.documents.contents import LABELS, Draft
from blueprints.documents.kinds import GROWTH, REPORT
from blueprints.documents.line_fields import lines
from blueprints.documents.models import Document
from blueprints.documents.paper_fields import (
    PaperForm,
    issuer_field,
    line,
    paper_date,
    printable,
)
from blueprints.documents.records import (
    arrived_on,
    growth_words,
    months_until,
    photos_of_month,
    report_words,
    students,
    volunteer_id_of,
)
from core.choices import offered_by, offering
from core.clock import today
from core.fonts import SERIF
from core.forms import required
from core.papers import chinese_date
from core.settings import setting

LONGEST = 2000


class ReportForm(PaperForm):
    kind = REPORT
    usual = {"title": "“红色物业”工作月报", "summary": "", "next_month": ""}

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
        self.month.choices = offering((each, f"{each[:4]}年{int(each[5:7])}月") for each in months)
        self.month.data = self.month.data or months[0]
        self.offered = dict(photos_of_month(self.chosen_month)) if self.chosen_month else {}
        self.photos.choices = offering(self.offered)

    @property
    def chosen_month(self) -> date | None:
        known = offered_by(self.month)
        return date.fromisoformat(self.month.data) if self.month.data in known else None

    @classmethod
    def words_of(cls, paper: Document) -> SimpleNamespace:
        words = super().words_of(paper)
        words.photos = [photo["name"] for photo in words.photos]
        return words

    def words(self) -> dict[str, Any]:
        """Return the words with what the rooms say of the month."""
        words, month = super().words(), self.chosen_month
        if month is None:
            return words | {"photos": []}
        picked = [name for name in self.photos.data or [] if name in self.offered]
        said = {
            "scope": f"{month.year}年{month.month}月　{setting('company_name')}",
            "photos": [{"name": name, "caption": self.offered[name]} for name in picked],
        }
        return words | report_words(month) | said


class GrowthForm(PaperForm):
    kind = GROWTH
    usual = {"mentors": ""}
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
        self.student.choices = offering([("", _l("请选")), *students()])

    def validate_ends_on(self, field: Field) -> None:
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(_("止的那天比起的那天还早。"))

    def words(self) -> dict[str, Any]:
        """Return the words with what the rooms say of the student between the days."""
        words, days = super().words(), (self.starts_on.data, self.ends_on.data)
        if not (self.student.data and all(days)):
            return words
        student = int(self.student.data)
        told = {"started": words["started"] or arrived_on(student)}
        period = "至".join(map(chinese_date, days))
        return words | told | growth_words(student, *days) | {"period": period}

    def draft(self) -> Draft:
        return self.as_draft(self.words(), volunteer_id_of(int(self.student.data)))
