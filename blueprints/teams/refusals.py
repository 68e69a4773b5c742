"""What the rules of teams and of the hours ledger refuse, in plain words."""

from flask_babel import gettext as _

from core.errors import RuleBroken


class OwnHoursCannotBeConfirmed(RuleBroken):
    """Someone else confirms: not the volunteer, and not who proposed the time."""

    def __str__(self) -> str:
        return _("时长要由别人确认，不能自己确认自己的。")


class EntryAlreadyDecided(RuleBroken):
    """An entry is decided once; a mistake is mended by a correction."""

    def __str__(self) -> str:
        return _("这一条已经有结果了。要改请记一条更正。")


class NoTimeServed(RuleBroken):
    """A line of the ledger holds time: zero is none, and less than none is a correction."""

    def __str__(self) -> str:
        return _("时长要多于 0 分钟。")


class MoreThanADay(RuleBroken):
    """Nobody serves more than 24 hours on one day."""

    def __str__(self) -> str:
        return _("一天最多 24 小时，这条时长超过了。")


class ServedInTheFuture(RuleBroken):
    """The ledger holds what was done, not what is planned."""

    def __str__(self) -> str:
        return _("这一天还没到，做完了再记。")


class OnlyConfirmedCanBeCorrected(RuleBroken):
    """What waits is decided; what was refused never counted; a correction is not corrected."""

    def __str__(self) -> str:
        return _("只有已确认的原始记录才能更正。")


class CorrectedBelowZero(RuleBroken):
    """Corrections can take back what a line says, not more."""

    def __str__(self) -> str:
        return _("减得太多了：连同还没确认的更正，这一条会少于 0 分钟。")


class MembershipEndsTooEarly(RuleBroken):
    """A term ends on or after the day it began, and not in the future."""

    def __str__(self) -> str:
        return _("离队日期要在入队之后、今天或以前。")


class AlreadyInTeam(RuleBroken):
    """One person has one current term in one team."""

    def __str__(self) -> str:
        return _("这个人已经在队里了。")


class GuardianHasNotAgreed(RuleBroken):
    """Nothing is noted of a child under 14 until a guardian agrees (个人信息保护法, article 31)."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        return _("%(name)s未满 14 岁，监护人同意以后才能报名、记到场。", name=self.name)


class ResidentAlreadyLinked(RuleBroken):
    """One resident is one volunteer."""

    def __str__(self) -> str:
        return _("这位居民已经连着另一位志愿者了。")


class OwnAccountLinkedByAnother(RuleBroken):
    """Who could take their name off their own hours could then confirm them."""

    def __str__(self) -> str:
        return _("自己的账号要请别人来改：连着账号，才不会自己确认自己的时长。")


class AccountHasVouched(RuleBroken):
    """Somebody who confirmed a person's hours cannot turn out to be that person."""

    def __str__(self) -> str:
        return _("这个账号确认或退回过这位的时长，不能连成同一个人。")
