"""What a paper will look like, while it or its kind's settings are being written.

One way for every kind: the words typed so far, examples where nothing is written yet, through the
same checks and the same drawing as the paper itself; only no PDF is made. Nothing is stored.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args, get_type_hints

from flask_babel import gettext as _
from markupsafe import Markup

from blueprints.documents.all_forms import FORMS
from blueprints.documents.contents import Numbering
from blueprints.documents.examples import PERSON, example
from blueprints.documents.exceptions import PublicException
from blueprints.documents.kinds import KINDS, Kind
from blueprints.documents.known_names import names_at_hand
from blueprints.documents.models import Document
from blueprints.documents.paper_fields import PaperForm, each_filled
from blueprints.documents.paper_settings import (
    PaperSettings,
    common_values,
    manner_of,
    own_words,
    serial_by,
    usual_issuer,
)
from blueprints.documents.readiness import PaperNotReady, agreed_on, checked_content
from core.clock import today
from core.db import db
from core.fonts import FontNotInstalled
from core.htmx import wants_fragment
from core.sheet import in_black
from core.svg import as_svg
from core.typeset import TextTooLong

_BLANK: tuple[Any, ...] = ("", None, [])
_CODE, _URL = "K3QX7M", "https://linli.invalid/verify/K3QX7M"


@dataclass(frozen=True)
class Preview:
    """The first page and the last as pictures and how many there are, or why there are none."""

    pictures: Sequence[Markup] = ()
    pages: int = 0
    problem: str = ""


def preview_of_form(form: PaperForm, draft: Document | None = None) -> Preview:
    """Show a paper as far as its form is filled in; what is missing is told by an example.

    `draft` is what the form began with: words that two people let through stay let through.
    """
    wrong = [field for field in form.shown_fields() if field.errors and field.data]
    if wrong:
        return Preview(problem=f"{wrong[0].label.text}：{wrong[0].errors[0]}")
    kind, day = KINDS[form.kind], form.dated_on.data or today()
    said, own = form.words(), own_words(form.kind)
    typed = {
        name: word for name, word in said.items() if word not in _BLANK or may_be_blank(kind, name)
    }
    words, agreed = example(form.kind, day) | typed | own, draft and agreed_on(draft, said | own)
    numbering = Numbering(verify_url=_URL)
    return drawn(kind, words, day, manner_of(form.kind).black, numbering, agreed)


def may_be_blank(kind: Kind, name: str) -> bool:
    """Answer whether papers of a kind may leave a word out."""
    wanted = get_type_hints(kind.content).get(name)
    return wanted is None or type(None) in get_args(wanted) or name in kind.content.optional


def preview_of_settings(code: str, chosen: PaperSettings) -> Preview:
    """Show what papers of a kind will look like with these settings."""
    kind, day, form = KINDS[code], today(), FORMS[code]
    words = example(code, day) | form.constants
    words |= {
        name: each_filled(word, common_values(day) | PERSON.values)
        for name, word in form.in_fields(form.wordings(chosen)).items()
        if word
    }
    words["issuer"] = chosen.word("issuer") or usual_issuer(code) or words["issuer"]
    serial = serial_by(chosen.pattern(code, day.year), day.year, 7)
    words |= own_words(code, chosen)
    return drawn(kind, words, day, chosen.black, Numbering(serial, _CODE, _URL))


def drawn(
    kind: Kind,
    words: dict[str, Any],
    day: date,
    black: bool,
    numbering: Numbering,
    agreed: PublicException | None = None,
) -> Preview:
    """Draw a paper of these words."""
    paper = Document(kind=kind.code, content=words, dated_on=day)
    try:
        content = checked_content(paper, numbering, agreed, names_at_hand)
        if wants_fragment():
            # Nothing more is read: nobody waits for the lock while it is drawn.
            db.session.rollback()
        drawing = kind.draw(content)
    except PaperNotReady as error:
        told = (f"{problem.label}：{problem.message}" for problem in error.problems)
        return Preview(problem=" ".join(told))
    except FontNotInstalled as error:
        return Preview(problem=str(error))
    except TextTooLong:
        return Preview(problem=_("太长了，纸上放不下。"))
    drawing = in_black(drawing) if black else drawing
    count = len(drawing.pages)
    shown = sorted({0, count - 1})
    pictures = [as_svg(drawing, _("第 %(n)s 页的样子", n=page + 1), page) for page in shown]
    return Preview(pictures, count)
