"""Set and print the papers of core/papers.py. Printed words are always Simplified Chinese.

What writes the PDF is imported with the first paper: the web starts without it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from core.certificate import draw_certificate
from core.fonts import KAI, missing_characters, title_face
from core.papers import CertificateContent, PaperContent
from core.pdf import PrintProblem
from core.sheet import Drawing, in_black

Paper = TypeVar("Paper", bound=PaperContent)


class MissingCharacters(PrintProblem):
    """No typeface here has these characters; asked before printing, so nothing comes out blank."""

    def __init__(self, characters: str) -> None:
        super().__init__([f"no glyph for {characters}"])
        self.characters = characters


@dataclass(frozen=True)
class Manner:
    """How papers are printed: `black` leaves the colours out, `archival` makes PDF/A."""

    black: bool = False
    archival: bool = False


USUAL = Manner()


def print_certificates(contents: Sequence[CertificateContent], manner: Manner = USUAL) -> bytes:
    """One PDF with one page for each certificate.

    Raise TextTooLong or MissingCharacters when it would not come out as designed.
    """
    for content in contents:
        if strange := missing_characters(content.title, title_face(content.title)):
            raise MissingCharacters(strange)
    return print_drawn(contents, draw_certificate, manner)


def print_drawn(
    contents: Sequence[Paper], draw: Callable[[Paper], Drawing], manner: Manner = USUAL
) -> bytes:
    """One PDF of these papers in order, all of one kind.

    Raises as `print_certificates` does.
    """
    from core.inking import draw_pdf

    for content in contents:
        if missing := missing_characters("".join(content.texts), KAI):
            raise MissingCharacters(missing)
    drawings = [draw(content) for content in contents]
    drawings = [in_black(each) for each in drawings] if manner.black else drawings
    if len(drawings) > 1:
        drawings[0] = replace(drawings[0], title=contents[0].title)
    return draw_pdf(drawings, archival=manner.archival)
