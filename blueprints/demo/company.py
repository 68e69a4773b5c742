"""安和物业（演示）and its people."""

from blueprints.accounts.actions import new_user, set_up
from blueprints.demo.story import Story
from core.demo_accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from core.settings import change_setting

COMPANY, BRANCH = "安和物业（演示）", "安和物业党支部（演示）"
DUTY_PHONE = "10000000024"
# Days since each began to work here.
STARTED = {"lin": 264, "fang": 430, "tao": 264, "he": 628}


def found_company(story: Story) -> None:
    """Make the company, its settings and every demo account."""
    for username, name, role in DEMO_ACCOUNTS:
        user = new_user(username, name, [role])
        user.set_password(DEMO_PASSWORD)
        user.started_on = story.ago(STARTED.get(username, 900))
        story.people[username] = user
    set_up(COMPANY, BRANCH, story.people["qin"], DEMO_PASSWORD)
    change_setting("issuer_name", COMPANY)
    change_setting("duty_phone", DUTY_PHONE)


def place_staff(story: Story) -> None:
    """Say in which estates each works, once the estates are there."""
    qiaoji, qiaoya = (estate.id for estate in story.estates.values())
    placed = {"lin": [qiaoji, qiaoya], "fang": [qiaoji, qiaoya], "tao": [qiaoji], "he": [qiaoya]}
    for username in ("qin", "gu"):
        placed[username] = [qiaoji, qiaoya]
    for username, estate_ids in placed.items():
        story.people[username].set_estates(estate_ids)
