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

# Everything on file about a resident is being gathered for them (article 45). A receiver returns
# a ``PersonSheet`` (``person_file.py``) of its own room, with the photos that belong to it::
#     @person_gathered.connect
#     def tell(resident: Resident) -> PersonSheet: ...
person_gathered = Namespace().signal("person-gathered")

# A resident asked to be forgotten (article 47). ``alone`` says that nobody else of the household
# is known, so that what was written about it was about them. Receivers blank words and keep
# figures; they never commit. One that takes photos out of its records returns their ids::
#     @person_erased.connect
#     def forget(resident: Resident, *, alone: bool) -> Collection[int] | None: ...
person_erased = Namespace().signal("person-erased")

# What is written about homes is kept too long (article 19). A receiver tells what there is, as
# ``Written`` (``retention.py``), and blanks it; one that takes photos out returns their ids::
#     @written_about.connect
#     def tell(homes: Select[tuple[int]]) -> list[Written]: ...
#     @written_let_go.connect
#     def forget(homes: Select[tuple[int]]) -> Collection[int] | None: ...
written_about = Namespace().signal("written-about")
written_let_go = Namespace().signal("written-let-go")

# Two records of one household became one. What either of them had hangs on ``household`` now; what
# a room reckons from it must be reckoned anew::
#     @households_merged.connect
#     def reckon_anew(household: Household) -> None: ...
households_merged = Namespace().signal("households-merged")
