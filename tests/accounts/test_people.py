"""The list of accounts: in pages, and found by a few characters."""

import re
from typing import Any

from tests import factories


def shown(page: str) -> list[str]:
    return re.findall(r'class="go title" href="/accounts/\d+">([^<]+)<', page)


def test_many_accounts_stand_on_pages_and_are_found_by_name_or_account(
    browser: Any, qin: Any, queries: Any
) -> None:
    client = browser(qin)
    client.get("/accounts")
    with queries() as few:
        assert shown(client.get("/accounts").text) == ["秦若川"]
    for number in range(30):
        factories.user(f"s{number:02}", f"学生{number:02}", ["student"])
    with queries() as many:
        first = client.get("/accounts").text
    assert len(many) == len(few)
    assert len(shown(first)) == 20
    assert len(shown(client.get("/accounts?page=2").text)) == 11
    assert shown(client.get("/accounts?q=学生07").text) == ["学生07"]
    assert shown(client.get("/accounts?q=S29").text) == ["学生29"]
    assert "没有找到" in client.get("/accounts?q=王五").text
