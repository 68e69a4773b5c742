"""Names that belong to nobody."""

from random import Random

SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严金魏陶姜谢邹喻苏潘葛范彭鲁"
    "马方俞任袁柳史唐费薛雷贺汤罗毕郝安常于傅齐康伍余顾孟黄穆萧尹姚邵汪祁毛"
    "曾翟仇单解区查覃"
)
ELDER_RUN = (
    "秀兰桂珍玉梅淑英凤琴素芳菊香翠莲惠云腊梅德福长顺国柱建业守田永泰金生汉明克勤云阶大山水清"
    "炳文启元正康"
)
YOUNGER_RUN = "志远晓燕海涛丽娟文彬小芹向阳雪梅立新春燕卫东红霞少杰佳宁子轩雨桐浩然思齐明哲若曦"
ELDER_GIVEN = [ELDER_RUN[at : at + 2] for at in range(0, len(ELDER_RUN), 2)]
YOUNGER_GIVEN = [YOUNGER_RUN[at : at + 2] for at in range(0, len(YOUNGER_RUN), 2)]
# How neighbours speak of a woman and of a man who is no longer young; in Wuhan he is a 爹爹.
ELDER_HONORIFICS = ("婆婆",) * 10 + ("爹爹",) * 15


def elder(dice: Random) -> tuple[str, str]:
    """Return the name and honorific of somebody old."""
    given = dice.randrange(len(ELDER_GIVEN))
    return dice.choice(SURNAMES) + ELDER_GIVEN[given], ELDER_HONORIFICS[given]


def younger(dice: Random, surname: str = "") -> str:
    """Return the name of somebody younger, of this family where one is given."""
    return (surname or dice.choice(SURNAMES)) + dice.choice(YOUNGER_GIVEN)
