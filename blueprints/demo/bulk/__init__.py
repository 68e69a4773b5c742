"""Synthetic people in large numbers, to see how the house stands at the size it was built for.

They go in as plain rows in batches: no domain verb could tell 200,000 visits in two minutes. What
a rule reckons (when a visit is due, what a household is found by) is still reckoned by the rule.
"""

from blueprints.demo.bulk.calls import call_on
from blueprints.demo.bulk.doors import build
from blueprints.demo.bulk.hours import hold_activities
from blueprints.demo.bulk.wishes import make_wishes
from blueprints.demo.story import Story


def add_households(story: Story, households: int) -> None:
    """Add households with ten visits each, and students, wishes, hours and activities to match."""
    homes = build(story, households)
    students = call_on(story, homes)
    make_wishes(story, homes, students)
    hold_activities(story, households)
