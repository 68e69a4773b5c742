"""What the documents room does beyond single papers: own wordings, a batch, words that two people
let through, sheets at every unit's door."""

from datetime import timedelta

from sqlalchemy import select

from blueprints.demo.company import BRANCH
from blueprints.demo.letters import posted
from blueprints.demo.neighbours import QIAOJI
from blueprints.demo.papers import VERIFY_ROOT
from blueprints.demo.story import Story
from blueprints.documents.actions import hang, issue, save_draft
from blueprints.documents.batch_actions import enter, numbered, place_for
from blueprints.documents.batches import Batch
from blueprints.documents.contents import Draft
from blueprints.documents.eligible import Circle, Rule
from blueprints.documents.exceptions import PublicException
from blueprints.documents.kinds import KINDS, NOTICE, PUBLIC_NOTICE, REMINDER, THANKS
from blueprints.documents.models import Document
from blueprints.documents.paper_settings import (
    PaperSettings,
    change_paper_settings,
    manner_of,
)
from blueprints.households.models import Unit
from core.db import db

BODY = [
    "您认领邻居的微心愿，说到做到，一件一件办成了。",
    "谢谢您把别人的事当成自己的事。愿我们一直是好邻居。",
]
SHOP = "301号便民服务点"


def open_the_press(story: Story) -> None:
    """Set, print, excuse and hang, as the secretary and the manager do."""
    word_our_own(story)
    thank_everybody(story)
    let_through(story)
    hang_at_every_door(story)


def word_our_own(story: Story) -> None:
    """Let letters of thanks be signed by the branch, and notices end with a sentence of ours."""
    with story.on(20):
        signed = {"issuer": BRANCH, "signatory": "支部书记　秦若川"}
        change_paper_settings(THANKS, PaperSettings(words=signed, seal=48))
        ending = {"after": "有事打{值班电话}，我们随时都在。"}
        change_paper_settings(NOTICE, PaperSettings(words=ending))


def thank_everybody(story: Story) -> None:
    """Issue letters of thanks in one batch to everybody who fulfilled a wish this year."""
    qin, kind = story.people["qin"], KINDS[THANKS]
    with story.on(15) as day:
        circle = Circle(kind, Rule("wishes"), day)
        able = circle.able_among(circle.usual())
        batch = Batch(
            kind=THANKS,
            dated_on=day,
            people=[place_for(letter_to(one.volunteer.name, day), one.volunteer, one.teams)
                    for one in able],
            verify_root=VERIFY_ROOT,
            created_by_id=qin.id,
        )  # fmt: skip
        db.session.add(batch)
        db.session.flush()
        manner = manner_of(THANKS)
        papers = numbered(batch, demo=True)
        enter(batch, [(paper, kind.printed([paper.content], manner)) for paper in papers], qin)


def letter_to(name: str, day: object) -> Draft:
    words = {"title": "感谢信", "salute": True, "addressee": f"{name}同志", "body": BODY}
    return Draft(THANKS, words | {"issuer": BRANCH}, day, "感谢信")


def let_through(story: Story) -> None:
    """A shop's number looks like a door: one notice was let through by two, another waits."""
    qin, gu = story.people["qin"], story.people["gu"]
    for days_ago, granted in ((9, True), (1, False)):
        with story.on(days_ago) as day:
            paper = save_draft(moved(story, days_ago, day), gu)
            asked = PublicException(document_id=paper.id)
            asked.ask(gu, "301号是临街的门面，不是住户。", paper.content)
            db.session.add(asked)
            db.session.flush()
            if granted:
                asked.grant(qin, paper.content)
                issue(paper, qin, VERIFY_ROOT)


def moved(story: Story, days_ago: int, day: object) -> Draft:
    subject = "便民服务点搬家了" if days_ago > 1 else "便民服务点延长开门"
    words = posted(story, days_ago, 14) | {
        "subject": subject,
        "addressees": "各位邻居",
        "matter": f"欢迎到{SHOP}办事、喝水、歇脚。",
        "time": "每天上午9点到下午5点",
        "place": "", "scope": "", "prepare": "", "after": "",
    }  # fmt: skip
    return Draft(NOTICE, words, day, subject)


def hang_at_every_door(story: Story) -> None:
    """The reminder and the public notice hang at the units' doors, some of them until today."""
    tao = story.people["tao"]
    for kind, building, days_up in ((REMINDER, "示2栋", 28), (PUBLIC_NOTICE, "示3栋", 10)):
        latest = select(Document).where(Document.kind == kind, Document.state == "issued")
        paper = db.session.scalars(latest.order_by(Document.id.desc())).first()
        home = story.buildings[QIAOJI, building]
        day = paper.dated_on
        for unit_id in db.session.scalars(select(Unit.id).where(Unit.building_id == home.id)):
            hang(paper, tao, "单元门上", home.id, day, day + timedelta(days=days_up), unit_id)
