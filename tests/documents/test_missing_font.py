"""A server without the papers' typefaces says so before anything is issued."""

import os
import subprocess
import sys
from pathlib import Path

from core.config import ROOT

# A program of its own: this process has the typefaces open already.
PROGRAM = """
import sys
from app import create_app
from core.db import db
from blueprints.accounts.models import hasher
from tests import conftest, factories
from tests.documents.drafts import certificate_draft, notice_draft
from tests.documents.batches import served, words
from tests.documents.conftest import stored
from tests.documents.test_kinds import TYPED
from blueprints.documents.batches import Batch
from blueprints.documents.models import SerialCounter

app = create_app({"TESTING": True, "LINLI_INSTANCE": sys.argv[1], "SECRET_KEY": "t"})
with app.app_context():
    db.create_all()
    qin = factories.user("qin", "秦若川", ["secretary"])
    app.test_client_class = conftest.Browser
    secretary = app.test_client().log_in(qin)
    for draft in (certificate_draft(qin), notice_draft(qin)):
        page = secretary.get(f"/documents/{draft.id}")
        print(page.status_code, page.text)
        refused = secretary.send(f"/documents/{draft.id}/issue")
        print("issue", refused.status_code, stored(draft).state)
    form = secretary.get("/documents/new/notice")
    print("form", form.status_code, form.text.split('id="sample"')[1])
    saved = secretary.send("/documents/new/notice", TYPED["notice"])
    print("saved", saved.status_code)
    person = served(qin, "方晓禾", 100)
    batches = secretary.get("/batches/new")
    print("batches", batches.status_code, batches.text)
    print("batch", secretary.send("/batches/new", words([person])).status_code)
    print("begun", db.session.scalar(db.select(db.func.count(Batch.id))))
    print("numbers", db.session.scalar(db.select(db.func.count(SerialCounter.last))))
"""
NO_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{0}</dir><cachedir>{0}</cachedir></fontconfig>"""


def test_without_the_typefaces_a_paper_is_refused_in_plain_words(tmp_path: Path) -> None:
    empty = tmp_path / "fonts"
    empty.mkdir()
    (tmp_path / "fonts.conf").write_text(NO_FONTS.format(empty))
    told = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path / "instance")],
        cwd=ROOT,
        env=os.environ | {"FONTCONFIG_FILE": str(tmp_path / "fonts.conf")},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "服务器上缺字体：LXGW WenKai" in told
    assert told.count("请管理员运行 flask check") >= 3
    assert told.count("issue 422 draft") == 2
    assert "form 200" in told
    assert "saved 422" in told
    assert "batches 200" in told
    assert "缺字体，印不出来" in told
    assert "batch 422" in told
    assert "begun 0" in told
    assert "numbers 0" in told
