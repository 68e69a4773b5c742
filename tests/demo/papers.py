"""Every paper, printed from the demo as the secretary prints it: what was issued, what is begun
with one press on an activity, a volunteer, a month, and what a page prints at once."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from flask import current_app, g
from sqlalchemy import select

from blueprints.accounts.models import User
from blueprints.activities.models import Activity
from blueprints.documents.actions import save_draft
from blueprints.documents.all_forms import FORMS
from blueprints.documents.contents import frozen_content
from blueprints.documents.fillers import fill_in
from blueprints.documents.kinds import KINDS
from blueprints.documents.models import ISSUED, Document
from blueprints.documents.paper_settings import manner_of
from blueprints.documents.readiness import content_of
from blueprints.households.models import Building, Household
from blueprints.teams.models import Volunteer
from core.clock import today
from core.db import db
from core.demo_accounts import DEMO_PASSWORD
from core.papers import PaperContent
from core.press import print_drawn
from core.prints.claim_cards import draw_claim_slips
from core.settings import change_setting

# The one thing on an issued paper that is different each time.
CODE = {"check_code": "K3QX7M", "verify_url": "https://linli.example/verify/K3QX7M"}


def issued(kind: str) -> bytes:
    """Print the first paper of a kind that the demo issued."""
    papers = select(Document).where(Document.kind == kind, Document.state == ISSUED)
    paper = db.session.scalars(papers.order_by(Document.id).limit(1)).one()
    content = frozen_content(kind, paper.content)
    content = replace(content, **CODE) if paper.of_kind.is_verified else content
    return paper.of_kind.printed([content], manner_of(kind))


def begun(kind: str, issuer_type: str = "company", **words: object) -> PaperContent:
    """Return what a paper says that is begun where one stands, with these words changed."""
    with current_app.test_request_context(query_string=where_one_stands()):
        g._login_user = qin = db.session.scalars(select(User).filter_by(username="qin")).one()
        change_setting("issuer_type", issuer_type)
        form = FORMS[kind]()
        fill_in(form)
        for name, word in words.items():
            form[name].data = word
        try:
            return content_of(save_draft(form.draft(), qin))
        finally:
            db.session.rollback()


def where_one_stands() -> dict[str, object]:
    """The address's words, as the links on a volunteer's, an activity's, a month's page have them."""
    lin = select(Volunteer.id).where(Volunteer.name == "林一舟")
    moon = select(Activity.id).where(Activity.title.contains("中秋")).order_by(Activity.id)
    return {
        "volunteer": db.session.scalar(lin),
        "activity": db.session.scalar(moon.limit(1)),
        "month": f"{today():%Y-%m}",
    }


def printed(kind: str, **words: object) -> bytes:
    return KINDS[kind].printed([begun(kind, **words)], manner_of(kind))


def slips() -> bytes:
    return print_drawn([begun("claim_cards")], draw_claim_slips)


def fetched(path: str, model: type) -> bytes:
    """Ask as the secretary for what the page of the first such object prints."""
    client = current_app.test_client()
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/login").text)[1]
    client.post("/login", data={"csrf_token": token, "username": "qin", "password": DEMO_PASSWORD})
    found = client.get(path.format(db.session.scalar(select(model.id).order_by(model.id).limit(1))))
    assert found.mimetype == "application/pdf", found.status
    return found.data


PAPERS: dict[str, Callable[[], bytes]] = {
    **{
        kind: partial(issued, kind)
        for kind in ("certificate", "appointment", "thanks", "notice", "reminder", "minutes")
    },
    **{
        kind: partial(printed, kind)
        for kind in ("statement", "public_notice", "plan", "summary", "report", "growth")
    },
    "proof": partial(printed, "proof", issuer_type="committee", issuer="侨亚小区居委会"),
    "wish_wall_a4": partial(printed, "wish_wall"),
    "wish_wall_a3": partial(printed, "wish_wall", is_large=True),
    "claim_cards": partial(printed, "claim_cards"),
    "claim_slips": slips,
    "sign_in": partial(fetched, "/activities/{}/sign-in.pdf", Activity),
    "visit_form": partial(fetched, "/households/{}/visit-form.pdf", Household),
    "building_map": partial(fetched, "/buildings/{}/map.pdf", Building),
}
