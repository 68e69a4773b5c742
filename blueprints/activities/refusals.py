"""What the rules of activities refuse, in plain words."""

from flask_babel import gettext as _

from core.errors import RuleBroken


class ActivityNotHeldYet(RuleBroken):
    def __str__(self) -> str:
        return _("活动还没开始，不能记到场。")


class ActivityHasAttendance(RuleBroken):
    """What took place cannot be called off afterwards."""

    def __str__(self) -> str:
        return _("已经记了到场，不能再取消。")


class AttendanceInLedger(RuleBroken):
    """Minutes that reached the ledger are mended there, by a correction."""

    def __str__(self) -> str:
        return _("这条时长已经送去确认了。要改请在时长台账里记一条更正。")


class SignupClosed(RuleBroken):
    """People sign up for what is to come; who came is noted on the list of the day."""

    def __str__(self) -> str:
        return _("活动已经开始或取消了，不能再报名或退出。到场由负责人记。")


class AlreadySignedUp(RuleBroken):
    def __str__(self) -> str:
        return _("已经报过名了。")


class CodeExpired(RuleBroken):
    """A code is good on site only: one that was passed on is soon worthless."""

    def __str__(self) -> str:
        return _("这张签到码过期了，或不在活动时间里。请在现场再扫一次，或请负责人记到场。")


class AlreadyNoted(RuleBroken):
    """Arriving is noted once, and so is leaving."""

    def __str__(self) -> str:
        return _("已经记过了，不用再签。要改请告诉负责人。")


class NotArrived(RuleBroken):
    """Who has not signed in cannot sign out."""

    def __str__(self) -> str:
        return _("还没有签到，先签到。")
