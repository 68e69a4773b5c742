"""A batch that is killed, cannot be stored or is crossed by another leaves no half."""

import signal
from typing import Any

from blueprints.documents import batch_actions, batch_routes, pressroom
from blueprints.documents.batches import Batch
from core.clock import today
from core.db import db
from tests.documents.batches import batch_of, finished, last_number, serials, served, words


def test_a_killed_press_issues_nothing_and_uses_no_number(
    monkeypatch: Any, secretary: Any, people: list[Any]
) -> None:
    real = pressroom._asked

    def killed_at_the_second(press: Any, line: bytes, number: int) -> bytes:
        if number == 1:
            press.send_signal(signal.SIGKILL)
            press.wait()
        return real(press, line, number)

    monkeypatch.setattr(pressroom, "_asked", killed_at_the_second)
    batch = batch_of(secretary, people)
    assert batch.state == "failed"
    assert "一份也没有签发" in batch.problem
    assert (serials(), last_number()) == ([], 0)
    monkeypatch.undo()
    assert secretary.send(f"/batches/{batch.id}/start").status_code == 303
    assert finished(batch.id).state == "done"
    assert last_number() == 3


def test_after_a_restart_in_the_middle_it_is_told_and_can_go_on(
    monkeypatch: Any, secretary: Any, people: list[Any]
) -> None:
    monkeypatch.setattr(batch_routes, "start", lambda _batch_id: None)
    answer = secretary.send("/batches/new", words(people))
    page = secretary.get(answer.location).text
    assert "中途断了" in page
    assert serials() == []
    monkeypatch.undo()
    assert secretary.send(f"{answer.location}/start").status_code == 303
    batch = finished(int(answer.location.rsplit("/", 1)[1]))
    assert batch.state == "done"
    assert secretary.send(f"{answer.location}/start").status_code == 409
    assert last_number() == 3


def test_one_paper_that_does_not_fit_stops_all_and_is_named(
    secretary: Any, people: list[Any]
) -> None:
    people[1].name = "禾" * 60
    db.session.commit()
    batch = batch_of(secretary, people)
    assert batch.state == "failed"
    assert "禾" * 60 in batch.problem
    assert "太长" in batch.problem
    assert (serials(), last_number()) == ([], 0)


def test_a_disk_that_is_full_at_the_end_leaves_no_paper_and_no_number(
    monkeypatch: Any, secretary: Any, people: list[Any]
) -> None:
    def full(*_args: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(batch_actions, "_place", full)
    batch = batch_of(secretary, people)
    assert batch.state == "failed"
    assert (serials(), last_number()) == ([], 0)


def test_somebody_who_issues_in_between_takes_no_number_away(
    monkeypatch: Any, secretary: Any, qin: Any, people: list[Any]
) -> None:
    real, times = batch_actions.enter, []

    def enter(batch: Batch, printed: Any, by: Any) -> None:
        if not times:
            times.append(1)
            batch_actions.take_numbers("certificate", today().year, 1)
            db.session.commit()
            batch = db.session.get_one(Batch, batch.id)
        real(batch, printed, by)

    monkeypatch.setattr(batch_actions, "enter", enter)
    assert batch_of(secretary, people).state == "done"
    assert serials() == [f"荣字〔{today().year}〕第000{n}号" for n in (2, 3, 4)]


def test_two_secretaries_at_once_get_numbers_without_gap_or_collision(
    secretary: Any, qin: Any, people: list[Any]
) -> None:
    others = [served(qin, name, 100) for name in ("贺知夏", "沈怀谷")]
    answers = [secretary.send("/batches/new", words(some)) for some in (people, others)]
    ids = [int(answer.location.rsplit("/", 1)[1]) for answer in answers]
    assert [finished(each).state for each in ids] == ["done", "done"]
    assert sorted(serials()) == [f"荣字〔{today().year}〕第000{n}号" for n in range(1, 6)]
