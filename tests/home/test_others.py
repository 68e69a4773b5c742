"""The first pages of the manager, a mentor and the administrator, and of several roles at once."""

from datetime import timedelta
from typing import Any

from core.clock import now, today
from tests import factories
from tests.home.pages import badge, section


def test_the_manager_sees_hours_to_confirm_and_what_comes(browser: Any, gu: Any, lin: Any) -> None:
    factories.service_entry(factories.volunteer("单守信"), lin, minutes=90)
    factories.activity("爱国卫生日", starts_at=now() + timedelta(days=2))
    page = browser(gu).get("/").text
    assert "单守信" in section(page, "h-hours-waiting")
    assert "爱国卫生日" in section(page, "h-coming")
    assert badge(page) == 1


def test_the_manager_is_reminded_of_a_record_past_its_days(browser: Any, gu: Any) -> None:
    factories.activity("防诈骗宣讲", starts_at=now() - timedelta(days=40))
    assert "防诈骗宣讲" in section(browser(gu).get("/").text, "h-records")


def test_a_mentor_sees_activities_and_no_residents(browser: Any, shen: Any) -> None:
    factories.household()
    factories.activity("中秋晚会", starts_at=now() + timedelta(days=2))
    page = browser(shen).get("/").text
    assert "中秋晚会" in page
    assert "祝" not in page


def test_an_administrator_sees_who_has_no_password_yet(browser: Any, admin: Any, lin: Any) -> None:
    factories.household()
    lin.password_hash = ""
    page = browser(admin).get("/").text
    assert "2 个在用，1 个还没定密码" in page
    assert "祝" not in page


def test_who_holds_two_roles_has_both_on_one_page(browser: Any, app: Any) -> None:
    both = factories.user("qin", "秦若川", ["student", "secretary"])
    home = factories.household()
    factories.pairing(both, home, started=today() - timedelta(days=60))
    page = browser(both).get("/").text
    assert "秦书记" in page
    assert "祝婆婆家" in section(page, "h-due")
    assert "h-cov" in page


def test_a_secretary_who_pays_visits_is_shown_only_the_own_ones_as_due(
    browser: Any, lin: Any
) -> None:
    both = factories.user("qin", "秦若川", ["student", "secretary"])
    gate = factories.building(factories.estate())
    factories.pairing(both, factories.household(factories.room(gate)))
    other = factories.household(factories.room(gate, number="302"), name="翟爹爹")
    factories.pairing(lin, other, started=today() - timedelta(days=60))
    assert "翟爹爹" not in section(browser(both).get("/").text, "h-due")
