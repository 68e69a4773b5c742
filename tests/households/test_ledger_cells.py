"""Each cell of the household ledger: phones, births, people, groups, remarks."""

from datetime import datetime

import pytest

from blueprints.households.ledger_cells import CARE_WORDS
from blueprints.households.models import CARE_TAGS
from core.phones import Phone
from tests.households.small_ledgers import codes, household, read, read_one, record_of, workbook


@pytest.mark.parametrize("nothing", [None, "无", "—", " ", "/"])
def test_a_household_without_phone_is_good(nothing: str | None) -> None:
    assert record_of(联系电话=nothing).phones == ()


def test_a_phone_keeps_its_note() -> None:
    assert record_of(联系电话="10074491613（女儿）").phones == (Phone("10074491613", "女儿"),)


def test_a_phone_written_as_a_formula_of_text_is_read() -> None:
    assert record_of(联系电话='="10074491613"').phones == (Phone("10074491613"),)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (datetime(1954, 6, 12), "1954-06-12"),  # noqa: DTZ001 - Excel's days have no zone
        (19540612, "1954-06-12"),
        (1949, "1949"),
        ("1956年7月", "1956-07"),
        ("农历腊月三十", "腊月三十"),
    ],
)
def test_a_birth_keeps_its_precision(written: object, value: str) -> None:
    birth = record_of(出生日期=written).birth
    assert birth is not None
    assert birth.value == value


def test_a_month_that_lost_its_zero_is_kept_as_a_year() -> None:
    row = read_one(出生日期=1955.1)
    assert row.record is not None
    assert row.record.birth is not None
    assert (row.record.birth.value, codes(row)) == ("1955", ["birth_ambiguous"])


def test_spaces_leave_a_name_and_brackets_move_to_the_remark() -> None:
    record = record_of(户主姓名="傅 子航（租户）", 备注="白天在家")
    assert (record.head_name, record.remark) == ("傅子航", "租户；白天在家")


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x")', "+1", "-1", "@x"])
def test_text_that_looks_like_a_formula_stays_text(text: str) -> None:
    book = workbook(household())
    cell = book.active["J3"]
    cell.value, cell.data_type = text, "s"
    (row,) = read(book).rows
    assert row.record is not None
    assert row.record.remark == text


def test_an_id_number_is_never_taken_along() -> None:
    row = read_one(备注="证号110101194803050000 白天在家")
    assert row.record is not None
    assert (row.record.remark, codes(row)) == ("证号 白天在家", ["id_number_left_out"])


@pytest.mark.parametrize(
    ("text", "people"), [("3人", 3), ("３", 3), (2.0, 2), ("两口人", 2), ("无", None)]
)
def test_people_are_counted(text: object, people: int | None) -> None:
    assert record_of(常住人口=text).people == people


def test_a_count_that_cannot_be_read_is_left_out_and_told() -> None:
    row = read_one(常住人口="好几个")
    assert row.record is not None
    assert (row.record.people, codes(row)) == (None, ["people_unreadable"])


@pytest.mark.parametrize("between", ["、", "/", "，", "；", "\n", " "])
def test_care_groups_are_told_apart(between: str) -> None:
    assert record_of(人员类别=f"独居{between}残疾人").tags == ("alone", "disabled")


def test_other_groups_of_people_are_not_taken_along() -> None:
    row = read_one(人员类别="独居、重点人员")
    assert row.record is not None
    assert (row.record.tags, codes(row)) == (("alone",), ["tag_unknown"])


def test_care_words_name_every_care_group() -> None:
    assert set(CARE_WORDS.values()) == set(CARE_TAGS)


def test_a_building_is_spelt_as_registered() -> None:
    assert record_of(楼栋="示 ２ 号楼").building == "示2栋"
