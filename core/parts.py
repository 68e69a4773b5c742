"""The parts of an office file, read element by element as they stream by."""

import zipfile
from typing import Any
from xml.parsers import expat


class HostileXml(ValueError):
    """A part declares entities, which no spreadsheet program does."""


class Elements:
    """What to do at each element's start and end; `text` is what stood within the last one."""

    def __init__(self) -> None:
        self.starts: dict[str, Any] = {}
        self.ends: dict[str, Any] = {}
        self.pieces: list[str] = []

    def start(self, name: str, attrs: dict[str, str]) -> None:
        handler = self.starts.get(name)
        if handler:
            handler(attrs)

    def end(self, name: str) -> None:
        handler = self.ends.get(name)
        if handler:
            handler()

    def forget(self, _attrs: object = None) -> None:
        self.pieces = []

    @property
    def text(self) -> str:
        return "".join(self.pieces)


def parse(archive: zipfile.ZipFile, part: str, elements: Elements) -> None:
    """Send a part's elements to their handlers. Raises HostileXml or expat's own error."""
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.EntityDeclHandler = parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler, parser.EndElementHandler = elements.start, elements.end
    parser.CharacterDataHandler = lambda text: elements.pieces.append(text)
    with archive.open(part) as source:
        parser.ParseFile(source)


def _refuse(*_declared: object) -> None:
    raise HostileXml
