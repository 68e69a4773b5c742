"""Masks for people's data, and text that may be posted in a stairwell.

A public paper takes only PublicText, and PublicText exists only after core/public_scan.py has
found nothing in it or a named person has taken each finding on themselves, with a reason
(个人信息保护法 arts. 25, 28, 51).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Never, Self

from core.public_scan import Finding, NameIndex, digits_only, scan_public_text

__all__ = [
    "Finding",
    "NameIndex",
    "PublicText",
    "TextNotPublic",
    "mask_phone",
    "scan_public_text",
]
_KEY = object()


def mask_phone(phone: str) -> str:
    """138****1234; of a shorter number only the last two digits stay."""
    digits = digits_only(phone)
    if len(digits) == 11:
        return f"{digits[:3]}****{digits[-4:]}"
    return "*" * max(len(digits) - 2, 0) + digits[-2:]


class TextNotPublic(ValueError):
    """The text names a person, a door, a number or a hardship; `findings` shows where."""

    def __init__(self, text: str, findings: list[Finding]) -> None:
        super().__init__(", ".join(finding.kind for finding in findings))
        self.text = text
        self.findings = findings


@dataclass(frozen=True)
class Override:
    """Who decided that these findings may be public after all, and why."""

    by: str
    reason: str
    excerpts: tuple[str, ...]


class PublicText:
    """Text that may hang in a stairwell. Made by `clear`, `override` or `from_record` only."""

    __slots__ = ("allowed_phones", "overridden", "text")

    def __init__(
        self, key: object, text: str, allowed_phones: tuple[str, ...], overridden: Override | None
    ) -> None:
        if key is not _KEY:
            raise TypeError("PublicText is made by PublicText.clear(…) or PublicText.override(…)")
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "allowed_phones", allowed_phones)
        object.__setattr__(self, "overridden", overridden)

    @classmethod
    def clear(
        cls, text: str, known_names: NameIndex | Iterable[str], allowed_phones: Iterable[str] = ()
    ) -> Self:
        """Scan `text`; raise TextNotPublic with every finding unless there are none."""
        allowed = tuple(allowed_phones)
        findings = scan_public_text(text, known_names, allowed)
        if findings:
            raise TextNotPublic(text, findings)
        return cls(_KEY, text, allowed, None)

    @classmethod
    def override(
        cls,
        text: str,
        known_names: NameIndex | Iterable[str],
        allowed_phones: Iterable[str] = (),
        *,
        by: str,
        reason: str,
    ) -> Self:
        """Let `text` through in spite of its findings, which stay on record with `by`, `reason`."""
        if not by.strip() or not reason.strip():
            raise ValueError("an override names who decided and why")
        allowed = tuple(allowed_phones)
        excerpts = tuple(each.excerpt for each in scan_public_text(text, known_names, allowed))
        return cls(_KEY, text, allowed, Override(by, reason, excerpts))

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """Rebuild from `to_record`. Numbers, doors and hardships are scanned for once more;
        names are not, because people join after a paper was issued."""
        text, allowed = record["text"], tuple(record["allowed_phones"])
        kept = record["overridden"]
        override = Override(kept["by"], kept["reason"], tuple(kept["excerpts"])) if kept else None
        accepted = override.excerpts if override else ()
        findings = [
            each for each in scan_public_text(text, (), allowed) if each.excerpt not in accepted
        ]
        if findings:
            raise TextNotPublic(text, findings)
        return cls(_KEY, text, allowed, override)

    def to_record(self) -> dict[str, Any]:
        """Plain values for JSON, the override included."""
        kept = self.overridden
        return {
            "text": self.text,
            "allowed_phones": list(self.allowed_phones),
            "overridden": kept
            and {
                "by": kept.by,
                "reason": kept.reason,
                "excerpts": list(kept.excerpts),
            },
        }

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("PublicText does not change; clear the new text instead")

    def __delattr__(self, name: str) -> None:
        raise AttributeError("PublicText does not change; clear the new text instead")

    def __reduce__(self) -> Never:
        raise TypeError("PublicText is kept as JSON (to_record), never pickled")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PublicText) and self.to_record() == other.to_record()

    def __hash__(self) -> int:
        return hash(self.text)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"PublicText({self.text!r})"
