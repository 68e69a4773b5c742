"""What is typed for papers that hang: 通知, 公示, 温馨提示, 心愿墙, 认领卡."""

from dataclasses import replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, Field, RadioField
from wtforms.validators import ValidationError

from blueprints.documents.contents import LABELS, Draft
from blueprints.documents.kinds import CLAIM_CARDS, NOTICE, PUBLIC_NOTICE, REMINDER, WISH_WALL
from blueprints.documents.line_fields import grid
from blueprints.documents.models import Document
from blueprints.documents.paper_fields import (
    POSTED_FOR,
    PaperForm,
    issuer_field,
    line,
    paper_date,
    paragraph,
    printable,
)
from blueprints.documents.sources import (
    WISHES_SEARCHED,
    wish_words,
    wishes_named,
    wishes_on_the_wall,
)
from core.choices import offered_by, offering
from core.clock import today
from core.fonts import KAI, SANS
from core.forms import chosen, required
from core.picking import PickManyField
from core.settings import setting

DUTY_LABEL = "24小时值班电话"
# Fills sheets of six, of twelve and of four.
MOST_WISHES = 24
# What all of them ask for last.
FOOT = ("phone_label", "phone", "remove_on", "dated_on", "issuer")


class PostedForm(PaperForm):
    """A paper with the foot that all sheets in a stairwell share: whom to call, when to tear off."""

    titled_by = "subject"
    usual = {"phone_label": DUTY_LABEL}
    folded = ("phone_label", "dated_on", "issuer")
    # So long it usually hangs.
    hangs_for = POSTED_FOR

    phone_label = line("phone_label", 20, required(_l("请写这是什么电话。")), printable(SANS))
    phone = line(
        "phone",
        18,
        required(_l("请填电话，邻居有事要打。")),
        description=_l("印得很大。默认是值班电话。"),
        render_kw={"inputmode": "tel"},
    )
    remove_on = DateField(
        LABELS["remove_on"],
        [required(_l("请填撕除日期。"))],
        description=_l("事情过去的第二天。印得很大，到时候按它来撕。"),
    )
    dated_on = paper_date()
    issuer = issuer_field(printable(SANS))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in FOOT:
            self._fields[name] = self._fields.pop(name)

    def suggest(self) -> None:
        super().suggest()
        self.phone.data = setting("duty_phone")
        self.remove_on.data = today() + self.hangs_for

    def validate_phone(self, field: Field) -> None:
        if any(
            not (letter.isascii() and letter.isdigit())
            for letter in field.data
            if letter not in " -"
        ):
            raise ValidationError(_("电话只写数字，可以用空格隔开。"))

    def validate_remove_on(self, field: Field) -> None:
        if field.data and self.dated_on.data and field.data < self.dated_on.data:
            raise ValidationError(_("撕除日期比落款日期还早。"))


class NoticeForm(PostedForm):
    kind = NOTICE
    usual = {"addressees": "各位邻居", "after": "", "phone_label": DUTY_LABEL}

    subject = line(
        "subject",
        60,
        required(_l("请写标题。")),
        printable(SANS),
        description=_l("一句话说清哪里、什么事：示3栋清洗水箱，临时停水"),
    )
    addressees = line("addressees", 30, required(_l("请写给谁看。")), printable(SANS))
    matter = paragraph("matter", 300, required(_l("请写正文。")), printable(SANS))
    time = line("time", 60, printable(SANS), description=_l("9月21日（周一）8:30至17:00"))
    place = line("place", 60, printable(SANS))
    scope = line("scope", 60, printable(SANS), description=_l("写到楼栋为止：示3栋全部住户"))
    prepare = line("prepare", 60, printable(SANS))
    after = paragraph("after", 120, printable(SANS))


class PublicNoticeForm(PostedForm):
    kind = PUBLIC_NOTICE
    usual = {
        "matter": "",
        "objections": "党群驿站意见箱，或打下方电话",
        "phone_label": "有不同意见，请打电话",
    }
    hangs_for = 2 * POSTED_FOR

    subject = line("subject", 60, required(_l("请写标题。")), printable(SANS))
    matter = paragraph("matter", 200, required(_l("请写正文。")), printable(SANS))
    entries = grid("entries")
    shown_from = DateField(LABELS["shown_from"], [required(_l("请填哪天起。"))], default=today)
    shown_until = DateField(
        LABELS["shown_until"],
        [required(_l("请填哪天止。"))],
        default=lambda: today() + POSTED_FOR,
    )
    objections = line("objections", 40, required(_l("请写到哪里提意见。")), printable(SANS))

    def validate_shown_until(self, field: Field) -> None:
        if field.data and self.shown_from.data and field.data < self.shown_from.data:
            raise ValidationError(_("止的那天比起的那天还早。"))


PICTURES = (
    _l("房子"), _l("电动自行车充电"), _l("防火"), _l("用水"),
    _l("垃圾分类"), _l("安静"), _l("冰雪"), _l("高温"),
)  # fmt: skip


class ReminderForm(PostedForm):
    kind = REMINDER
    titled_by = "message"
    usual = {"details": "", "phone_label": DUTY_LABEL}

    message = line(
        "message",
        24,
        required(_l("请写一句话。")),
        printable(SANS),
        description=_l("一张纸只说一件事。想在哪里换行，就写一个“｜”。"),
    )
    details = line("details", 40, printable(SANS))
    picture = RadioField(
        LABELS["picture"],
        [chosen(_l("请选一幅图。"))],
        coerce=int,
        choices=offering(enumerate(PICTURES)),
        default=0,
    )


class WishesForm(PostedForm):
    """A paper that shows wishes: the first of those on the wall now are offered and ticked, others
    are found by number or words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wishes.offer(wishes_on_the_wall(), WISHES_SEARCHED, most=MOST_WISHES)

    @classmethod
    def words_of(cls, paper: Document) -> Any:
        words = super().words_of(paper)
        words.wishes = [wish["label"] for wish in words.wishes]
        return words

    def suggest(self) -> None:
        super().suggest()
        self.wishes.data = list(offered_by(self.wishes))

    def words(self) -> dict[str, Any]:
        """Return the words with what may be told of each wish that is picked."""
        offered = offered_by(self.wishes)
        picked = [label for label in self.wishes.data or [] if label in offered]
        told = [wish_words(wish) for wish in wishes_named(picked)]
        return super().words() | {"wishes": told}

    def as_draft(self, words: dict[str, Any], volunteer_id: int | None = None) -> Draft:
        listed_as = f"{len(words['wishes'])}个心愿"
        return replace(super().as_draft(words, volunteer_id), title=listed_as)


def wishes_field() -> PickManyField:
    return PickManyField(
        LABELS["wishes"],
        [required(_l("请至少选一个心愿。"))],
        looks_for=_l("按编号或心愿找"),
        coerce=str,
    )


class WishWallForm(WishesForm):
    kind = WISH_WALL
    titled_by = "slogan"
    usual = {"slogan": "每个小小的心愿，都在等一位好邻居", "phone_label": DUTY_LABEL}
    hangs_for = 4 * POSTED_FOR

    wishes = wishes_field()
    is_large = RadioField(
        LABELS["is_large"],
        coerce=lambda value: str(value) == "True",
        choices=offering([(False, _l("A4，一张六个")), (True, _l("A3，一张十二个"))]),
        default=False,
    )
    slogan = line("slogan", 40, required(_l("请写一句话。")), printable(KAI))


class ClaimCardsForm(WishesForm):
    kind = CLAIM_CARDS
    titled_by = "issuer"

    wishes = wishes_field()
