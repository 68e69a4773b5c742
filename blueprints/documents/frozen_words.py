"""Back from a paper's frozen content to the words its form had, to write a corrected one."""

from dataclasses import fields
from typing import Any

from blueprints.documents.contents import FACTS
from core.papers import Part

# What issuing put on the paper; the next one gets its own.
_GIVEN = frozenset(("serial", "check_code", "verify_url", "demo", "issued_on"))


def words_of_frozen(content: dict[str, Any]) -> dict[str, Any]:
    """Return a draft's words from what was stored when the paper was issued."""
    words: dict[str, Any] = dict.fromkeys(FACTS, "") if "facts" in content else {}
    for name, value in content.items():
        if name == "facts":
            words |= _fact_words(value)
        elif name not in _GIVEN:
            words[name] = _plain(value)
    return words


def _fact_words(facts: list[dict[str, Any]]) -> dict[str, str]:
    names = {label: name for name, label in FACTS.items()}
    said = (tuple(map(_plain, fact["fact"])) for fact in facts)
    return {names[label]: text for label, text in said if label in names}


def _plain(value: Any) -> Any:
    """A value as forms type it: public text as text, a day as 2026-09-18, nothing as empty."""
    match value:
        case None:
            return ""
        case {"public": {"text": text}}:
            return text
        case {"date": day}:
            return day
        case list():
            return [_plain(item) for item in value]
        case dict():
            ((name, parts),) = value.items()
            names = (field.name for field in fields(Part.known[name]))  # type: ignore[arg-type]
            return dict(zip(names, map(_plain, parts), strict=True))
    return value
