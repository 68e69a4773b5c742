"""Names that belong to nobody."""

from random import Random

SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严金魏陶姜谢邹喻苏潘葛范彭鲁"
    "马方俞任袁柳史唐费薛雷贺汤罗毕郝安常于傅齐康伍余顾孟黄穆萧尹姚邵汪祁毛"
    "曾翟仇单解区查覃"
)
WOMEN_RUN = "秀兰桂珍玉梅淑英凤琴素芳菊香翠莲惠云腊梅银枝雪娥细香月华"
MEN_RUN = "德福长顺国柱建业守田永泰金生汉明克勤云阶大山水清炳文启元正康"
YOUNGER_RUN = "志远晓燕海涛丽娟文彬小芹向阳立新春燕卫东红霞少杰佳宁子轩雨桐浩然思齐明哲若曦"


def given_names(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(0, len(run), 2)]


YOUNGER = given_names(YOUNGER_RUN)
# How neighbours speak of somebody old; in Wuhan an older man is a 爹爹.
ELDERS = [(name, "婆婆") for name in given_names(WOMEN_RUN)]
ELDERS += [(name, "爹爹") for name in given_names(MEN_RUN)]


def elder(dice: Random) -> tuple[str, str]:
    """Return the name and honorific of somebody old."""
    given, honorific = dice.choice(ELDERS)
    return dice.choice(SURNAMES) + given, honorific


def younger(dice: Random, surname: str = "") -> str:
    """Return the name of somebody younger, of this family where one is given."""
    return (surname or dice.choice(SURNAMES)) + dice.choice(YOUNGER)
