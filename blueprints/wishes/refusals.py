"""Why a step is refused, each named for the rule it protects."""

from flask_babel import gettext as _

from blueprints.wishes.states import STATE_NAMES
from core.errors import RuleBroken


class WishInWrongState(RuleBroken):
    """The wish is not where this step begins; somebody was quicker, or the page is old."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state

    def __str__(self) -> str:
        return _("这个心愿现在是“%(state)s”，这一步做不了。", state=STATE_NAMES[self.state])


class WishAlreadyClaimed(RuleBroken):
    def __str__(self) -> str:
        return _("刚刚被别人认领了。")


class AlreadyTakingPart(RuleBroken):
    """One place in a claim for each person."""

    def __str__(self) -> str:
        return _("您已经在办这个心愿了。")


class OnePhotoOnly(RuleBroken):
    """A claim shows one picture of what was done."""

    status = 422

    def __str__(self) -> str:
        return _("一个心愿只放一张照片，这张没有收。")


class NotTakingPart(RuleBroken):
    def __str__(self) -> str:
        return _("您没有一起办这个心愿。")


class OwnFulfilmentCannotBeConfirmed(RuleBroken):
    """Someone who had no part in it asks the resident."""

    def __str__(self) -> str:
        return _("要请另一位同事回访，自己办的不能自己确认。")


class PublishingDeclined(RuleBroken):
    """Publishing needs a consent of its own (个人信息保护法, article 25); a no is a no."""

    def __str__(self) -> str:
        return _("这家说过不愿意公开，这个心愿不能上墙。")
