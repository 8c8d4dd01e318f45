"""Ask the person who is signed in for the password again, before an act that could take an account over (OWASP).

To check a password takes long on purpose, and nobody else waits for it. So the act's own transaction looks whether
somebody changed the password meanwhile: who knows the old one must not act on it, least of all put it back.
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


def present_credentials(tx: Reading, known: Credentials, password: str) -> Credentials | None:
    """Return what opens an account now, where that is still the password and the second factor that were checked.

    Parameters
    ----------
    known
        What they were checked against, before this transaction.
    """
    now = get_credentials(tx, known.account.name)
    if now is None or now.totp_secret != known.totp_secret:
        return None
    # Another sign-in may have hashed the same password anew.
    is_same = now.password_hash == known.password_hash or verify_password(now.password_hash, password)
    return now if is_same else None


def require_present(tx: Reading, known: Credentials, password: str) -> None:
    """Refuse an act where the password or the second factor was changed since it was checked.

    Raises
    ------
    SignInError
        If so, or the account was closed.
    """
    if present_credentials(tx, known, password) is None:
        raise SignInError(tr("The current password is wrong."))
