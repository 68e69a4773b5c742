"""Who may see the first page, and who may search."""

from tests.access.cases import Case, all_get

CASES = [
    Case("home.index", lambda w: "/", all_get(200)),
    Case("home.search", lambda w: "/search?q=zpp", all_get(200, mentor=403, admin=403)),
]
