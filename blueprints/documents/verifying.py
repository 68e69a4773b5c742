"""Whether a file is the very one that was issued; asked on the web and on the command line."""

import re
from dataclasses import dataclass

from flask_babel import gettext as _

from blueprints.documents import queries
from blueprints.documents.kept_files import digest_of
from blueprints.documents.models import Document
from core.errors import RuleBroken
from core.pdf import UnreadablePdf, text_of_pdf

# A page or two says enough; nobody reads a thousand-page file for a stranger.
PAGES_READ = 2
_CODE = re.compile(r"(?<![A-Z0-9])[A-HJ-NP-Z2-9]{6}(?![A-Z0-9])")


class NotAPdf(RuleBroken):
    status = 422  # type: ignore[assignment]

    def __str__(self) -> str:
        return _("这个文件不是 PDF，或者坏了，打不开。请选发给您的那个 PDF。")


@dataclass(frozen=True)
class Verdict:
    """The paper a file belongs to, if any; ``same``: it is byte for byte what was issued."""

    paper: Document | None
    same: bool


def verdict_on(pdf: bytes) -> Verdict:
    """Compare a file with everything that was issued. Raises NotAPdf.

    A file that is not the same may still carry the check code of a paper: then somebody changed
    it, or a program saved it anew.
    """
    paper = queries.paper_issued_as(digest_of(pdf))
    if paper:
        return Verdict(paper, same=True)
    try:
        text = text_of_pdf(pdf, PAGES_READ)
    except UnreadablePdf as error:
        raise NotAPdf from error
    named = (queries.paper_with_code(code) for code in dict.fromkeys(_CODE.findall(text)))
    return Verdict(next(filter(None, named), None), same=False)
