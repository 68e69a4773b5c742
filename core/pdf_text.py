"""The text of a stranger's PDF, read in a process that may not take much memory or time.

A few kilobytes can unpack into hundreds of megabytes; then this process ends, not the server. It
imports nothing of the rest, so that it starts quickly.
"""

import contextlib
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Lock

MEMORY_BYTES, CPU_SECONDS, WALL_SECONDS = 384 << 20, 2, 10
# How long a file waits for the one before it.
TURN_SECONDS = 5
LONGEST_TEXT = 20_000
PAGES = 2

_turn = Lock()


class UnreadablePdf(ValueError):
    """The bytes are no PDF, a damaged or locked one, or one that takes too much to read."""


class NoTurn(Exception):
    """Other files are being read; this one would have to wait too long."""


def text_of_pdf(pdf: bytes) -> str:
    """Return the text of the first pages of anybody's PDF. Raises UnreadablePdf or NoTurn."""
    program = [sys.executable, "-c", f"from {__name__} import main; main()"]
    with _taking_turns():
        try:
            done = subprocess.run(  # noqa: S603 - our own program, no arguments from outside
                program,
                cwd=Path(__file__).parent.parent,
                input=pdf,
                capture_output=True,
                timeout=WALL_SECONDS,
                check=True,
            )
        except subprocess.SubprocessError as error:
            raise UnreadablePdf from error
    return done.stdout.decode()


@contextlib.contextmanager
def _taking_turns() -> Iterator[None]:
    if not _turn.acquire(timeout=TURN_SECONDS):
        raise NoTurn
    try:
        yield
    finally:
        _turn.release()


def main() -> None:
    """Read a PDF from the standard input and write its first words; any failure is a status."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    import pypdfium2

    document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    pages = range(min(PAGES, len(document)))
    words = "\n".join(document[page].get_textpage().get_text_bounded() for page in pages)
    sys.stdout.buffer.write(words[:LONGEST_TEXT].encode(errors="replace"))
