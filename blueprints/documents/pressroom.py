"""Papers printed in a process of their own: the web stays answerable, its memory small.

`apart` starts the process and yields the PDFs; the process (`main`) reads one line of JSON, a
kind with its contents, and answers with one PDF, its length in front.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import BinaryIO

from flask_babel import lazy_gettext as _l

from core.config import ROOT
from core.errors import RuleBroken
from core.papers import PaperContent
from core.press import USUAL, Manner

NICENESS = 10
_SIZE = 8


class PressStopped(RuleBroken):
    """The process that prints ended before its time; nothing was issued."""

    def __init__(self, reason: str = "") -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return str(_l("印到一半停住了，一份也没有签发。请再试一次。"))


class PaperRefused(RuleBroken):
    """One of the papers does not come out as designed; ``number`` counts from 0."""

    def __init__(self, number: int, reason: str) -> None:
        super().__init__(number, reason)
        self.number, self.reason = number, reason


def apart(
    kind: str, jobs: Iterable[Sequence[PaperContent]], manner: Manner = USUAL
) -> Iterator[bytes]:
    """Yield one PDF for each job, a sequence of contents of one kind, in order.

    Raises PaperRefused, or PressStopped when the process was killed.
    """
    try:
        yield from _printed(kind, jobs, manner)
    except BrokenPipeError as error:  # closing its input tells it once more
        raise PressStopped(str(error)) from error


def _printed(kind: str, jobs: Iterable[Sequence[PaperContent]], manner: Manner) -> Iterator[bytes]:
    program = [sys.executable, "-c", f"from {__name__} import main; main()"]
    with subprocess.Popen(  # noqa: S603 - our own program, no arguments from outside
        program, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as press:
        try:
            for number, contents in enumerate(jobs):
                says = [content.to_json() for content in contents]
                asked = {"kind": kind, "contents": says, "manner": asdict(manner)}
                yield _asked(press, f"{json.dumps(asked)}\n".encode(), number)
        finally:
            press.kill()


def _asked(press: "subprocess.Popen[bytes]", line: bytes, number: int) -> bytes:
    try:
        press.stdin.write(line)
        press.stdin.flush()
    except OSError as error:
        raise PressStopped(str(error)) from error
    head = press.stdout.read(1 + _SIZE)
    if len(head) < 1 + _SIZE:
        raise PressStopped
    body = press.stdout.read(int.from_bytes(head[1:], "big"))
    if head[:1] != b"+":
        raise PaperRefused(number, body.decode())
    return body


def answer(line: bytes, out: BinaryIO) -> None:
    """Print what a line asks for and write it with its length, or the reason why not."""
    from blueprints.documents.kinds import KINDS

    asked = json.loads(line)
    kind = KINDS[asked["kind"]]
    try:
        contents = [kind.content.from_json(text) for text in asked["contents"]]
        sign, body = b"+", kind.printed(contents, Manner(**asked["manner"]))
    except Exception as error:  # noqa: BLE001 - whatever it is, who asked must hear of it
        sign, body = b"-", f"{type(error).__name__}: {error}".encode()
    out.write(sign + len(body).to_bytes(_SIZE, "big") + body)
    out.flush()


def main() -> None:
    os.nice(NICENESS)
    for line in sys.stdin.buffer:
        answer(line, sys.stdout.buffer)
