"""What rooms that come later must hear of an account."""

from blinker import Namespace

# An account was closed, inside the transaction that closes it. What opens a door for its person
# without a login closes with it; receivers never commit::
#     @account_closed.connect
#     def act(user: User) -> None: ...
account_closed = Namespace().signal("account-closed")
