"""Whether a draft can be issued: nothing private on a public paper, every character printable,
everything in its place. Issuing asks the same as the draft's page, so the two never disagree."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from blueprints.documents import queries
from blueprints.documents.contents import LABELS, Clear, Numbering, claims_in, paper_content
from blueprints.documents.exceptions import NEVER, PublicException, exception_for
from blueprints.documents.kinds import Kind
from blueprints.documents.models import Document
from core.errors import RuleBroken
from core.fonts import FontNotInstalled
from core.papers import PaperContent, PaperContentError
from core.press import MissingCharacters
from core.privacy import PublicText, TextNotPublic
from core.public_scan import Finding, NameIndex, digits_only, numbers_alone, scan_public_text
from core.settings import setting
from core.typeset import TextTooLong

KINDS_OF_FINDINGS = {
    "phone": _l("电话"),
    "id": _l("证件号"),
    "number": _l("一长串号码"),
    "room": _l("门牌"),
    "floor": _l("楼层"),
    "name": _l("姓名"),
    "age": _l("年龄"),
    "care": _l("病情或难处"),
    "code": _l("密码"),
}
# These have rules of their own; everything else on a public paper is scanned.
_NOT_SCANNED = ("phone", "remove_on", "shown_from", "shown_until", "until")
_UNNUMBERED = Numbering(verify_url="https://linli.invalid/verify")


@dataclass(frozen=True)
class Problem:
    """Why a paper cannot be issued; `pieces` is the text, each piece with what is wrong in it."""

    label: str
    message: str
    pieces: list[tuple[str, str]] = field(default_factory=list)
    # Two people may let it through together.
    excusable: bool = False


class PaperNotReady(RuleBroken):
    """The draft stays a draft; `problems` says what to change."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(problems)
        self.problems = problems

    def __str__(self) -> str:
        return _("这份草稿还不能印，先改掉标出来的地方。")


def content_of(draft: Document, numbering: Numbering = _UNNUMBERED) -> PaperContent:
    """Return what the draft will say. Raise PaperNotReady with everything that stands against it."""
    return _printable(draft.of_kind, checked_content(draft, numbering, agreed_on(draft)))


def checked_content(
    draft: Document,
    numbering: Numbering,
    agreed: PublicException | None,
    names_for: Callable[[Iterable[str]], NameIndex] = queries.names_that_may_occur,
) -> PaperContent:
    """Return what the draft will say, before it is set. Raises PaperNotReady.

    `agreed`: what two people let through of these very words. `names_for` finds the known names
    that texts may hold.
    """
    demo = current_app.config["LINLI_DEMO"]
    try:
        if not draft.of_kind.is_public:
            _refuse(_false_claims(draft))
            return paper_content(draft, _nothing_public, numbering, demo)
        names = names_for(text for _name, text in _scanned(draft))
        phones = [setting("duty_phone"), draft.content.get("phone", "")]
        stops = [
            problem
            for problem in (*_private_words(draft, names, phones), *_private_phone(draft))
            if not (agreed and problem.excusable)
        ]
        _refuse(stops)
        return paper_content(draft, _cleared(names, phones, agreed), numbering, demo)
    except PaperContentError as error:
        raise PaperNotReady([Problem(_label(error.field), _("这一项还空着。"))]) from error
    except TextNotPublic as error:
        # Harmless beside its neighbour in the table (地下, 2层), yet each cell is read alone, too.
        whole = next(name for name, text in _scanned(draft) if error.text in text)
        raise PaperNotReady([_private(whole, error.text, error.findings)]) from error


def problems_of(draft: Document) -> list[Problem]:
    """Return what stands against issuing the draft; an empty list when it is ready."""
    try:
        content_of(draft)
    except PaperNotReady as error:
        return error.problems
    return []


def _scanned(draft: Document) -> list[tuple[str, str]]:
    """Return (field, what it says) of everything that a public paper tells the neighbours."""
    said = ((name, "\n".join(_strings(word))) for name, word in draft.content.items())
    return [(name, text) for name, text in said if name not in _NOT_SCANNED]


def _strings(word: Any) -> Iterator[str]:
    if isinstance(word, str):
        yield word
    elif isinstance(word, dict | list):
        for part in word.values() if isinstance(word, dict) else word:
            yield from _strings(part)


def agreed_on(draft: Document, words: dict[str, Any] | None = None) -> PublicException | None:
    """Return what two people let through, if it was these very words: the draft's, unless said."""
    exception = exception_for(draft.id)
    said = draft.content if words is None else words
    return exception if exception and exception.allows(said) else None


def _cleared(names: NameIndex, phones: list[str], agreed: PublicException | None) -> Clear:
    """Return how to make public text; what was let through carries both names and the reason."""

    def clear(text: str) -> PublicText:
        try:
            return PublicText.clear(text, names, phones)
        except TextNotPublic:
            if agreed is None:
                raise
            by, reason = agreed.decided_by, agreed.reason
            return PublicText.override(text, names, phones, by=by, reason=reason)

    return clear


def _nothing_public(text: str) -> PublicText:
    raise TypeError(f"an internal paper has no public text: {text}")


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise PaperNotReady(problems)


def _false_claims(draft: Document) -> list[Problem]:
    """Return claims that only some issuers may make, unless this issuer is one of them."""
    if draft.of_kind.needs_proving_issuer and draft.of_kind.is_offered:
        return []
    return [
        Problem(_label(name), _("这份文书上不能写“%(word)s”。", word=word))
        for name, text in _scanned(draft)
        if name != "declaration"
        for word in claims_in(text)
    ]


def _private_words(draft: Document, names: NameIndex, phones: list[str]) -> list[Problem]:
    found = (
        (name, text, [*scan_public_text(text, names, phones), *doors_in(text)])
        for name, text in _scanned(draft)
    )
    return [_private(name, text, findings) for name, text, findings in found if findings]


def _private(name: str, text: str, findings: list[Finding]) -> Problem:
    kinds = "、".join(_kinds(findings))
    message = _("贴出去的纸上不能有：%(kinds)s。", kinds=kinds)
    excusable = not any(finding.kind in NEVER for finding in findings)
    return Problem(_label(name), message, marked(text, findings), excusable)


def doors_in(text: str) -> list[Finding]:
    """Return bare numbers that are doors here (住301); written with 室 the scan knows them."""
    numbers = [(str(int(door)), place) for door, place in numbers_alone(text)]
    doors = queries.known_rooms(door for door, _place in numbers)
    return [place for door, place in numbers if door in doors]


def _private_phone(draft: Document) -> list[Problem]:
    """The number on a notice may be any but a resident's or a volunteer's own."""
    phone = draft.content.get("phone", "")
    own = digits_only(phone) == digits_only(setting("duty_phone"))
    if own or not queries.belongs_to_somebody(phone):
        return []
    kind = str(KINDS_OF_FINDINGS["phone"])
    return [Problem(_label("phone"), _("这是一位居民或志愿者的电话。"), [(phone, kind)])]


def _printable(kind: Kind, content: PaperContent) -> PaperContent:
    """Lay the paper out. Raise PaperNotReady for what does not fit or has no typeface."""
    try:
        kind.printed([content])
    except MissingCharacters as error:
        raise PaperNotReady([_missing(content, error.characters)]) from error
    except FontNotInstalled as error:
        raise PaperNotReady([Problem(_("字体"), str(error))]) from error
    except TextTooLong as error:
        raise PaperNotReady([Problem(_label(error.field), _("太长了，纸上放不下。"))]) from error
    return content


def _missing(content: PaperContent, characters: str) -> Problem:
    """Name the person or the sheet whose character nobody can print."""
    text = next(text for text in content.texts if characters[0] in text)
    message = _(
        "“%(whose)s”这份里的“%(characters)s”，字库里没有，印不出来。",
        whose=getattr(content, "name", text),
        characters=characters,
    )
    return Problem(_("字"), message)


def marked(text: str, findings: Iterable[Finding]) -> list[tuple[str, str]]:
    """Cut a text at its findings: (piece, what is wrong in it or nothing)."""
    kind_at = [""] * len(text)
    for finding in findings:
        for place in range(finding.start, finding.end):
            kind_at[place] = str(KINDS_OF_FINDINGS[finding.kind])
    cuts = [0, *(n for n in range(1, len(text)) if kind_at[n] != kind_at[n - 1]), len(text)]
    return [(text[start:end], kind_at[start]) for start, end in pairwise(cuts)]


def _kinds(findings: Iterable[Finding]) -> list[str]:
    return list(dict.fromkeys(str(KINDS_OF_FINDINGS[finding.kind]) for finding in findings))


def _label(name: str) -> str:
    return str(LABELS.get(name, name))
