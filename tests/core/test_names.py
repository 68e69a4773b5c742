import pytest

from core.names import bare_name, display_with_honorific, initials_index, mask_name, split_surname


@pytest.mark.parametrize(
    ("name", "initials"),
    [("曾腊梅", "zlm"), ("翟德旺", "zdw"), ("仇福松", "qfs"), ("单国梁", "sgl"), ("解长根", "xcg"),
     ("区翠娥", "oce"), ("查玉珍", "zyz"), ("覃守田", "qst"), ("覃守田", "tst"), ("盖平", "gp"),
     ("欧阳桂兰", "oygl"), ("尉迟恭", "ycg"), ("万俟安", "mqa"), ("林㛃", "lj"), ("林一舟", "lyz")],
)  # fmt: skip
def test_people_are_found_by_the_initials_of_their_name(name: str, initials: str) -> None:
    assert initials in initials_index(name).split()


def test_the_proper_reading_of_a_surname_comes_first() -> None:
    words = initials_index("单国梁").split()
    assert words[0] == "sgl"
    assert "dgl" in words
    assert "shanguoliang" in words


def test_people_are_found_by_their_full_pinyin() -> None:
    assert "ouyangguilan" in initials_index("欧阳桂兰").split()
    assert "fangxiaohe" in initials_index("方 晓禾").split()


def test_an_index_stays_short_however_long_the_name() -> None:
    assert len(initials_index("曾" * 12).split()) <= 128


def test_no_name_has_no_index() -> None:
    assert initials_index(" ") == ""


@pytest.mark.parametrize(
    ("name", "parts"),
    [("欧阳桂兰", ("欧阳", "桂兰")), ("司马𬒈", ("司马", "𬒈")), ("林一舟", ("林", "一舟")),
     ("欧阳", ("欧", "阳")), ("贺　长和", ("贺", "长和"))],
)  # fmt: skip
def test_compound_surnames_are_known(name: str, parts: tuple[str, str]) -> None:
    assert split_surname(name) == parts


@pytest.mark.parametrize(
    ("name", "masked"),
    [("张三", "张*"), ("欧阳桂兰", "欧阳**"), ("祝婆婆", "祝**"), ("祝", "祝*"), ("查　荔", "查*"),
     ("", "")],
)  # fmt: skip
def test_a_masked_name_shows_the_surname_only(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("name", "honorific", "shown"),
    [("祝秀英", "婆婆", "祝婆婆"), ("欧阳桂兰", "婆婆", "欧阳婆婆"), ("祝秀英", "祝婆婆", "祝婆婆"),
     ("祝秀英", "", "祝秀英")],
)  # fmt: skip
def test_neighbours_are_called_by_surname_and_honorific(
    name: str, honorific: str, shown: str
) -> None:
    assert display_with_honorific(name, honorific) == shown


def test_spaces_in_a_name_are_dropped() -> None:
    assert bare_name(" 贺　长 和 ") == "贺长和"
