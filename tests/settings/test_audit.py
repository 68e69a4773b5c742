"""The audit trail reads as sentences, keeps its secrets, and shows when it was touched."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import JSON, String, Table, text

from blueprints.households.merging import references_to
from blueprints.settings.access import ADMINISTERED
from blueprints.settings.words import FIELDS, KINDS, MOVED, UNTOLD
from core.audit import AuditEntry, append
from core.clock import now
from core.db import db
from core.excel import read_workbook
from core.settings import change_setting
from tests import factories
from tests.documents.drafts import certificate_draft
from tests.plain_words import PLAIN


def rows_of(page: str) -> list[str]:
    return page.split("<tbody>")[1].split("</tbody>")[0].split("<tr>")[1:]


def test_every_audited_column_has_words(app: Flask) -> None:
    audited = [m for m in db.Model.registry.mappers if getattr(m.class_, "__audited__", False)]
    assert {m.class_.__tablename__ for m in audited} - set(KINDS) == set()
    columns = {column.key for mapper in audited for column in mapper.column_attrs}
    assert columns - set(FIELDS) - UNTOLD == set()


def test_a_change_is_told_with_before_and_after(browser: Any, qin: Any, lin: Any) -> None:
    client = browser(qin)
    client.send(
        f"/accounts/{lin.id}/edit",
        {"name": "林一帆", "roles": ["student"], "version": str(lin.version)},
    )
    newest = rows_of(client.get("/settings/audit").text)[0]
    assert "秦若川" in newest
    assert "修改 · 账号 林一帆" in newest
    assert "林一舟 → 林一帆" in newest


def test_a_setting_is_called_by_its_name_on_the_form(browser: Any, qin: Any) -> None:
    change_setting("duty_phone", "027-10000000")
    db.session.commit()
    page = browser(qin).get("/settings/audit").text
    assert "新建 · 24 小时电话" in page


def test_a_password_is_never_in_the_trail(browser: Any, qin: Any, lin: Any) -> None:
    page = browser(qin).get("/settings/audit?kind=user").text
    assert "密码：不显示" in page
    assert lin.password_hash not in page


def test_an_administrator_sees_that_a_household_changed_but_not_how(
    browser: Any, qin: Any, admin: Any
) -> None:
    home = factories.household()
    home.people_count = 20417
    db.session.commit()
    assert "20417" in browser(qin).get("/settings/audit?kind=household").text
    seen_by_admin = browser(admin).get("/settings/audit?kind=household").text
    assert "修改 · 住户" in seen_by_admin
    assert "20417" not in seen_by_admin


def audited_tables() -> list[Table]:
    mappers = db.Model.registry.mappers
    return [m.local_table for m in mappers if getattr(m.class_, "__audited__", False)]


@pytest.mark.parametrize("path", ["/settings/audit", "/settings/audit.xlsx"])
def test_an_administrator_reads_how_only_of_what_they_look_after(
    browser: Any, qin: Any, admin: Any, path: str
) -> None:
    kinds = list(KINDS)
    entries = [
        (action, kind, "1", {"name": f"某某{kind}"}, {"name": f"某人{kind}"})
        for kind in kinds
        for action in ("update", "export")
    ]
    client = browser(admin)
    append(db.session(), entries)
    told = "".join(words_of(client.get(path, query_string={"kind": kind})) for kind in kinds)
    read = {kind for kind in kinds if f"某某{kind}" in told or f"某人{kind}" in told}
    assert read == ADMINISTERED


def words_of(answer: Any) -> str:
    """Return the rows of the trail, from its page or its workbook."""
    if "html" in answer.mimetype:
        return answer.text.split("<tbody>")[1].split("</tbody>")[0]
    return repr(
        [row.values for sheet in read_workbook(answer.data, "a.xlsx") for row in sheet.rows]
    )


def test_what_administrators_read_refers_to_no_resident_visit_wish_or_paper(app: Flask) -> None:
    private = {"household", "resident", "volunteer", "visit", "wish", "claim", "document"}
    for name in ADMINISTERED:
        table = db.metadata.tables[name]
        assert not {key.column.table.name for key in table.foreign_keys} & private, name
        hidden = {column.name for column in table.columns if column.info.get("sensitive")}
        assert hidden <= {"password_hash", "token_hash"}, name


def test_words_about_a_person_are_never_kept_in_the_trail(app: Flask) -> None:
    for table in audited_tables():
        plain = {
            column.name
            for column in table.columns
            if isinstance(column.type, String | JSON) and not column.info.get("sensitive")
        }
        assert plain == PLAIN.get(table.name, set()), table.name


def test_a_secretary_still_reads_who_changed_which_fields_of_a_paper(
    browser: Any, qin: Any
) -> None:
    client = browser(qin)
    draft = certificate_draft(qin, name="祝婆婆")
    draft.title, draft.content = "祝婆婆的证书", draft.content | {"reason": "给邻居织毛衣"}
    db.session.commit()
    page = client.get("/settings/audit?kind=document").text
    assert "修改 · 文书" in page
    assert "标题：不显示" in page
    trail = repr(db.session.execute(db.select(AuditEntry.before, AuditEntry.after)).all())
    assert "祝婆婆" not in page + trail
    assert "织毛衣" not in page + trail


def test_the_trail_is_narrowed_down_by_person_and_kind(browser: Any, qin: Any, lin: Any) -> None:
    browser(lin)
    client = browser(qin)
    of_lin = rows_of(client.get(f"/settings/audit?person={lin.id}").text)
    assert len(of_lin) == 1
    assert "登录" in of_lin[0]
    assert all("角色" in row for row in rows_of(client.get("/settings/audit?kind=user_role").text))


def test_the_trail_is_narrowed_down_by_a_day_in_shanghai(
    browser: Any, qin: Any, set_clock: Any
) -> None:
    client = browser(qin)
    today = now().date()
    assert rows_of(client.get(f"/settings/audit?day={today}").text)
    empty = client.get(f"/settings/audit?day={today - timedelta(days=1)}").text
    assert "没有这样的记录" in empty


@pytest.mark.parametrize("query", ["person=abc", "kind=nothing", "day=soon", "person=999"])
def test_a_filter_that_makes_no_sense_shows_everything(browser: Any, qin: Any, query: str) -> None:
    answer = browser(qin).get(f"/settings/audit?{query}")
    assert answer.status_code == 200
    assert "登录" in answer.text


def test_a_page_holds_fifty_lines_and_leads_to_the_next(browser: Any, qin: Any) -> None:
    for number in range(30):
        factories.estate(f"示范小区{number}")
        factories.team(f"第{number}队")
    client = browser(qin)
    first = client.get("/settings/audit").text
    assert len(rows_of(first)) == 50
    assert "page=2" in first
    assert "第0队" in client.get("/settings/audit?page=2").text


def test_the_number_of_queries_does_not_grow_with_the_trail(
    browser: Any, qin: Any, queries: Any
) -> None:
    client = browser(qin)
    with queries() as few:
        client.get("/settings/audit")
    for number in range(30):
        factories.team(f"第{number}队")
    with queries() as many:
        client.get("/settings/audit")
    assert len(many) == len(few)


def test_a_whole_chain_is_called_whole(browser: Any, qin: Any) -> None:
    assert "都完整" in browser(qin).get("/settings/audit?verify=1").text


def test_a_forged_entry_is_found(browser: Any, qin: Any) -> None:
    client = browser(qin)
    forged = db.session.scalar(db.select(db.func.min(AuditEntry.id)))
    db.session.execute(text("DROP TRIGGER audit_entry_no_update"))
    db.session.execute(
        text("UPDATE audit_entry SET action = 'nothing' WHERE id = :id"), {"id": forged}
    )
    db.session.commit()
    assert f"第 {forged} 条被改动过" in client.get("/settings/audit?verify=1").text


def test_what_a_merging_moved_is_told_by_kind_and_number(browser: Any, qin: Any) -> None:
    moved = {"visit": 3, "visit_resident": 2, "wish": 1}
    append(db.session(), [("merge", "household", "1", {}, {"merged": 2, "moved": moved})])
    db.session.commit()
    assert "走访 3、见面记录 2、微心愿 1" in browser(qin).get("/settings/audit").text


def test_everything_a_merging_may_move_has_words(app: Flask) -> None:
    parents = [db.metadata.tables[name] for name in ("household", "resident")]
    moving = {table.name for parent in parents for table, _column in references_to(parent)}
    assert moving - {"search_term"} - set(KINDS) - set(MOVED) == set()
