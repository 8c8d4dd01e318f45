"""One-time links, created by an administrator, that set a new password for an account."""

from __future__ import annotations

from rallymap.attempts import AtMost, Claim
from rallymap.errors import ModerationError, RateLimitError, SignInError
from rallymap.language import mark, tr
from rallymap.moderation import Account, Permission, require
from rallymap.passwords import check_new_password, hash_password
from rallymap.store import Credentials, Database
from rallymap.store import recovery as stored
from rallymap.store.accounts import set_password_hash
from rallymap.workflows.reauthentication import check_current_password, require_present
from rallymap.workflows.sessions import MAX_TOKEN, use_second_factor

OVER = mark("This link was used already or has expired; ask an administrator for a new one.")
_CODES_AN_HOUR = 10


def make_reset(db: Database, name: str, *, current: str, account: Account) -> str:
    """Create a password-reset link for an account and return its token; it works once, for 24 hours.

    Parameters
    ----------
    current
        The administrator's own password: somebody who finds their browser open must not take over accounts.

    Raises
    ------
    RightsError, SignInError, RateLimitError
        If the account is not an administrator, or the password is wrong or was wrong too often.
    ModerationError
        If it is the administrator's own account: they change its password with the current one.
    StoreError
        If there is no open account of this name.
    """
    require(account, Permission.MANAGE_ACCOUNTS)
    if name == account.name:
        raise ModerationError(tr("This is your own account; another administrator can change or close it."))
    known = check_current_password(db, account, current)
    with db.writing() as tx:
        require_present(tx, known, current)
        return stored.make_reset(tx, name, actor=account.name)


def read_reset(db: Database, token: str) -> Credentials | None:
    """Return the account of a reset link; None if the link was used, has expired or does not exist."""
    return db.read(stored.get_reset, token) if len(token) <= MAX_TOKEN else None


def use_reset(db: Database, token: str, *, password: str, code: str = "") -> None:
    """Set a new password by a reset link; the link is used up, and all sessions of the account end.

    Parameters
    ----------
    code
        A one-time or recovery code, if the account has a second factor: the link alone does not suffice.

    Raises
    ------
    SignInError
        If the link or the code is not valid; after a wrong code the link stays valid.
    RateLimitError
        After ten codes within an hour.
    WeakPasswordError
        If the password is too short, too long or easy to guess; the link stays valid.
    """
    known, now = read_reset(db, token), db.now()
    if known is None:
        raise SignInError(tr(OVER))
    check_new_password(password, known.account.name)
    if known.totp_secret:
        wait_s = db.attempts.take(Claim("reset", token, AtMost(_CODES_AN_HOUR)), now_s=now.timestamp())
        if wait_s > 0:
            raise RateLimitError(tr("Too many wrong codes. Try again in an hour."), retry_after_s=wait_s)
        if not use_second_factor(db, known, code, now):
            raise SignInError(tr("The code is wrong, or was used already."))
    password_hash = hash_password(password)
    with db.writing() as tx:
        present = stored.get_reset(tx, token)
        if present is None or present.totp_secret != known.totp_secret:  # the second factor changed meanwhile
            raise SignInError(tr(OVER))
        set_password_hash(tx, known.account.name, password_hash, actor=known.account.name)
