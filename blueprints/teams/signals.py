"""What rooms that come later must hear of a volunteer. Receivers never commit.

``volunteer_forgotten``: the volunteer is about to be forgotten, because the resident who they are
asked for it (个人信息保护法, article 47); name and phone are still there.

``publishing_refused``: the volunteer no longer agrees to be named in public (article 15)::

    @publishing_refused.connect
    def act(volunteer: Volunteer) -> None: ...
"""

from blinker import Namespace

volunteer_forgotten = Namespace().signal("volunteer-forgotten")
publishing_refused = Namespace().signal("publishing-refused")
