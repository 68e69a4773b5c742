"""PDF/A-2a: what a paper needs to be read in fifty years (ISO 19005-2).

Everything it is drawn with is inside: fonts are embedded anyway, here come the colours that its
red and gold mean (sRGB) and the words that describe it. Level a asks for tagged text, which all
our papers have.
"""

from __future__ import annotations

import struct
from functools import cache

import pydyf
from markupsafe import escape

from core.embedding import add_stream

CLAIM = b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>"
# A profile says when it was made; the same paper must be the same bytes whenever it is printed.
_MADE = struct.pack(">6H", 2026, 1, 1, 0, 0, 0)
_MADE_AT = slice(24, 36)
_DESCRIPTION = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>zh-Hans</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{tool}</xmp:CreatorTool>
{claim}
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


def make_archival(pdf: pydyf.PDF, title: str, author: str, tool: str) -> None:
    """Add the description, which says what the PDF's own information says, and the colours."""
    words = {"title": title, "author": author, "tool": tool}
    told = _DESCRIPTION.format(
        claim=CLAIM.decode(), **{name: escape(word) for name, word in words.items()}
    )
    # Not compressed: whoever keeps the file can read it without a PDF program.
    described = pydyf.Stream(
        [told.encode()], pydyf.Dictionary({"Type": "/Metadata", "Subtype": "/XML"})
    )
    pdf.add_object(described)
    intent = {
        "Type": "/OutputIntent",
        "S": "/GTS_PDFA1",
        "OutputConditionIdentifier": pydyf.String("sRGB IEC61966-2.1"),
        "Info": pydyf.String("sRGB IEC61966-2.1"),
        "DestOutputProfile": add_stream(pdf, _srgb(), N=3),
    }
    pdf.catalog.update(
        Metadata=described.reference, OutputIntents=pydyf.Array([pydyf.Dictionary(intent)])
    )


def without_claim(pdf: bytes) -> bytes:
    """The same file, no longer said to be PDF/A: for one that was changed afterwards."""
    return pdf.replace(CLAIM, b" " * len(CLAIM))


@cache
def _srgb() -> bytes:
    """The colour profile of sRGB."""
    from PIL import ImageCms

    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[_MADE_AT] = _MADE
    return bytes(profile)
