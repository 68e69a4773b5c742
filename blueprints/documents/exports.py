"""Registers as workbooks and as pages for the file."""

import io
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from flask import Response, render_template, send_file
from flask_babel import gettext as _

from blueprints.documents.kinds import DOCUMENT_KINDS
from blueprints.documents.models import DOCUMENT_STATES, Posting
from core.pdf import render_pdf
from core.settings import setting
from core.workbooks import workbook_bytes

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a column is called, and what it says of one line.
Columns = dict[str, Callable[[Any], object]]


def workbook(title: str, columns: Columns, rows: Iterable[Any]) -> Response:
    """Answer with a workbook of one sheet: a line for each row."""
    told = [[tell(row) for tell in columns.values()] for row in rows]
    book = workbook_bytes(title, list(columns), told)
    return send_file(
        io.BytesIO(book), mimetype=XLSX, download_name=f"{title}.xlsx", as_attachment=True
    )


def register_page(title: str, columns: Columns, rows: Iterable[Any]) -> str:
    """Return the HTML of a register as it is filed."""
    return render_template(
        "documents/print/register.html",
        title=title,
        company=setting("company_name"),
        columns=list(columns),
        lines=[[shown(tell(row)) for tell in columns.values()] for row in rows],
    )


def send_page(title: str, html: str) -> Response:
    """Answer with a register on A4, the head of its table on every page."""
    pdf = render_pdf(html, "register.css")
    return send_file(io.BytesIO(pdf), mimetype="application/pdf", download_name=f"{title}.pdf")


def shown(value: object) -> str:
    """Write a cell for a file that is still read in other years."""
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    return "" if value is None else str(value)


def posting_columns() -> Columns:
    return {
        _("文书"): lambda posting: posting.document.title,
        _("编号"): lambda posting: posting.document.serial,
        _("小区"): lambda posting: posting.building and posting.building.estate.name,
        _("楼栋"): lambda posting: posting.building and posting.building.name,
        _("单元"): lambda posting: posting.unit and posting.unit.title,
        _("位置"): lambda posting: posting.place,
        _("张贴日期"): lambda posting: posting.posted_on,
        _("应撕下"): lambda posting: posting.down_on,
        _("谁贴的"): lambda posting: posting.posted_by.name,
        _("撕下日期"): lambda posting: posting.taken_down_on,
        _("谁撕下的"): lambda posting: posting.taken_down_by and posting.taken_down_by.name,
        _("为什么马上撕"): lambda posting: called_down_because(posting),
    }


def paper_columns() -> Columns:
    return {
        _("编号"): lambda paper: paper.serial,
        _("文书"): lambda paper: DOCUMENT_KINDS[paper.kind],
        _("给谁"): lambda paper: paper.recipient,
        _("标题"): lambda paper: paper.title,
        _("落款日期"): lambda paper: paper.dated_on,
        _("状态"): lambda paper: DOCUMENT_STATES[paper.state],
        _("谁写的"): lambda paper: paper.drafted_by.name,
        _("谁签发的"): lambda paper: paper.issued_by and paper.issued_by.name,
        _("签发时间"): lambda paper: paper.issued_at,
        _("作废原因"): lambda paper: paper.void_reason,
        _("由这份替换"): lambda paper: paper.replaced_by and paper.replaced_by.new.serial,
        _("核验码"): lambda paper: paper.code if paper.of_kind.is_verified else None,
    }


def filed_columns() -> Columns:
    """Return the columns that fit a page: what somebody looks up in the file."""
    wanted = (_("编号"), _("文书"), _("给谁"), _("标题"), _("落款日期"), _("状态"), _("谁签发的"))
    return {name: tell for name, tell in paper_columns().items() if name in wanted}


def called_down_because(posting: Posting) -> str:
    """Return why a sheet must not wait for its day; nothing where it may."""
    if posting.document.is_void:
        return _("文书已作废")
    return _(posting.withdrawn_reason) if posting.withdrawn_reason else ""
