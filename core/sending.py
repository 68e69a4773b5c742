"""Answers that carry a file made on the spot."""

import io

from flask import Response, send_file


def pdf_answer(pdf: bytes, name: str) -> Response:
    """Show a PDF in the browser, under the name that it is saved by."""
    return send_file(io.BytesIO(pdf), mimetype="application/pdf", download_name=f"{name}.pdf")
