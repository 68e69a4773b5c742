"""What the marks of a page are to somebody who hears it read: a heading, a paragraph, a cell.

A PDF carries this beside the drawing (ISO 32000-1, 14.8), so that a screen reader follows the
sense and not the places, and a narrow screen can set the text anew.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, eq=False)
class Tag:
    """One element. Marks that share it, also on several pages, are one paragraph or cell.

    `kind` is a standard structure type (P, H1, Table, TR, TH, TD, Figure), `alt` says what a
    picture shows. A heading's `title` is also a bookmark of a paper of several pages.
    """

    kind: str
    within: Tag | None = None
    alt: str = ""
    title: str = ""
