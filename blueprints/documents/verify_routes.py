"""Whether a paper is real: asked by anybody, without an account."""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.documents import blueprint, guessing, queries
from blueprints.documents.kinds import DOCUMENT_KINDS
from core.access import public
from core.htmx import redirect_to
from core.names import mask_name

LONGEST_CODE = 12


@blueprint.get("/verify")
@public
def verify_form() -> ResponseReturnValue:
    """Ask for the check code of a paper."""
    code = "".join(request.args.get("code", "").split())[:LONGEST_CODE]
    if code:
        return redirect_to(url_for("documents.verify", code=code.upper()))
    return render_template("documents/verify.html")


# QR codes write the address in capitals, which keeps them small.
@blueprint.get("/VERIFY/<code>")
@blueprint.get("/verify/<code>")
@public
def verify(code: str) -> ResponseReturnValue:
    """Tell number, kind, date, masked name, and whether the paper is valid; nothing else."""
    address = request.remote_addr or ""
    if guessing.must_wait(address):
        abort(429)
    paper = queries.paper_with_code(code.upper())
    if paper is None:
        guessing.note_miss(address)
        return render_template("documents/verify.html", unknown=code[:LONGEST_CODE]), 404
    return render_template(
        "documents/verified.html",
        paper=paper,
        kind=DOCUMENT_KINDS[paper.kind],
        name=mask_name(paper.recipient),
    )
