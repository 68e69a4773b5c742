"""Pages of the quiz: the bank, what is asked at an activity, the prizes, and the sheets to print."""

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import delete, select

from blueprints.activities import access, blueprint, quiz
from blueprints.activities.models import Activity
from blueprints.activities.quiz import Prize, QuizPick, QuizQuestion
from blueprints.activities.quiz_forms import DrawForm, PasteForm, PrizeForm, QuestionForm
from blueprints.activities.routes import kept_activity
from blueprints.teams.access import TAKING_PART
from core.access import allow, one_or_404, roles_required
from core.clock import today
from core.db import db
from core.forms import tidy
from core.htmx import see_other
from core.paging import one_page


@blueprint.get("/questions")
@roles_required(*TAKING_PART)
def questions() -> str:
    """List the bank, or what of it matches words and topic."""
    words, topic = tidy(request.args.get("q")), request.args.get("topic", "")
    return render_template(
        "activities/questions.html",
        page=one_page(quiz.in_the_bank(words, topic)),
        words=words,
        topic=topic,
        topics=quiz.topics(),
        can_write=access.can_write_questions(current_user),
    )


@blueprint.route("/questions/new", methods=["GET", "POST"])
def new_question() -> ResponseReturnValue:
    """Write a question for the bank; then the next one of the same topic."""
    allow(access.can_write_questions(current_user))
    form = QuestionForm(topic=request.args.get("topic"))
    del form.is_retired
    if not form.validate_on_submit():
        return question_page(form), 422 if form.errors else 200
    question = QuizQuestion()
    fill(question, form)
    db.session.add(question)
    db.session.flush()
    answer = see_other(url_for("activities.new_question", topic=question.topic or None))
    db.session.commit()
    flash(_("存进题库了，接着写下一题。"), "ok")
    return answer


@blueprint.route("/questions/paste", methods=["GET", "POST"])
def paste_questions() -> ResponseReturnValue:
    """Take several questions into the bank at once: all of them, or none with the reason."""
    allow(access.can_write_questions(current_user))
    form = PasteForm()
    if not form.validate_on_submit():
        return (
            render_template("activities/questions_paste.html", form=form),
            422 if form.errors else 200,
        )
    db.session.add_all(form.questions)
    answer = see_other(url_for("activities.questions", topic=form.topic.data or None))
    db.session.commit()
    flash(_("存进题库 %(n)s 题。", n=len(form.questions)), "ok")
    return answer


@blueprint.route("/questions/<int:question_id>/edit", methods=["GET", "POST"])
@roles_required(*TAKING_PART)
def edit_question(question_id: int) -> ResponseReturnValue:
    """Change a question, or ask it no more."""
    question = one_or_404(select(QuizQuestion).where(QuizQuestion.id == question_id))
    allow(access.can_write_questions(current_user))
    form = QuestionForm(obj=question, is_retired=question.retired_on is not None)
    if not form.validate_on_submit():
        return question_page(form, question), 422 if form.errors else 200
    form.require_fresh(question)
    fill(question, form)
    question.retired_on = (question.retired_on or today()) if form.is_retired.data else None
    answer = see_other(url_for("activities.questions"))
    db.session.commit()
    return answer


def question_page(form: QuestionForm, question: QuizQuestion | None = None) -> str:
    return render_template("activities/question_edit.html", form=form, question=question)


def fill(question: QuizQuestion, form: QuestionForm) -> None:
    question.question, question.answer = form.question.data, form.answer.data
    question.options = "\n".join(form.option_lines)
    question.topic, question.remark = form.topic.data or "", form.remark.data or ""


@blueprint.get("/activities/<int:activity_id>/quiz")
def quiz_of(activity_id: int) -> str:
    """Show what is asked and what can be won at an activity."""
    return quiz_page(kept_activity(activity_id))


@blueprint.post("/activities/<int:activity_id>/quiz/draw")
def draw(activity_id: int) -> ResponseReturnValue:
    """Draw questions at random from the bank."""
    activity = kept_activity(activity_id)
    form = DrawForm()
    form.offer(quiz.topics())
    if not form.validate_on_submit():
        return quiz_page(activity, drawing=form), 422
    drawn = quiz.draw(activity, form.count.data, form.topic.data)
    answer = back_to(activity)
    db.session.commit()
    flash(_("抽了 %(n)s 题。", n=drawn) if drawn else _("题库里没有别的题了。"), "ok")
    return answer


@blueprint.post("/activities/<int:activity_id>/quiz/removal")
def drop_question(activity_id: int) -> ResponseReturnValue:
    """Take one question off the sheet; in the bank it stays."""
    activity = kept_activity(activity_id)
    question_id = request.form.get("question", type=int)
    db.session.execute(
        delete(QuizPick).where(
            QuizPick.activity_id == activity.id, QuizPick.question_id == question_id
        )
    )
    answer = back_to(activity)
    db.session.commit()
    return answer


@blueprint.post("/activities/<int:activity_id>/prizes")
def add_prize(activity_id: int) -> ResponseReturnValue:
    """Put a prize on the list."""
    activity = kept_activity(activity_id)
    form = PrizeForm()
    if not form.validate_on_submit():
        return quiz_page(activity, prize=form), 422
    db.session.add(
        Prize(
            activity_id=activity.id,
            rank=form.rank.data or "",
            what=form.what.data,
            pieces=form.pieces.data,
        )
    )
    answer = back_to(activity)
    db.session.commit()
    return answer


@blueprint.post("/activities/<int:activity_id>/prizes/<int:prize_id>/removal")
def drop_prize(activity_id: int, prize_id: int) -> ResponseReturnValue:
    """Take a prize off the list."""
    activity = kept_activity(activity_id)
    found = select(Prize).where(Prize.activity_id == activity.id, Prize.id == prize_id)
    db.session.delete(one_or_404(found))
    answer = back_to(activity)
    db.session.commit()
    return answer


@blueprint.get("/activities/<int:activity_id>/quiz/sheet")
def quiz_sheet(activity_id: int) -> str:
    """Show the sheet to print: with ``answers=1`` for whoever asks, else for those asked."""
    activity = kept_activity(activity_id)
    return render_template(
        "activities/quiz_sheet.html",
        activity=activity,
        picks=quiz.picks_of(activity.id),
        prizes=quiz.prizes_of(activity.id),
        with_answers=bool(request.args.get("answers")),
    )


def quiz_page(
    activity: Activity, drawing: DrawForm | None = None, prize: PrizeForm | None = None
) -> str:
    """Render an activity's quiz, with the form that is being filled in on it."""
    draw_form = drawing or DrawForm(formdata=None)
    draw_form.offer(quiz.topics())
    return render_template(
        "activities/quiz.html",
        activity=activity,
        form=drawing or prize,
        draw_form=draw_form,
        prize_form=prize or PrizeForm(formdata=None),
        picks=quiz.picks_of(activity.id),
        prizes=quiz.prizes_of(activity.id),
    )


def back_to(activity: Activity) -> ResponseReturnValue:
    return see_other(url_for("activities.quiz_of", activity_id=activity.id))
