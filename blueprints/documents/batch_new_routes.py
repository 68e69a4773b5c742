"""The page on which many papers are issued at once: whom for, what they say, all of them to see."""

import io
from dataclasses import dataclass
from typing import Any

from flask import render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from blueprints.documents import batch_actions, batch_routes, blueprint, queries
from blueprints.documents.batch_actions import Ahead
from blueprints.documents.batch_choice import choose, chosen_elsewhere, looked_at, paper_shown
from blueprints.documents.batch_forms import RuleForm, batch_form
from blueprints.documents.batches import MOST, Batch
from blueprints.documents.contents import Draft
from blueprints.documents.eligible import (
    SIDES,
    Circle,
    Considered,
    activity_choices,
    team_choices,
)
from blueprints.documents.kinds import CERTIFICATE, DOCUMENT_KINDS, KINDS, Kind
from blueprints.documents.paper_fields import PaperForm
from blueprints.documents.paper_settings import manner_of, names_for
from blueprints.documents.pressroom import apart
from blueprints.documents.previews import preview_of_form
from blueprints.documents.printing import STAMPS
from blueprints.documents.routes import verify_root
from core.access import asks_for_preview, previews, repeatable
from core.clock import today
from core.db import db
from core.htmx import see_other, wants_fragment
from core.pdf import stamp_pdf


@dataclass(frozen=True)
class Question:
    """Whom papers would be issued to, and the numbers they would have as things stand."""

    names: list[str]
    ahead: Ahead


@dataclass(frozen=True)
class Writing:
    """A batch as it is being written: the rule, whom it finds, and what is typed."""

    rule_form: RuleForm
    circle: Circle
    form: PaperForm
    chosen: list[Considered]

    @classmethod
    def asked(cls) -> "Writing":
        kind = asked_kind()
        rule_form = RuleForm(request.args, kind)
        rule_form.offer(team_choices(), activity_choices())
        circle = Circle(kind, rule_form.asked(), today())
        form = batch_form(kind.code)()
        return cls(rule_form, circle, form, choose(form, circle))

    def is_ready(self) -> bool:
        """Answer whether everybody's paper can be printed; else the form says whose cannot."""
        if not self.form.validate_on_submit():
            return False
        reason = batch_actions.why_unprintable(self.drafts())
        if reason:
            self.form.people.errors = [reason]
        return not reason

    def drafts(self) -> list[Draft]:
        return [self.form.draft_for(person) for person in self.form.chosen]

    def ahead(self) -> Ahead | None:
        """Return the numbers that the chosen ones' papers would have; None before there are any."""
        count, day = len(self.form.people.data or []), self.form.dated_on.data
        return (
            batch_actions.numbers_ahead(self.form.kind, day.year, count) if count and day else None
        )


@blueprint.route("/batches/new", methods=["GET", "POST"])
@batch_routes.secretary_only
@previews
def new_batch() -> ResponseReturnValue:
    """Find people by a rule, see who can get such a paper, choose, write, issue."""
    writing = Writing.asked()
    if asks_for_preview() or not writing.is_ready():
        return new_batch_page(writing)
    if request.form.get("sure") != str(len(writing.chosen)):
        return new_batch_page(writing, question_for(writing))
    batch = batch_in(writing)
    answer = see_other(url_for("documents.batch", batch_id=batch.id))
    batch_id = batch.id
    db.session.commit()
    batch_routes.start(batch_id)
    return answer


@blueprint.post("/batches/preview.pdf")
@batch_routes.secretary_only
@repeatable
def preview_batch() -> ResponseReturnValue:
    """Show the papers of everybody chosen as one PDF; nothing is stored, no number is used."""
    writing = Writing.asked()
    if not writing.is_ready():
        return new_batch_page(writing)
    kind, contents = writing.form.kind, batch_actions.contents_of(writing.drafts())
    manner, name = manner_of(kind), f"{STAMPS['draft']}-{len(contents)}.pdf"
    db.session.rollback()
    (pdf,) = apart(kind, [contents], manner)
    return send_file(
        io.BytesIO(stamp_pdf(pdf, STAMPS["draft"])), mimetype="application/pdf", download_name=name
    )


def asked_kind() -> Kind:
    """Read which kind of paper the address is about."""
    kind = KINDS.get(request.args.get("kind", CERTIFICATE), KINDS[CERTIFICATE])
    return kind if kind.found_by and kind.is_offered else KINDS[CERTIFICATE]


def question_for(writing: Writing) -> Question:
    """Ask before numbers are used up for good."""
    return Question([one.volunteer.name for one in writing.chosen], writing.ahead())


def new_batch_page(writing: Writing, question: Question | None = None) -> ResponseReturnValue:
    form, circle = writing.form, writing.circle
    errors = {} if asks_for_preview() else dict(form.errors)
    told = beside(writing)
    if asks_for_preview() and wants_fragment():
        preview = preview_of_form(form)
        return render_template("documents/_batch_sample.html", preview=preview, form=form, **told)
    look, counts = looked_at(), circle.counts()
    people, has_next = circle.page(look)
    # A preview ends the transaction; what the page tells of people has to outlive it.
    for one in people:
        db.session.expunge(one.volunteer)
    preview = preview_of_form(form)
    form.tell(errors)
    page = render_template(
        "documents/batch_new.html",
        form=form,
        rule_form=writing.rule_form,
        people=people,
        look=look,
        has_next=has_next,
        sides=SIDES,
        elsewhere=chosen_elsewhere(form, people),
        counts=counts,
        question=question,
        most=MOST,
        preview=preview,
        names=" ".join(f"{{{name}}}" for name in names_for(form.kind)),
        latest=queries.latest_batches(),
        kinds=DOCUMENT_KINDS,
        **told,
    )
    return page, 422 if errors else 200


def beside(writing: Writing) -> dict[str, Any]:
    """Return what stands beside the form and follows what is ticked."""
    count = len(writing.form.people.data or [])
    person = writing.form.person()
    return {
        "kind": KINDS[writing.form.kind],
        "chosen_count": count,
        "ahead": writing.ahead(),
        "shown": paper_shown(count),
        "shown_name": person.name if person else "",
    }


def batch_in(writing: Writing) -> Batch:
    """Write down whom a batch is for and what each paper says."""
    form = writing.form
    found = {one.volunteer.id: one for one in writing.chosen}
    drafts = [(form.draft_for(person), found[person.volunteer_id]) for person in form.chosen]
    batch = Batch(
        kind=form.kind,
        dated_on=form.dated_on.data,
        people=[batch_actions.place_for(draft, one.volunteer, one.teams) for draft, one in drafts],
        verify_root=verify_root(),
        created_by_id=current_user.id,
    )
    db.session.add(batch)
    db.session.flush()
    return batch
