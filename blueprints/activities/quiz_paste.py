"""Several questions pasted at once, as people write them in a document or a chat.

A question, its options each on a line that begins with a letter, then the line 答案：B. An empty
line ends it.
"""

import re
from dataclasses import dataclass, field

from flask_babel import gettext as _

from blueprints.activities.quiz import QuizQuestion
from core.numerals import half_width

NUMBERED = re.compile(r"^\s*\d{1,3}\s*[.、．)]\s*")
OPTION = re.compile(r"^\s*[A-Fa-f]\s*[.、．):：]\s*(.+)$")
ANSWER = re.compile(r"^\s*答案\s*[:：]\s*(.+)$")
MOST = 100


class QuestionUnreadable(ValueError):
    """One of the questions is not whole; the message names it."""


@dataclass
class Draft:
    """One question while its lines are being read."""

    lines: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)
    answer: str = ""

    def take(self, line: str) -> None:
        if found := ANSWER.match(line):
            self.answer = found[1].strip()
        elif found := OPTION.match(line):
            self.options.append(found[1].strip())
        else:
            self.lines.append(line.strip())

    def finished(self, topic: str) -> QuizQuestion:
        """Return the question. Raises QuestionUnreadable."""
        question = NUMBERED.sub("", "".join(self.lines))[:200]
        letters = [chr(ord("A") + number) for number in range(len(self.options))]
        said = sorted({char for char in half_width(self.answer).upper() if char.isalnum()})
        if not question or not self.answer:
            raise QuestionUnreadable(_("“%(text)s”缺题目或答案。", text=question or self.answer))
        if letters and (len(letters) == 1 or not set(said) <= set(letters)):
            raise QuestionUnreadable(_("“%(text)s”的选项和答案对不上。", text=question))
        return QuizQuestion(
            topic=topic,
            question=question,
            options="\n".join(self.options),
            answer=("、".join(said) if letters else self.answer)[:120],
            remark="",
        )


def read_questions(text: str, topic: str) -> list[QuizQuestion]:
    """Return the questions of a pasted text. Raises QuestionUnreadable."""
    drafts = [Draft()]
    for line in text.splitlines():
        if line.strip():
            drafts[-1].take(line)
        elif drafts[-1].lines:
            drafts.append(Draft())
    whole = [draft for draft in drafts if draft.lines or draft.answer or draft.options]
    if len(whole) > MOST:
        raise QuestionUnreadable(_("一次最多 %(n)s 题。", n=MOST))
    return [draft.finished(topic) for draft in whole]
