"""What is typed about questions and prizes."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from blueprints.activities.quiz import QuizQuestion
from blueprints.activities.quiz_paste import QuestionUnreadable, read_questions
from core.choices import offering
from core.forms import EditForm, Form, required

MOST_OPTIONS = 6


class QuestionForm(EditForm):
    question = StringField(_l("题目"), [required(_l("请写题目。")), Length(max=200)])
    options = TextAreaField(
        _l("选项"),
        [Length(max=600)],
        description=_l("每行一个，不用写 A、B、C。自由回答的题就空着。"),
    )
    answer = StringField(
        _l("答案"),
        [required(_l("请写答案。")), Length(max=120)],
        description=_l("有选项的写字母，如 B；自由回答的写要点。"),
    )
    topic = StringField(
        _l("哪一类"), [Length(max=20)], description=_l("如：消防、防诈骗、垃圾分类。")
    )
    remark = StringField(_l("出处或讲解"), [Length(max=200)], description=_l("印在主持人那张上。"))
    is_retired = BooleanField(_l("不再用这题"), description=_l("以前用过的卷子上还在。"))

    @property
    def option_lines(self) -> list[str]:
        return [line.strip() for line in (self.options.data or "").splitlines() if line.strip()]

    def validate_options(self, _field: Field) -> None:
        if len(self.option_lines) == 1 or len(self.option_lines) > MOST_OPTIONS:
            raise ValidationError(_("选项要 2 到 %(n)s 个，或者空着。", n=MOST_OPTIONS))

    def validate_answer(self, field: Field) -> None:
        letters = [chr(ord("A") + number) for number in range(len(self.option_lines))]
        said = [char for char in field.data.upper() if char.isalnum()]
        if letters and not (said and set(said) <= set(letters)):
            raise ValidationError(
                _("答案写字母，%(first)s 到 %(last)s。", first=letters[0], last=letters[-1])
            )
        if letters:
            field.data = "、".join(sorted(set(said)))


class PasteForm(Form):
    """Several questions at once; what was read of them is in ``questions``."""

    text = TextAreaField(
        _l("题目"),
        [required(_l("请把题目贴进来。"))],
        description=_l("一题一段，空一行隔开。选项写“A. 盖上锅盖”，最后一行写“答案：A”。"),
    )
    topic = StringField(_l("哪一类"), [Length(max=20)])
    questions: list[QuizQuestion] = []

    def validate_text(self, field: Field) -> None:
        try:
            self.questions = read_questions(field.data, self.topic.data or "")
        except QuestionUnreadable as unreadable:
            raise ValidationError(str(unreadable)) from unreadable


class DrawForm(Form):
    count = IntegerField(
        _l("抽几题"),
        [InputRequired(_l("请填抽几题。")), NumberRange(1, 50, _l("填 1 到 50。"))],
        default=10,
    )
    topic = SelectField(_l("哪一类"), [Optional()], choices=[])

    def offer(self, topics: list[str]) -> None:
        self.topic.choices = offering([("", _("各类都抽")), *((topic, topic) for topic in topics)])


class PrizeForm(Form):
    what = StringField(_l("奖品"), [required(_l("请写奖品。")), Length(max=60)])
    pieces = IntegerField(
        _l("几份"),
        [InputRequired(_l("请填几份。")), NumberRange(1, 500, _l("填 1 到 500。"))],
        default=1,
    )
    rank = StringField(
        _l("几等奖"), [Length(max=20)], description=_l("如：一等奖、参与奖。不分等就空着。")
    )
