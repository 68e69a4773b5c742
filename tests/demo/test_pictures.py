"""Every paper, printed from the demo, still looks as it was approved."""

import os

import pytest

from core.press import print_drawn
from core.prints.claim_cards import draw_claim_cards
from tests.demo.papers import PAPERS
from tests.demo.pictures import all_pages, approve, approved, changed_regions, ink
from tests.documents.contents import public
from tests.documents.posted_samples import cards, wishes
from tests.documents.samples import PAPERS as SAMPLES


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_looks_as_it_was_approved(filled: str, name: str) -> None:
    pages = all_pages(PAPERS[name]())
    if os.environ.get("LINLI_APPROVE"):
        approve(name, pages)
    for before, now in zip(approved(name), pages, strict=True):
        assert changed_regions(before, now) == []


def test_a_changed_region_is_named() -> None:
    before = ink(SAMPLES["claim_cards"]())
    others = (*wishes(3), wishes(7)[6])
    after = ink(print_drawn([cards(wishes=others, issuer=public("别的单位"))], draw_claim_cards))
    changed = changed_regions(before, after)
    assert any("% from the left" in region for region in changed)
    assert len(changed) < 40


def test_a_page_of_another_size_is_told() -> None:
    across, upright = ink(SAMPLES["certificate"]()), ink(SAMPLES["notice"]())
    assert "the paper's size" in changed_regions(across, upright)[0]
