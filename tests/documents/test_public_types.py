"""A public paper cannot carry what was not scanned: the types refuse it."""

from dataclasses import dataclass, fields
from datetime import date

import pytest

from blueprints.documents.kinds import KINDS
from core.papers import Fact, PaperContentError, PublicContent, PublicPart, PublicTable, is_public
from core.prints.wishes import PublicWish
from core.privacy import PublicText
from tests.documents.contents import notice, public


def test_a_public_paper_with_a_field_of_plain_text_cannot_even_be_written() -> None:
    with pytest.raises(TypeError, match="recipient"):

        @dataclass(frozen=True)
        class Leaky(PublicContent):
            recipient: str

    with pytest.raises(TypeError, match="names"):

        @dataclass(frozen=True)
        class LeakyList(PublicContent):
            names: "tuple[str, ...]"


@pytest.mark.parametrize(
    "value",
    ["祝婆婆", ("祝婆婆",), Fact("时间", public("今天")), PublicTable((public("姓名"),), (("祝秀英",),)),
     object(), [public("今天")], {"a": 1}],
)  # fmt: skip
def test_nothing_unscanned_counts_as_public_however_deep_it_hides(value: object) -> None:
    assert not is_public(value)
    with pytest.raises(PaperContentError):
        notice(facts=value)


@pytest.mark.parametrize(
    "value", [None, 3, True, date(2026, 9, 1), public("今天"), (public("今"),)]
)
def test_days_counts_and_scanned_texts_are_public(value: object) -> None:
    assert is_public(value)


@pytest.mark.parametrize("serial", ["1380000-1234567", "x" * 41, "知字\n7"])
def test_the_serial_of_a_public_paper_is_no_place_for_a_phone(serial: str) -> None:
    with pytest.raises(PaperContentError):
        notice(serial=serial)


@pytest.mark.parametrize("phone", ["祝婆婆", "10000000001 祝", ""])
def test_the_phone_of_a_public_paper_is_no_place_for_a_name(phone: str) -> None:
    with pytest.raises(PaperContentError):
        notice(phone=phone)


def test_every_part_of_every_public_kind_takes_only_public_values() -> None:
    parts = [Fact, PublicTable, PublicWish]
    kinds = [kind.content for kind in KINDS.values() if kind.is_public]
    assert len(kinds) >= 5
    for made in (*parts, *kinds):
        assert issubclass(made, PublicPart | PublicContent)
        for field in fields(made):
            assert "str" not in str(field.type).split() or field.name in PublicContent.plain


def test_public_text_is_made_by_the_scan_alone() -> None:
    with pytest.raises(TypeError):
        PublicText(object(), "祝婆婆", (), None)
