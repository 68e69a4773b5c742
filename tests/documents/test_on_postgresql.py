"""The rules that the database itself keeps, on PostgreSQL too.

``LINLI_TEST_POSTGRESQL=postgresql+psycopg://…/postgres`` names a server on which an account may
create databases; without it these are skipped.
"""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, make_url
from sqlalchemy.exc import DatabaseError

from app import create_app
from blueprints.documents.actions import issue
from blueprints.documents.models import Document, IssuedFile
from core.db import db
from core.maintenance import migrate
from tests import factories
from tests.documents.drafts import certificate_draft

SERVER = os.environ.get("LINLI_TEST_POSTGRESQL", "")
pytestmark = pytest.mark.skipif(not SERVER, reason="no PostgreSQL server")


@pytest.fixture(params=["created", "migrated"])
def app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """A database of its own, made by the models or by the migrations."""
    name = f"linli_{secrets.token_hex(4)}"
    server = create_engine(SERVER, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    url = make_url(SERVER).set(database=name).render_as_string(hide_password=False)
    settings = {"TESTING": True, "LINLI_INSTANCE": str(tmp_path), "SQLALCHEMY_DATABASE_URI": url}
    app = create_app(settings | {"SECRET_KEY": "t"})
    with app.app_context():
        db.create_all() if request.param == "created" else migrate()
        yield app
        db.session.remove()
        db.engine.dispose()
    with server.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name}")
    server.dispose()


@pytest.fixture
def paper(app: Flask) -> Document:
    qin = factories.user("qin", "秦若川", ["secretary"])
    draft = certificate_draft(qin)
    issue(draft, qin, "http://localhost/verify")
    db.session.commit()
    return draft


def refused(statement: str, why: str) -> None:
    with pytest.raises(DatabaseError, match=why):
        db.session.execute(db.text(statement))
    db.session.rollback()


def test_an_issued_paper_is_neither_changed_nor_deleted(paper: Document) -> None:
    refused("UPDATE document SET recipient = '别人'", "frozen")
    refused("UPDATE document SET content = '{}'", "frozen")
    refused("UPDATE document SET serial = NULL", "frozen")
    refused("DELETE FROM document", "kept")
    refused("UPDATE issued_file SET sha256 = ''", "kept as it is")
    refused("DELETE FROM issued_file", "kept as it is")


def test_it_can_still_be_made_void_and_drafts_can_go(paper: Document) -> None:
    paper.void(factories.user("gu", "顾长青", ["secretary"]), "写错")
    db.session.commit()
    db.session.delete(certificate_draft(factories.user("tao", "陶予安", ["secretary"])))
    db.session.commit()
    assert db.session.scalars(db.select(Document.state)).all() == ["void"]
    assert db.session.get_one(IssuedFile, paper.id).pdf.startswith(b"%PDF")
