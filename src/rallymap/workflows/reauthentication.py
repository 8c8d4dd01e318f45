"""Ask the signed-in person for the password again before an action that could take over an account (OWASP).

Checking a password is slow on purpose and runs outside the transaction. The action's own transaction therefore verifies
that the password has not changed meanwhile: somebody who knows the old one must not use it, least of all to restore it.
"""

from __future__ import annotations

from rallymap.errors import SignInError
from rallymap.language import tr
from rallymap.moderation import Account
from rallymap.passwords import verify_password
from rallymap.store import Credentials, Database, Reading
from rallymap.store.accounts import get_credentials
from rallymap.workflows.rate_limits import check_rate_of_account


def check_current_password(db: Database, account: Account, password: str) -> Credentials:
    """Verify the password of a signed-in account and return the credentials it was checked against.

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


def present_credentials(tx: Reading, known: Credentials, password: str) -> Credentials | None:
    """Return the current credentials if password and second factor are still those that were verified.

    Parameters
    ----------
    known
        The credentials that were verified before this transaction.
    """
    now = get_credentials(tx, known.account.name)
    if now is None or now.totp_secret != known.totp_secret:
        return None
    # Another sign-in may have rehashed the same password.
    is_same = now.password_hash == known.password_hash or verify_password(now.password_hash, password)
    return now if is_same else None


def require_present(tx: Reading, known: Credentials, password: str) -> None:
    """Refuse an action if the password or the second factor changed after it was verified.

    Raises
    ------
    SignInError
        If it changed, or the account was closed.
    """
    if present_credentials(tx, known, password) is None:
        raise SignInError(tr("The current password is wrong."))
