"""China's official calendar as it was known when this was written; a company checks and mends it.

2026: 国务院办公厅关于2026年部分节假日安排的通知, 4 November 2025. 2027: no notice yet, so these are
only the statutory days with those that the law gives back for weekends (全国年节及纪念日放假办法,
articles 2 and 6, as changed in 2024); the notice will move some and add days that are worked.
"""

from datetime import date, timedelta


def stretch(first: str, last: str = "") -> list[str]:
    """Return the days from the first to the last as ISO dates."""
    begin = date.fromisoformat(first)
    days = (date.fromisoformat(last or first) - begin).days
    return [(begin + timedelta(days=number)).isoformat() for number in range(days + 1)]


HOLIDAYS = [
    *stretch("2026-01-01", "2026-01-03"),
    *stretch("2026-02-15", "2026-02-23"),
    *stretch("2026-04-04", "2026-04-06"),
    *stretch("2026-05-01", "2026-05-05"),
    *stretch("2026-06-19", "2026-06-21"),
    *stretch("2026-09-25", "2026-09-27"),
    *stretch("2026-10-01", "2026-10-07"),
    *stretch("2027-01-01"),
    *stretch("2027-02-05", "2027-02-10"),
    *stretch("2027-04-05"),
    *stretch("2027-05-01", "2027-05-04"),
    *stretch("2027-06-09"),
    *stretch("2027-09-15"),
    *stretch("2027-10-01", "2027-10-05"),
]
WORKDAYS = [
    "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10",
]  # fmt: skip
