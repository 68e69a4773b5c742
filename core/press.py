"""Set and print the papers of core/papers.py. Printed words are always Simplified Chinese."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from core.certificate import draw_certificate
from core.fonts import KAI, missing_characters, title_face
from core.papers import CertificateContent, PaperContent
from core.pdf import PrintProblem
from core.sheet import Drawing, draw_pdf, in_black

Paper = TypeVar("Paper", bound=PaperContent)


class MissingCharacters(PrintProblem):
    """No typeface here has these characters; asked before printing, so nothing comes out blank."""

    def __init__(self, characters: str) -> None:
        super().__init__([f"no glyph for {characters}"])
        self.characters = characters


def print_certificates(contents: Sequence[CertificateContent], *, black: bool = False) -> bytes:
    """One PDF with one page for each certificate.

    Raise TextTooLong or MissingCharacters when it would not come out as designed.
    """
    for content in contents:
        if strange := missing_characters(content.title, title_face(content.title)):
            raise MissingCharacters(strange)
    return print_drawn(contents, draw_certificate, black=black)


def print_drawn(
    contents: Sequence[Paper], draw: Callable[[Paper], Drawing], *, black: bool = False
) -> bytes:
    """One PDF of these papers in order, all of one kind; `black` leaves the colours out.

    Raises as `print_certificates` does.
    """
    for content in contents:
        if missing := missing_characters("".join(content.texts), KAI):
            raise MissingCharacters(missing)
    drawings = [draw(content) for content in contents]
    drawings = [in_black(each) for each in drawings] if black else drawings
    if len(drawings) > 1:
        drawings[0] = replace(drawings[0], title=contents[0].title)
    return draw_pdf(drawings)
