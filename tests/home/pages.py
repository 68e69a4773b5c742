"""Reading a page as a person does: part by part."""

import re


def section(page: str, heading: str) -> str:
    """Return the part of a page under the heading with this id."""
    return page.split(f'id="{heading}"', 1)[1].split("</section>", 1)[0]


def asks(page: str) -> dict[str, int]:
    """Return the numbers that wait for the secretary, by what they count."""
    found = re.findall(r'<b class="num">(\d+)</b><span>([^<]+)</span>', page)
    return {text: int(number) for number, text in found}


def badge(page: str) -> int:
    """Return the number on the first badge of the frame; 0 without one."""
    found = re.search(r'<span class="badge">(\d+)<', page)
    return int(found[1]) if found else 0
