"""Ask the person who is signed in for the password again, before an act that could take an account over (OWASP)."""

from __future__ import annotations

from rallymap.errors import SignInError
from rallymap.language import tr
from rallymap.moderation import Account
from rallymap.passwords import verify_password
from rallymap.store import Credentials, Database
from rallymap.store.accounts import get_credentials
from rallymap.workflows.rate_limits import check_rate_of_account


def check_current_password(db: Database, account: Account, password: str) -> Credentials:
    """Check the password of a signed-in account and return what its sign-in is checked against.

    Raises
    ------
    SignInError
        If the password is wrong, or the account is closed.
    RateLimitError
        After ten attempts within an hour.
    """
    check_rate_of_account(db, "password", account, db.now())
    known = db.read(get_credentials, account.name)
    if known is None or not verify_password(known.password_hash, password):
        raise SignInError(tr("The current password is wrong."))
    return known
