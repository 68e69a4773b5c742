"""The quiz: a bank of questions, a sheet drawn from it, prizes that are signed for on paper."""

from typing import Any

import pytest

from blueprints.activities.models import Activity
from blueprints.activities.quiz import Prize, QuizPick, QuizQuestion
from core.clock import today
from core.db import db
from tests import factories

FIRE = {
    "question": "油锅着火，先做什么？",
    "options": "浇水\n盖上锅盖\n端到外面",
    "answer": "b",
    "topic": "消防",
}


def question(number: int, topic: str = "消防") -> QuizQuestion:
    return factories.saved(QuizQuestion(question=f"第{number}题？", answer="对", topic=topic))


@pytest.fixture
def activity(app: Any, gu: Any) -> Activity:
    return factories.activity("安全知识抢答", by=gu, kind="quiz")


def test_a_student_writes_a_question_and_goes_on_with_the_next(browser: Any, lin: Any) -> None:
    client = browser(lin)
    answer = client.send("/questions/new", FIRE, follow_redirects=True)
    assert "接着写下一题" in answer.text and 'value="消防"' in answer.text
    stored = db.session.query(QuizQuestion).one()
    assert stored.answer == "B"
    assert stored.lettered == [("A", "浇水"), ("B", "盖上锅盖"), ("C", "端到外面")]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"question": ""}, "请写题目"),
        ({"answer": "D"}, "答案写字母，A 到 C"),
        ({"options": "只有一个"}, "选项要 2 到 6 个"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_and_kept(
    browser: Any, lin: Any, change: dict[str, str], told: str
) -> None:
    answer = browser(lin).send("/questions/new", FIRE | change)
    assert answer.status_code == 422 and told in answer.text and "消防" in answer.text
    assert db.session.query(QuizQuestion).count() == 0


PASTED = """1. 油锅着火，先做什么？
A. 用水浇
B、盖上锅盖
答案：b

2、火警打几？
答案: 119
"""


def test_several_questions_are_pasted_at_once(browser: Any, lin: Any) -> None:
    fields = {"text": PASTED, "topic": "消防"}
    answer = browser(lin).send("/questions/paste", fields, follow_redirects=True)
    assert "存进题库 2 题" in answer.text
    stored = db.session.query(QuizQuestion).order_by(QuizQuestion.id).all()
    assert [(one.question, one.options, one.answer) for one in stored] == [
        ("油锅着火，先做什么？", "用水浇\n盖上锅盖", "B"),
        ("火警打几？", "", "119"),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("火警打几？", "“火警打几？”缺题目或答案"),
        ("选哪个？\nA. 甲\nB. 乙\n答案：C", "选项和答案对不上"),
        ("好题？\n答案：对\n\n坏题？", "“坏题？”缺题目或答案"),
    ],
)
def test_of_questions_that_are_not_whole_none_is_taken(
    browser: Any, lin: Any, text: str, told: str
) -> None:
    answer = browser(lin).send("/questions/paste", {"text": text})
    assert answer.status_code == 422 and told in answer.text
    assert db.session.query(QuizQuestion).count() == 0


def test_the_bank_is_searched_by_words_and_topic(browser: Any, lin: Any) -> None:
    client = browser(lin)
    client.send("/questions/new", FIRE)
    question(2, "防诈骗")
    for query in ("q=油锅", "topic=消防"):
        page = client.get(f"/questions?{query}").text
        assert "油锅着火" in page and "第2题" not in page


def test_questions_are_drawn_once_each_until_the_bank_is_empty(
    browser: Any, gu: Any, activity: Activity
) -> None:
    for number in range(5):
        question(number)
    question(9, "防诈骗")
    client = browser(gu)
    path = f"/activities/{activity.id}/quiz/draw"
    client.send(path, {"count": "3", "topic": "消防"})
    client.send(path, {"count": "50", "topic": "消防"})
    picks = db.session.query(QuizPick).order_by(QuizPick.position).all()
    assert [pick.position for pick in picks] == [1, 2, 3, 4, 5]
    assert len({pick.question_id for pick in picks}) == 5
    again = client.send(path, {"count": "1", "topic": "消防"}, follow_redirects=True)
    assert "题库里没有别的题了" in again.text


def test_a_question_asked_no_more_stays_on_the_sheet_it_was_on(
    browser: Any, gu: Any, activity: Activity
) -> None:
    old = question(1)
    client = browser(gu)
    client.send(f"/activities/{activity.id}/quiz/draw", {"count": "1", "topic": ""})
    fields = {"question": old.question, "answer": "对", "is_retired": "y", "version": "1"}
    client.send(f"/questions/{old.id}/edit", fields)
    db.session.refresh(old)
    assert old.retired_on == today()
    assert "第1题" not in client.get("/questions").text
    assert "第1题" in client.get(f"/activities/{activity.id}/quiz/sheet").text


def test_answers_and_prizes_are_on_the_hosts_sheet_only(
    browser: Any, gu: Any, activity: Activity
) -> None:
    client = browser(gu)
    client.send("/questions/new", FIRE)
    client.send(f"/activities/{activity.id}/quiz/draw", {"count": "1", "topic": ""})
    prize = {"what": "小扇子", "pieces": "3", "rank": "参与奖"}
    assert client.send(f"/activities/{activity.id}/prizes", prize).status_code == 303
    sheet = f"/activities/{activity.id}/quiz/sheet"
    hosts, asked = client.get(f"{sheet}?answers=1").text, client.get(sheet).text
    assert "答案：B" in hosts and hosts.count('<th scope="row">小扇子') == 3
    assert "答案" not in asked and "小扇子" not in asked and "盖上锅盖" in asked
    assert "答对几题" in asked and "答对几题" not in hosts


def test_a_question_and_a_prize_are_taken_off_again(
    browser: Any, gu: Any, activity: Activity
) -> None:
    one = question(1)
    client = browser(gu)
    client.send(f"/activities/{activity.id}/quiz/draw", {"count": "1", "topic": ""})
    client.send(f"/activities/{activity.id}/quiz/removal", {"question": one.id})
    client.send(f"/activities/{activity.id}/prizes", {"what": "小扇子", "pieces": "1"})
    prize = db.session.query(Prize).one()
    client.send(f"/activities/{activity.id}/prizes/{prize.id}/removal")
    assert db.session.query(QuizPick).count() == db.session.query(Prize).count() == 0
    assert db.session.query(QuizQuestion).count() == 1
