"""What a visit may bring to rooms that come later.

A visit's form can collect a wish, but wishes are a later room, which this one does not import.
That room connects to the signal instead::

    from blueprints.visits.extras import wish_heard

    @wish_heard.connect
    def collect_from_visit(visit: Visit, *, by: User, what: str, kind: str) -> None: ...

``kind`` is one of ``WISH_KINDS``. The signal is sent inside the visit's transaction, after the
visit has its id and before the commit: what a receiver adds is saved with the visit or not at
all, and a ``RuleBroken`` that it raises refuses both. Receivers never commit. The form offers
the wish only while somebody is connected.
"""

from blinker import Namespace
from flask_babel import lazy_gettext as _l

WISH_KINDS = {"thing": _l("要样东西"), "help": _l("请人帮忙"), "company": _l("有人陪伴")}

wish_heard = Namespace().signal("wish-heard")
