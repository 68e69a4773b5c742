"""The login manager; the accounts room teaches it whom a session belongs to."""

from flask_login import LoginManager

login_manager = LoginManager()
# A new address is common on a phone; the session row, not the address, says who it is.
login_manager.session_protection = None
