"""The first page, by what the person's roles have to do; and search."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

import blueprints.accounts.queries as accounts
from blueprints.home import blueprint
from blueprints.home.access import SEARCHING
from blueprints.home.greeting import day_text, greeting, lunar_text
from blueprints.home.navigation import navigation
from blueprints.home.office import coming_activities, manager_home, office_home
from blueprints.home.search import find
from blueprints.home.student import student_home
from blueprints.home.waiting import what_waits
from core.access import ADMIN, MANAGER, MENTOR, SECRETARY, STUDENT, roles_required
from core.clock import today

LONGEST_SEARCH = 40

blueprint.app_context_processor(navigation)
blueprint.add_app_template_filter(day_text, "weekday")


@blueprint.get("/")
def index() -> ResponseReturnValue:
    """Show what this person has to do now; who holds several roles has it all on one page."""
    user, day = current_user, today()
    waiting, has = what_waits(user), user.has_role
    return render_template(
        "home/index.html",
        greeting=greeting(user, waiting),
        lunar_day=lunar_text(day),
        waiting=waiting,
        office=office_home(user, day) if has(SECRETARY) else None,
        manager=manager_home(user, day) if has(MANAGER) and not has(SECRETARY) else None,
        student=student_home(user, day) if has(STUDENT) else None,
        coming=coming_activities(user) if has(MANAGER, MENTOR) else None,
        accounts=accounts.count_accounts() if has(ADMIN) else None,
    )


@blueprint.get("/search")
@roles_required(*SEARCHING)
def search() -> ResponseReturnValue:
    """Find households, wishes, volunteers and papers by name, pinyin, address or number."""
    words = request.args.get("q", "").strip()[:LONGEST_SEARCH]
    found = find(current_user, words) if words else None
    return render_template("home/search.html", words=words, found=found)
