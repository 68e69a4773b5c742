"""What rooms that come later must hear of a volunteer.

A volunteer is about to be forgotten, because the resident who they are asked for it (个人信息保护法,
article 47); name and phone are still there. Receivers never commit::

    @volunteer_forgotten.connect
    def forget(volunteer: Volunteer) -> None: ...
"""

from blinker import Namespace

volunteer_forgotten = Namespace().signal("volunteer-forgotten")
