"""Papers from a household's and a building's page: they name nobody."""

from typing import Any

from blueprints.households.printing import household_code
from tests import factories
from tests.documents.conftest import words_in


def test_the_form_for_a_visit_knows_the_household_by_a_code_alone(browser: Any, qin: Any) -> None:
    home = factories.household(name="祝秀英", phone="10077776666")
    page = f"/households/{home.id}"
    assert f"{page}/visit-form.pdf" in browser(qin).get(page).text
    text = words_in(browser(qin).get(f"{page}/visit-form.pdf").data)
    assert household_code(home.id) in text
    assert "先问同意" in text
    for private in ("祝秀英", "祝", "10077776666", home.address):
        assert private not in text


def test_households_have_codes_of_their_own_that_do_not_follow_one_another() -> None:
    codes = [household_code(number) for number in range(1, 20_001)]
    assert len(set(codes)) == len(codes)
    assert codes[0][:4] != codes[1][:4]


def test_the_map_of_a_building_shows_rooms_and_no_names(browser: Any, qin: Any) -> None:
    home = factories.household(name="祝秀英")
    page = f"/buildings/{home.building_id}"
    assert f"{page}/map.pdf" in browser(qin).get(page).text
    text = words_in(browser(qin).get(f"{page}/map.pdf").data)
    assert "301" in text
    assert "祝" not in text
    assert "结对户" in text
