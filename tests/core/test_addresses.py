import pytest

from core.addresses import (
    address_key,
    building_key,
    natural_key,
    normalise_room,
    normalise_unit,
    parse_door,
)


@pytest.mark.parametrize("name", ["示2栋", "示 ２ 栋", "示二号楼", "示2幢", "示2#", "示2"])
def test_spellings_of_one_building_share_a_key(name: str) -> None:
    assert building_key(name) == building_key("示2栋")


def test_different_buildings_have_different_keys() -> None:
    names = ["示2栋", "示12栋", "2栋", "12栋", "桥东19栋", "门面房", "A座", "栋"]
    assert len({building_key(name) for name in names}) == len(names)


@pytest.mark.parametrize(
    ("text", "unit"),
    [("1单元", "1"), ("一单元", "1"), ("１", "1"), ("1门", "1"), ("十二单元", "12"),
     ("甲单元", "甲"), (" ", "")],
)  # fmt: skip
def test_a_unit_has_one_spelling(text: str, unit: str) -> None:
    assert normalise_unit(text) == unit


@pytest.mark.parametrize(
    ("text", "room"),
    [("501室", "501"), (" ５０１ ", "501"), ("501", "501"), ("0501", "0501"), ("门面", "门面")],
)
def test_a_room_has_one_spelling(text: str, room: str) -> None:
    assert normalise_room(text) == room


def test_buildings_sort_by_their_number() -> None:
    names = ["示10栋", "示2栋", "示1栋", "桥东19栋", "桥东2栋"]
    expected = ["桥东2栋", "桥东19栋", "示1栋", "示2栋", "示10栋"]
    assert sorted(names, key=natural_key) == expected


def test_addresses_sort_by_building_then_unit_then_room() -> None:
    addresses = [
        ("示10栋", "1单元", "101"),
        ("示2栋", "二单元", "101"),
        ("示2栋", "1单元", "1001室"),
        ("示2栋", "1", "201"),
        ("示2栋", "", "301"),
    ]
    expected = [addresses[4], addresses[3], addresses[2], addresses[1], addresses[0]]
    assert sorted(addresses, key=lambda parts: address_key(*parts)) == expected


@pytest.mark.parametrize(
    ("text", "door"),
    [
        ("示2栋3-301（魏德喜）", ("示2栋", "3", "301", "(魏德喜)")),
        ("示3-2-402 仇阿姨", ("示3", "2", "402", "仇阿姨")),
        ("示１栋２单元１０１吕爹爹", ("示1栋", "2", "101", "吕爹爹")),
        ("示6#楼2单元903 戴爹爹", ("示6#楼", "2", "903", "戴爹爹")),
        ("3-2-501", ("3", "2", "501", "")),
        ("2栋501室", ("2栋", "", "501", "")),
        ("二栋一单元5室", ("二栋", "1", "5", "")),
        ("A座1203", ("A座", "", "1203", "")),
        ("示1栋全体住户", ("示1栋", "", "", "全体住户")),
        ("雷爹爹", ("", "", "", "雷爹爹")),
        ("501室", ("", "", "", "501室")),
    ],
)
def test_a_door_written_in_one_cell_is_taken_apart(text: str, door: tuple[str, ...]) -> None:
    found = parse_door(text)
    assert (found.building, found.unit, found.room, found.rest) == door
