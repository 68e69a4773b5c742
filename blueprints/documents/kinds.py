"""Every kind of paper: one entry here, and it is drafted, numbered, printed, kept and verified.

Whatever differs between kinds stands in the entry; nothing else asks which kind a paper is.
What a company may set per kind (serial pattern, colour or black, wording) hangs on ``code``.
To add a kind: a content class and a drawing function in ``core/prints``, an entry here, a form
of the same ``kind`` in ``paper_forms``. A kind is public, and scanned, because its content class
is a ``PublicContent``; nobody has to remember.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from core.papers import CertificateContent, NoticeContent, PaperContent, PublicContent
from core.press import print_certificates, print_drawn, print_notice
from core.prints.appointment import AppointmentContent, draw_appointment
from core.sheet import Drawing

CERTIFICATE, NOTICE, APPOINTMENT = "certificate", "notice", "appointment"


@dataclass(frozen=True)
class Kind:
    """One kind of paper. ``mark`` is the character before 字 in its serials."""

    code: str
    name: LazyString
    # When one writes such a paper, in a few words.
    about: LazyString
    mark: str
    content: type[PaperContent]
    # Prints contents of this kind, in order, as one PDF.
    printed: Callable[[Sequence[Any]], bytes]
    icon: str = "file"
    is_landscape: bool = False
    # Waterworks and lifts are the manager's business too; honours and posts are the branch's.
    managers_write: bool = False
    # Carries a code that outsiders look up: papers that people keep and show around.
    is_verified: bool = True

    @property
    def is_public(self) -> bool:
        """Answer whether everybody reads it: it is scanned, can hang, and must come down."""
        return issubclass(self.content, PublicContent)

    def serial(self, year: int, number: int) -> str:
        """荣字〔2026〕第0007号; the brackets are those of GB/T 9704."""
        return f"{self.mark}字〔{year}〕第{number:04}号"


def drawn(draw: Callable[[Any], Drawing]) -> Callable[[Sequence[Any]], bytes]:
    """Return how to print a kind whose pages `draw` draws."""
    return lambda contents: print_drawn(contents, draw)


_KINDS = (
    Kind(
        CERTIFICATE,
        _l("荣誉证书"),
        _l("按今年的服务时长发给志愿者"),
        "荣",
        CertificateContent,
        print_certificates,
        icon="award",
        is_landscape=True,
    ),
    Kind(
        APPOINTMENT,
        _l("聘书"),
        _l("请谁做什么，从哪天到哪天"),
        "聘",
        AppointmentContent,
        drawn(draw_appointment),
        icon="award",
        is_landscape=True,
    ),
    Kind(
        NOTICE,
        _l("通知"),
        _l("停水停电、清扫、活动，贴在楼道里"),
        "知",
        NoticeContent,
        lambda contents: print_notice(contents[0]),
        managers_write=True,
        is_verified=False,
    ),
)
KINDS = {kind.code: kind for kind in _KINDS}
DOCUMENT_KINDS = {kind.code: kind.name for kind in _KINDS}
