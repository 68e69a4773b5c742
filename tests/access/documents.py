"""Who may see, draft, issue and hang papers; and who may ask whether one is real."""

from collections.abc import Callable
from typing import Any

from tests.access.cases import Case, all_get
from tests.documents.drafts import cards_draft, certificate_draft, notice_draft

own_or_office = all_get(404, student=200, secretary=200, manager=200)
office = all_get(403, secretary=200, manager=200)
notice_readers = all_get(404, secretary=200, manager=200)
everybody = all_get(200, nobody=200)


def build(w: Any) -> None:
    """A certificate issued to the student, a draft of another, a notice that hangs, a draft."""
    from blueprints.documents.actions import hang, issue
    from blueprints.documents.batches import Batch
    from core.clock import today
    from core.db import db

    w.certificate = certificate_draft(w.secretary, w.leader)
    w.notice, w.notice_draft = notice_draft(w.secretary), notice_draft(w.manager)
    w.certificate_draft = certificate_draft(w.secretary, w.leader)
    w.cards = cards_draft(w.secretary)
    for paper in (w.certificate, w.notice):
        issue(paper, w.secretary, "http://localhost/verify")
    w.posting = hang(w.notice, w.secretary, "一楼公告栏", w.building.id, today(), today())
    db.session.commit()
    w.code = w.certificate.code
    w.batch = Batch(
        kind="certificate",
        dated_on=today(),
        people=[],
        verify_root="http://localhost/verify",
        created_by_id=w.secretary.id,
        state="done",
    )
    db.session.add(w.batch)
    db.session.commit()


def paper(name: str, path: str = "") -> Callable[[Any], str]:
    return lambda w: f"/documents/{getattr(w, name).id}{path}"


CASES = [
    Case("documents.index", lambda w: "/documents", all_get(200)),
    Case("documents.show", paper("certificate"), own_or_office),
    Case("documents.show", paper("certificate_draft"), all_get(404, secretary=200)),
    Case("documents.show", paper("notice"), notice_readers),
    Case("documents.show", paper("notice_draft"), notice_readers),
    Case("documents.pdf", paper("certificate", ".pdf"), own_or_office),
    Case("documents.slips", paper("cards", "/slips.pdf"), notice_readers),
    Case("documents.pdf", paper("notice_draft", ".pdf"), notice_readers),
    Case("documents.png", paper("certificate", ".png"), own_or_office),
    Case("documents.picture", paper("certificate", "/picture"), own_or_office),
    Case("documents.preview", paper("certificate", "/preview.png"), own_or_office),
    Case("documents.new_paper", lambda w: "/documents/new", office),
    Case("documents.new", lambda w: "/documents/new/certificate", all_get(403, secretary=200)),
    Case("documents.new", lambda w: "/documents/new/notice", office),
    Case(
        "documents.new",
        lambda w: "/documents/new/notice",
        all_get(403, secretary=422, manager=422),
        "POST",
    ),
    Case(
        "documents.edit",
        paper("certificate_draft", "/edit"),
        all_get(404, secretary=200),
    ),
    Case(
        "documents.edit",
        paper("notice_draft", "/edit"),
        all_get(404, secretary=422, manager=422),
        "POST",
        data=lambda w: {"subject": ""},
    ),
    Case(
        "documents.issue_paper",
        paper("notice_draft", "/issue"),
        all_get(404, secretary=303, manager=403),
        "POST",
    ),
    Case(
        "documents.void",
        paper("certificate", "/void"),
        all_get(404, student=403, secretary=422, manager=403),
        "POST",
    ),
    Case(
        "documents.throw_away",
        paper("notice_draft", "/discard"),
        all_get(404, secretary=303, manager=303),
        "POST",
    ),
    Case(
        "documents.new_posting",
        paper("notice", "/postings"),
        all_get(404, secretary=422, manager=422),
        "POST",
    ),
    Case("documents.month", lambda w: "/documents/month", all_get(403, secretary=200)),
    Case("documents.month_pdf", lambda w: "/documents/month.pdf", all_get(403, secretary=303)),
    Case("documents.postings", lambda w: "/postings", office),
    Case(
        "documents.take_down",
        lambda w: f"/postings/{w.posting.id}/takedown",
        all_get(404, secretary=303, manager=303),
        "POST",
    ),
    Case(
        "documents.put_back",
        lambda w: f"/postings/{w.posting.id}/still-hanging",
        all_get(404, secretary=409, manager=409),
        "POST",
    ),
    Case(
        "documents.call_down",
        lambda w: f"/postings/{w.posting.id}/recall",
        all_get(404, secretary=200, manager=200),
    ),
    Case(
        "documents.call_down",
        lambda w: f"/postings/{w.posting.id}/recall",
        all_get(404, secretary=422, manager=422),
        "POST",
    ),
    Case(
        "documents.posting_export",
        lambda w: "/postings/export",
        all_get(403, secretary=200, manager=200),
        "POST",
    ),
    Case(
        "documents.replace",
        paper("certificate", "/replacement"),
        all_get(404, student=403, secretary=422, manager=403),
        "POST",
    ),
    Case("documents.verify_file", lambda w: "/verify", all_get(422, nobody=422), "POST"),
    Case("documents.new_batch", lambda w: "/batches/new", all_get(403, secretary=200)),
    Case("documents.new_batch", lambda w: "/batches/new", all_get(403, secretary=422), "POST"),
    Case("documents.new_batch", lambda w: "/batches/new?kind=thanks", all_get(403, secretary=200)),
    Case(
        "documents.preview_batch",
        lambda w: "/batches/preview.pdf",
        all_get(403, secretary=422),
        "POST",
    ),
    Case("documents.batch", lambda w: f"/batches/{w.batch.id}", all_get(403, secretary=200)),
    Case(
        "documents.batch_pdf", lambda w: f"/batches/{w.batch.id}.pdf", all_get(403, secretary=303)
    ),
    Case(
        "documents.start_batch",
        lambda w: f"/batches/{w.batch.id}/start",
        all_get(403, secretary=409),
        "POST",
    ),
    Case("documents.paper_kinds", lambda w: "/documents/settings", all_get(403, secretary=200)),
    Case(
        "documents.paper_settings",
        lambda w: "/documents/settings/certificate",
        all_get(403, secretary=200),
    ),
    Case(
        "documents.paper_settings",
        lambda w: "/documents/settings/notice",
        all_get(403, secretary=200),
    ),
    Case(
        "documents.paper_settings",
        lambda w: "/documents/settings/certificate",
        all_get(403, secretary=422),
        "POST",
    ),
    Case(
        "documents.ask_exception",
        paper("notice_draft", "/exception"),
        all_get(404, secretary=409, manager=409),
        "POST",
    ),
    Case(
        "documents.grant_exception",
        paper("notice_draft", "/exception/agreement"),
        all_get(404, secretary=409, manager=409),
        "POST",
    ),
    Case(
        "documents.export",
        lambda w: "/documents/export",
        all_get(403, secretary=200, manager=200),
        "POST",
    ),
    Case(
        "documents.print_register",
        lambda w: "/documents/register.pdf",
        all_get(403, secretary=200, manager=200),
        "POST",
    ),
    Case("documents.verify_form", lambda w: "/verify", everybody),
    Case("documents.verify", lambda w: f"/verify/{w.code}", everybody),
]
