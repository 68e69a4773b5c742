"""Who means to come to what is ahead, what comes every week, and the quiz that was held."""

from itertools import count

from blueprints.activities.actions import sign_up
from blueprints.activities.models import Activity
from blueprints.activities.quiz import Prize, QuizPick, QuizQuestion
from blueprints.activities.series import ActivitySeries
from blueprints.demo.story import Story
from core.db import db

WEEKLY = "示5栋每周清扫"
QUIZ = "安全知识抢答"
# More than the places there are: the last ones wait.
COMING = {
    "岁末邻里饺子宴": (6, ("陈㛃", "毕桂珍", "常玉梅", "单守信", "林一舟", "方晓禾", "傅建业", "罗长顺")),
    "爱国卫生日": (None, ("罗长顺", "毕桂珍", "陶予安")),
}  # fmt: skip
QUESTIONS = (
    ("消防", "炒菜时油锅着火，先做什么？", "用水浇\n盖上锅盖\n端到外面", "B", "水会让油溅开。"),
    ("消防", "楼道里可以给电动车充电。", "对\n错", "B", "堵了逃生的路，也容易起火。"),
    ("消防", "着火时应该坐电梯快点下楼。", "对\n错", "B", "停电会困在里面。"),
    ("防诈骗", "自称民警的人来电，要您转账到“安全账户”，怎么办？",
     "照办\n挂断，打 110 问\n先转一点", "B", "没有安全账户这回事。"),
    ("防诈骗", "收到中奖短信，要先交手续费。", "交\n不理", "B", ""),
    ("垃圾分类", "旧电池是哪一类垃圾？", "厨余垃圾\n可回收物\n有害垃圾", "C", ""),
    ("社区", "我们小区的 24 小时电话贴在哪里？", "", "每个单元门厅的公告栏", ""),
)  # fmt: skip
PRIZES = (("一等奖", "按摩锤", 1), ("二等奖", "保温杯", 3), ("参与奖", "小扇子", 20))


def join(story: Story, activities: list[Activity]) -> None:
    """Let people sign up, tie the weekly days together, and write the quiz."""
    make_weekly(story, [activity for activity in activities if activity.title == WEEKLY])
    for activity in activities:
        if activity.title in COMING:
            fill(story, activity)
        if activity.title == QUIZ:
            ask(activity)


def make_weekly(story: Story, days: list[Activity]) -> None:
    days.sort(key=lambda activity: activity.starts_at)
    series = ActivitySeries(
        every="week",
        first_on=days[0].day,
        until=days[-1].day,
        created_by_id=story.people["gu"].id,
    )
    for activity in days:
        activity.series, activity.series_day = series, activity.day
    db.session.flush()


def fill(story: Story, activity: Activity) -> None:
    activity.capacity, names = COMING[activity.title]
    for name, days_ago in zip(names, count(3, -1), strict=False):
        with story.on(max(days_ago, 0), hour=9):
            sign_up(activity, story.volunteers[name], story.people["gu"])


def ask(activity: Activity) -> None:
    questions = [
        QuizQuestion(topic=topic, question=question, options=options, answer=answer, remark=remark)
        for topic, question, options, answer, remark in QUESTIONS
    ]
    db.session.add_all(questions)
    db.session.flush()
    for position, question in enumerate(questions[:5], 1):
        db.session.add(
            QuizPick(activity_id=activity.id, question_id=question.id, position=position)
        )
    for rank, what, pieces in PRIZES:
        db.session.add(Prize(activity_id=activity.id, rank=rank, what=what, pieces=pieces))
    db.session.flush()
