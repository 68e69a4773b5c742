"""What is proposed for the wall, from what somebody wrote down."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprints.wishes.wording import in_parts, left_out, proposed_text
from core.privacy import scan_public_text

NAMES = ["祝秀英", "祝婆婆", "翟国栋"]


@pytest.mark.parametrize(
    ("what", "proposed"),
    [
        ("按摩仪一台", "按摩仪一台"),
        ("祝婆婆想修收音机", "想修收音机"),
        ("祝婆婆住301室，想修收音机", "想修收音机"),
        ("修收音机，打10000000001", "修收音机"),
        ("陪翟国栋下棋", "陪一位居民下棋"),
        ("给独居的祝秀英装扶手", "给一位居民装扶手"),
        ("想要一把带扶手的椅子，送到301室", "想要一把带扶手的椅子"),
        ("想要一把椅子，麻烦送到2单元301室", "想要一把椅子"),
        ("祝婆婆", ""),
    ],
)
def test_a_proposal_leaves_out_what_must_not_be_public(what: str, proposed: str) -> None:
    assert proposed_text(what, NAMES) == proposed


@pytest.mark.parametrize(
    ("what", "proposed"),
    [
        ("修收音机，502", "修收音机"),
        ("修收音机５０２", "修收音机"),
        ("修收音机，五零二", "修收音机"),
        ("修收音机，50\u200b2", "修收音机"),
        ("花1502元", "花1502元"),
        ("花一五零二元", "花一五零二元"),
    ],
)
def test_the_households_own_door_is_left_out_even_where_it_stands_alone(
    what: str, proposed: str
) -> None:
    assert proposed_text(what, NAMES, "502") == proposed


def test_what_the_public_text_leaves_out_is_told_apart() -> None:
    said = "祝婆婆想修收音机，住301室"
    parts = left_out(said, proposed_text(said, NAMES))
    assert parts == [("祝婆婆", True), ("想修收音机", False), ("，住301室", True)]


PIECES = st.sampled_from([*NAMES, "301室", "2单元", "10000000001", "独居", "修收音机", "，", "住"])


@given(pieces=st.lists(PIECES, max_size=6))
def test_the_pieces_of_a_marked_text_are_the_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    findings = scan_public_text(text, NAMES)
    parts = in_parts(text, findings)
    assert "".join(part for part, _marked in parts) == text
    marked = "".join(part for part, is_marked in parts if is_marked)
    assert all(found.excerpt in marked for found in findings)


@given(pieces=st.lists(PIECES, max_size=6))
def test_a_proposal_passes_the_scan_it_was_made_for(pieces: list[str]) -> None:
    proposal = proposed_text("".join(pieces), NAMES)
    assert scan_public_text(proposal, NAMES) == []
