"""A database full of private words, and not one of them on any paper that everybody reads."""

import re
import zlib
from typing import Any

import pypdfium2
import pytest

from blueprints.documents.kinds import KINDS
from core.clock import today
from core.db import db
from tests import factories
from tests.documents.test_kinds import TYPED, drafted

PUBLIC = [code for code, kind in KINDS.items() if kind.is_public]
# Residents, a volunteer and a colleague; a phone, a door, an ID number, a hardship, an age.
CANARIES = (
    "祝秀英", "祝婆婆", "欧阳守信", "顾长青", "10077776666", "1203", "42010119480305123X", "独居", "78岁",
)  # fmt: skip
# As people write around a scan without meaning to.
WRITTEN = (
    "祝秀英", "祝 秀 英", "祝　秀英", "祝婆婆", "欧阳守信", "10077776666", "１００７７７７６６６６",
    "100-7777-6666", "42010119480305123X", "４２０１０１１９４８０３０５１２３Ｘ", "示2栋1单元1203室",
    "住１２０３的", "独 居 老 人", "患病", "七十八岁", "78 岁",
)  # fmt: skip
# What each public kind lets somebody type freely.
FREE = {
    "notice": ("subject", "addressees", "matter", "time", "place", "after", "issuer"),
    "public_notice": ("subject", "matter", "entries", "objections", "issuer", "phone_label"),
    "reminder": ("message", "details", "issuer", "phone_label"),
    "wish_wall": ("slogan", "issuer", "phone_label"),
    "claim_cards": ("issuer", "phone_label"),
}


@pytest.fixture(autouse=True)
def full_of_private_words(qin: Any, gu: Any, lin: Any) -> None:
    """Every canary stands somewhere: a name, a phone, a door, the inside words of a wish."""
    room = factories.room(factories.building(factories.estate()), number="1203")
    home = factories.household(room, name="祝秀英", phone="10077776666")

    factories.head(home).honorific = "婆婆"
    factories.wish(
        home,
        qin,
        "祝婆婆独居，78岁，要老花镜",
        detail="身份证42010119480305123X",
        state="published",
        public_text="老花镜一副",
        published_on=today(),
    )
    volunteer = factories.volunteer("欧阳守信", of=factories.team())
    volunteer.phone = "10055554444"
    db.session.commit()


def everything_in(pdf: bytes) -> str:
    """All that a reader could get out of a file: drawn text, metadata, names, every stream."""
    document = pypdfium2.PdfDocument(pdf)
    drawn = "".join(page.get_textpage().get_text_bounded() for page in document)
    told = "".join(document.get_metadata_dict().values())
    assert document.count_attachments() == 0
    streams = []
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            streams.append(zlib.decompress(packed))
        except zlib.error:
            streams.append(packed)
    raw = b"".join(streams) + pdf
    # Bookmarks and what pictures say are written as hexadecimal UTF-16.
    said = b"".join(bytes.fromhex(text.decode()) for text in re.findall(rb"<(feff[0-9a-f]+)>", raw))
    words = drawn + told + said.decode("utf-16-be")
    return "".join(words.split()) + raw.decode("latin-1") + raw.decode("utf-8", "ignore")


@pytest.mark.parametrize("kind", PUBLIC)
def test_no_private_word_is_anywhere_in_the_file_of_a_public_paper(
    secretary: Any, issued: Any, kind: str
) -> None:
    paper = issued(drafted(secretary, kind))
    everything = everything_in(secretary.get(f"/documents/{paper.id}.pdf").data)
    assert [canary for canary in CANARIES if canary in everything] == []
    stored_words = str(paper.content)
    assert [canary for canary in CANARIES if canary in stored_words] == []


def test_the_slips_of_claim_cards_name_nobody_either(secretary: Any) -> None:
    draft = drafted(secretary, "claim_cards")
    everything = everything_in(secretary.get(f"/documents/{draft.id}/slips.pdf").data)
    assert [canary for canary in CANARIES if canary in everything] == []


@pytest.mark.parametrize(("kind", "field"), [(k, f) for k, fields in FREE.items() for f in fields])
def test_a_private_word_in_any_field_stops_the_paper(secretary: Any, kind: str, field: str) -> None:
    plain = str(TYPED[kind].get(field, ""))
    for word in WRITTEN:
        typed = f"{plain}\n{word}｜x｜y" if field == "entries" else word
        answer = secretary.send(f"/documents/new/{kind}", TYPED[kind] | {field: typed})
        if answer.status_code == 422:
            continue  # too long for its field, and so not even a draft
        page = secretary.get(answer.location).text
        assert "改掉" in page, (kind, field, word)
        assert secretary.get(f"{answer.location}.pdf").status_code == 409
        assert secretary.send(f"{answer.location}/issue").status_code == 422


def test_every_public_kind_is_tried() -> None:
    assert set(FREE) == set(PUBLIC)
