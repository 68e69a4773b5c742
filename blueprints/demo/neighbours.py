"""The people of the story and where they live. Nobody here exists."""

from collections.abc import Iterator
from typing import NamedTuple

QIAOJI, QIAOYA = "桥机嘉园", "侨亚小区"
ANSWERS = {"": "granted", "-": "declined", "~": "withdrawn"}


class Person(NamedTuple):
    """One resident. ``consents`` lists kinds: plain agreed, ``-`` declined, ``~`` withdrawn."""

    name: str
    honorific: str = ""
    relation: str = "户主"
    born: str = ""
    # Days from the story's today to the next birthday, in the lunar calendar.
    birthday_in: int | None = None
    phones: tuple[str, ...] = ("",)
    tags: tuple[str, ...] = ()
    consents: str = "record visit"
    is_child: bool = False
    is_contact: bool = False
    asked_ago: int = 264

    def answers(self) -> Iterator[tuple[str, str]]:
        """Yield (kind, answer) in the order they were given; who withdraws had agreed before."""
        for word in self.consents.split():
            kind = word.lstrip("-~")
            answer = ANSWERS[word.removesuffix(kind)]
            if answer == "withdrawn":
                yield kind, "granted"
            yield kind, answer


class Home:
    """One household of the story; its key is the name it is called by."""

    def __init__(
        self,
        building: str,
        unit: str,
        room: str,
        *people: Person,
        remark: str = "",
        known_for: int = 630,
    ) -> None:
        self.building, self.unit, self.room = building, unit, room
        self.people, self.remark, self.known_for = people, remark, known_for

    @property
    def key(self) -> str:
        return self.people[0].name

    @property
    def estate(self) -> str:
        """Return the estate of a home of the story: its houses have numbers of their own."""
        return QIAOYA if self.building in ("示5栋", "示6栋") else QIAOJI


NEIGHBOURS = (
    Home(
        "示2栋", "1", "301",
        Person(
            "祝秀英", "婆婆", born="1951年农历三月初六", tags=("empty_nest", "aged"),
            consents="record visit photo",
        ),
        Person(
            "祝建平", "师傅", "儿子", born="1975.8", phones=("周末在家",), consents="record",
            is_contact=True,
        ),
        Person("外孙女", relation="外孙女", phones=(), consents="", is_child=True),
        remark="耳朵有点背，敲门多等一会儿。",
    ),
    Home(
        "示1栋", "2", "502",
        Person(
            "翟长庚", "爹爹", born="1947", birthday_in=3, tags=("alone", "aged"),
            consents="record visit ~photo -share",
        ),
        remark="爱下象棋，上午一般在楼下。",
    ),
    Home(
        "示5栋", "1", "102",
        Person(
            "欧阳淑珍", "婆婆", born="农历腊月三十", tags=("alone", "aged"),
            consents="record visit photo publish",
        ),
        Person(
            "欧阳敏", "", "女儿", phones=("女儿", "女儿单位"), consents="record", is_contact=True
        ),
    ),
    Home(
        "示5栋", "1", "301",
        Person("单守信", "师傅", born="1958.11", consents="record -visit photo publish"),
    ),
    Home(
        "示4栋", "2", "201",
        Person("覃桂香", "婆婆", born="1944.4.18", tags=("alone", "aged", "allowance")),
    ),
    Home(
        "示5栋", "2", "402",
        Person("仇德明", "爹爹", born="1949.12.3", tags=("disabled",)),
        Person("曾玉兰", "婆婆", "老伴", born="1952.1.20"),
    ),
    Home(
        "示6栋", "1", "402",
        Person("解玉莲", "婆婆", born="1955.9.9", tags=("empty_nest",)),
        Person(
            "解小川", relation="孙子", phones=(), tags=("left_behind",), consents="",
            is_child=True,
        ),
    ),
    Home(
        "示4栋", "1", "302",
        Person("区志明", "爹爹", born="1953.6"),
        Person(
            "区小禾", relation="孙女", phones=(), tags=("left_behind",),
            consents="guardian record visit", is_child=True,
        ),
    ),
    Home(
        "示3栋", "1", "202",
        Person("陈㛃", "阿姨", born="1968.2.14", consents="record visit photo publish"),
    ),
    Home(
        "示3栋", "1", "501",
        Person("查文澜", "爹爹", born="1940.10.1", tags=("army_family", "aged")),
        Person("任素云", "婆婆", "老伴", born="1943.3.8", tags=("aged",)),
    ),
)  # fmt: skip
