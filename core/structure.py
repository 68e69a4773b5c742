"""The structure of a PDF as its pages are drawn: elements, what they hold, headings to turn to.

Tagged PDF after ISO 32000-1, 14.7 and 14.8. Every run of marked content has a number on its page
(MCID); the element lists its numbers, and the parent tree leads from a page's number to its
element.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pydyf

from core.tags import Tag

ARTIFACT = "/Artifact BMC"
# A column's head speaks for the cells below it.
_ATTRIBUTES = {"TH": b" /A <</O /Table /Scope /Column>>"}


@dataclass(frozen=True)
class Heading:
    """Where a reader can turn to: its level, its page from 0, its height in points."""

    level: int
    title: str
    page: int
    top: float

    def destination(self, pdf: pydyf.PDF) -> pydyf.Array:
        """Return what leads there from a bookmark or a link."""
        top = "null" if self.top == float("inf") else f"{self.top:.1f}"
        return pydyf.Array([_page_of(pdf, self.page), "/XYZ", "null", top, "null"])


class Structure:
    """The elements of one document. Call begin_paper, begin_page and opened in their order."""

    def __init__(self, pdf: pydyf.PDF) -> None:
        self.pdf = pdf
        self.headings: list[Heading] = []
        self.pages: list[list[_Element]] = []
        self._elements: dict[Tag, _Element] = {}
        self._linked: list[_Element] = []
        self._root = pydyf.Dictionary({"Type": "/StructTreeRoot"})
        pdf.add_object(self._root)
        self._document = self._paper = self._add(Tag("Document"), self._root)

    def begin_paper(self, title: str) -> None:
        """Several papers in one document are a part of it each."""
        self._paper = self._add(Tag("Part"), self._document)
        self.headings.append(Heading(0, title, len(self.pages), float("inf")))

    def begin_page(self) -> None:
        self.pages.append([])

    def opened(self, tag: Tag | None, top: float) -> str:
        """The operator that begins marked content of `tag`; without one it only adorns."""
        if tag is None:
            return ARTIFACT
        element, content = self._element(tag, top), self.pages[-1]
        element.contents.append((len(self.pages) - 1, len(content)))
        element.kids.append(element.contents[-1])
        content.append(element)
        return f"/{tag.kind} <</MCID {len(content) - 1}>> BDC"

    def _element(self, tag: Tag, top: float) -> _Element:
        if tag not in self._elements:
            parent = self._element(tag.within, top) if tag.within else self._paper
            self._elements[tag] = self._add(tag, parent)
            if tag.title:
                page = len(self.pages) - 1
                self.headings.append(Heading(int(tag.kind[1:]), tag.title, page, top))
        return self._elements[tag]

    def _add(self, tag: Tag, parent: pydyf.Object) -> _Element:
        element = _Element(tag, parent.reference, self.pdf)
        self.pdf.add_object(element)
        if isinstance(parent, _Element):
            parent.kids.append(element)
        return element

    def add_link(self, page: int, tag: Tag, place: Sequence[float], title: str) -> None:
        """Let a place on a page lead to the next heading of this title; it belongs to `tag`."""
        found = (each for each in self.headings if each.title == title and each.page >= page)
        link = {
            "Type": "/Annot",
            "Subtype": "/Link",
            "Rect": pydyf.Array(place),
            "Border": pydyf.Array([0, 0, 0]),
            "F": 4,  # it is printed: PDF/A has no hidden ones
            "Contents": pydyf.String(title),
            "Dest": next(found).destination(self.pdf),
            "StructParent": len(self.pages) + len(self._linked),
        }
        annotation = pydyf.Dictionary(link)
        self.pdf.add_object(annotation)
        shown = _page_of(self.pdf, page)
        page_object = self.pdf.objects[int(shown.split()[0])]
        page_object.setdefault("Annots", pydyf.Array()).append(annotation.reference)
        element = self._elements[tag]
        element.kids.append(b"<</Type /OBJR /Pg %s /Obj %s>>" % (shown, annotation.reference))
        self._linked.append(element)

    def finish(self) -> None:
        """Close the tree; the document's pages are all added, in order."""
        numbers = pydyf.Array()
        for number, elements in enumerate(self.pages):
            numbers += [number, pydyf.Array([element.reference for element in elements])]
        for number, element in enumerate(self._linked, len(self.pages)):
            numbers += [number, element.reference]
        parents = pydyf.Dictionary({"Nums": numbers})
        self.pdf.add_object(parents)
        self._root.update(
            K=self._document.reference,
            ParentTree=parents.reference,
            ParentTreeNextKey=len(self.pages) + len(self._linked),
        )
        self.pdf.catalog.update(
            StructTreeRoot=self._root.reference,
            MarkInfo=pydyf.Dictionary({"Marked": "true"}),
            Lang=pydyf.String("zh-Hans"),
        )


class _Element(pydyf.Object):
    """One element; its kids are elements, pairs of page and number of marked content, or what is
    no content but belongs to it, ready as written.

    Written by hand, because a long list has thousands of them.
    """

    def __init__(self, tag: Tag, parent: bytes, pdf: pydyf.PDF) -> None:
        super().__init__()
        self.tag, self.parent, self.pdf = tag, parent, pdf
        self.kids: list[_Element | tuple[int, int] | bytes] = []
        self.contents: list[tuple[int, int]] = []

    @property
    def data(self) -> bytes:
        parts = [b"<</S /%s /P %s" % (self.tag.kind.encode(), self.parent)]
        parts.append(_ATTRIBUTES.get(self.tag.kind, b""))
        if self.tag.alt:
            parts.append(b" /Alt " + pydyf.String(self.tag.alt).data)
        page = self.contents[0][0] if self.contents else None
        if page is not None:
            parts.append(b" /Pg " + _page_of(self.pdf, page))
        kids = b" ".join(self._kid(kid, page) for kid in self.kids)
        return b"".join((*parts, b" /K [", kids, b"]>>"))

    def _kid(self, kid: _Element | tuple[int, int] | bytes, own_page: int | None) -> bytes:
        if isinstance(kid, _Element):
            return kid.reference
        if isinstance(kid, bytes):
            return kid
        page, number = kid
        if page == own_page:
            return b"%d" % number
        return b"<</Type /MCR /Pg %s /MCID %d>>" % (_page_of(self.pdf, page), number)


def _page_of(pdf: pydyf.PDF, number: int) -> bytes:
    """Return the reference of a page, counted from 0."""
    return b"%d 0 R" % pdf.pages["Kids"][3 * number]


def add_bookmarks(pdf: pydyf.PDF, headings: Iterable[Heading]) -> None:
    """An outline of these headings, each under the last one before it of a lower level."""
    outlines = _Bookmark(Heading(-1, "", 0, 0))
    above = [outlines]
    for heading in headings:
        while above[-1].heading.level >= heading.level:
            above.pop()
        above[-1].kids.append(_Bookmark(heading))
        above.append(above[-1].kids[-1])
    pdf.add_object(outlines.entry)
    outlines.add_kids(pdf)
    pdf.catalog.update(Outlines=outlines.entry.reference, PageMode="/UseOutlines")


class _Bookmark:
    """One line of the outline, unfolded."""

    def __init__(self, heading: Heading) -> None:
        self.heading = heading
        self.kids: list[_Bookmark] = []
        self.entry = pydyf.Dictionary()

    @property
    def size(self) -> int:
        return sum(1 + kid.size for kid in self.kids)

    def add_kids(self, pdf: pydyf.PDF) -> None:
        """Add the lines below this one, each pointing at its neighbours."""
        for kid in self.kids:
            pdf.add_object(kid.entry)
        for number, kid in enumerate(self.kids):
            kid.entry.update(kid.words(pdf), Parent=self.entry.reference)
            if number:
                kid.entry["Prev"] = self.kids[number - 1].entry.reference
            if number < len(self.kids) - 1:
                kid.entry["Next"] = self.kids[number + 1].entry.reference
            kid.add_kids(pdf)
        if self.kids:
            first, last = (self.kids[place].entry.reference for place in (0, -1))
            self.entry.update(First=first, Last=last, Count=self.size)

    def words(self, pdf: pydyf.PDF) -> dict[str, object]:
        return {
            "Title": pydyf.String(self.heading.title),
            "Dest": self.heading.destination(pdf),
        }
