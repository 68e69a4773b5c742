"""Every form that takes thought is kept on the phone."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from tests.access.cases import PEOPLE, Case
from tests.test_access_matrix import CASES, everything

FORM = re.compile(r'<form ([^>]*method="post"[^>]*)>(.*?)</form>', re.DOTALL)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)"')
# What may come back with a draft: nothing in it says whom the form is about.
CARRIED = {"csrf_token", "submission_id", "version", "successor_found"}
# Forms one writes in that a phone does not keep, and why.
NOT_KEPT = {
    "activities.attendance": "its lines stand for whoever is on the list just now",
    "households.edit_resident": "phones and care tags are not left lying on a phone",
    "households.new_buildings": "a line of house numbers, with a look at what comes of it",
    "households.new_resident": "phones and care tags are not left lying on a phone",
}


def forms_written_in(browser: Any) -> Iterator[tuple[Case, str, str]]:
    """Return each form in which sentences are written: its case, its tag, and what is in it."""
    built = everything()
    client = cache(lambda person: browser(getattr(built, person)))
    for case in CASES:
        person = next((name for name in PEOPLE if case.expect[name] == 200), "nobody")
        if case.method != "GET" or person == "nobody":
            continue
        answer = client(person).get(case.url(built))
        if answer.mimetype != "text/html":
            continue
        for tag, inside in FORM.findall(answer.text):
            if "<textarea" in inside or "data-keep" in tag:
                yield case, tag, inside


def test_every_form_that_takes_thought_is_kept_whole_and_by_its_own_address(browser: Any) -> None:
    """The phone sends a form to the address of its page; a draft must not carry into another."""
    wrong, left_out = [], set()
    for case, tag, inside in forms_written_in(browser):
        if "data-keep" not in tag:
            left_out.add(case.endpoint)
            continue
        if "action=" in tag or 'type="password"' in inside:
            wrong.append(f"{case.endpoint}: sent elsewhere, or with a password")
        if strange := set(HIDDEN.findall(inside)) - CARRIED:
            wrong.append(f"{case.endpoint}: carries {strange}")
    assert wrong == []
    assert left_out == set(NOT_KEPT)
