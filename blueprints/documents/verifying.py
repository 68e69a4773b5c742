"""Whether a file is the very one that was issued; asked on the web and on the command line."""

import re
from dataclasses import dataclass

from flask_babel import gettext as _

from blueprints.documents import queries
from blueprints.documents.kept_files import digest_of
from blueprints.documents.models import Document
from core.errors import RuleBroken
from core.pdf_text import NoTurn, UnreadablePdf, text_of_pdf

# Words that look like a code, of which the register is asked.
MOST_CODES = 50
_CODE = re.compile(r"(?<![A-Z0-9])[A-HJ-NP-Z2-9]{6}(?![A-Z0-9])")


class NotAPdf(RuleBroken):
    status = 422  # type: ignore[assignment]

    def __str__(self) -> str:
        return _("这个文件不是 PDF，或者坏了，打不开。请选发给您的那个 PDF。")


class TooManyFiles(RuleBroken):
    status = 429  # type: ignore[assignment]

    def __str__(self) -> str:
        return _("同时核对的文件太多，过一会儿再试。")


@dataclass(frozen=True)
class Verdict:
    """The paper a file belongs to, if any; ``same``: it is byte for byte what was issued."""

    paper: Document | None
    same: bool


def verdict_on(pdf: bytes) -> Verdict:
    """Compare a file with everything that was issued. Raises NotAPdf or TooManyFiles."""
    return issued_as(pdf) or changed_from(pdf)


def issued_as(pdf: bytes) -> Verdict | None:
    """Return the paper that was issued as this very file."""
    paper = queries.paper_issued_as(digest_of(pdf))
    return Verdict(paper, same=True) if paper else None


def changed_from(pdf: bytes) -> Verdict:
    """Look for the check code of a paper in a file that is none of those issued.

    Then somebody changed it, or a program saved it anew. Call it outside a transaction: reading
    a stranger's file may take seconds. Raises NotAPdf or TooManyFiles.
    """
    try:
        text = text_of_pdf(pdf)
    except UnreadablePdf as error:
        raise NotAPdf from error
    except NoTurn as error:
        raise TooManyFiles from error
    codes = list(dict.fromkeys(_CODE.findall(text)))[:MOST_CODES]
    return Verdict(queries.paper_with_one_of(codes), same=False)
