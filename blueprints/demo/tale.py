"""The demo's story, scene by scene; each room's own verbs do the work."""

from flask import current_app

from blueprints.demo.company import found_company, place_staff
from blueprints.demo.gathering import gather
from blueprints.demo.letters import write_letters
from blueprints.demo.papers import write_papers
from blueprints.demo.places import settle
from blueprints.demo.press import open_the_press
from blueprints.demo.serving import form_teams, serve
from blueprints.demo.story import Story
from blueprints.demo.visiting import pair_and_visit
from blueprints.demo.wishing import wish_and_fulfil


def tell() -> Story:
    """Write everything into the running transaction; the caller commits."""
    # Every paper of the demo says that it is one.
    current_app.config["LINLI_DEMO"] = True
    story = Story()
    found_company(story)
    settle(story)
    place_staff(story)
    pair_and_visit(story)
    wish_and_fulfil(story)
    form_teams(story)
    gather(story)
    serve(story)
    write_papers(story)
    write_letters(story)
    open_the_press(story)
    return story
