"""What rooms that come later must hear of a household.

A consent that is refused or withdrawn ends what rests on it at once (个人信息保护法, article 15):
wishes leave the wall, sheets come off the walls. Those rooms are later ones; they connect::

    @consent_refused.connect
    def act(resident: Resident, *, kind: str, by: User) -> None: ...

The signal is sent inside the transaction of the answer, after it has been written down. What a
receiver changes is saved with the answer or not at all. Receivers never commit.
"""

from blinker import Namespace

consent_refused = Namespace().signal("consent-refused")
