"""Who may see the first page."""

from tests.access.cases import Case, all_get

CASES = [Case("home.index", lambda w: "/", all_get(200))]
