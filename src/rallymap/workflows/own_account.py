"""The signed-in account: its second factor, recovery codes and sessions."""

from __future__ import annotations

import pyotp

from rallymap.errors import ModerationError, SignInError
from rallymap.language import tr
from rallymap.moderation import Account, Permission, require
from rallymap.store import Credentials, Database
from rallymap.store import sessions as stored
from rallymap.store.accounts import get_credentials, set_totp_secret
from rallymap.store.recovery import count_recovery_codes, make_recovery_codes
from rallymap.store.sessions import Session
from rallymap.workflows.reauthentication import check_current_password, require_present
from rallymap.workflows.sessions import use_one_time_code, use_second_factor


def new_secret(name: str, site_name: str) -> tuple[str, str]:
    """Return a base32 secret for a second factor, and the ``otpauth:`` URL that an authenticator app reads."""
    secret = pyotp.random_base32()
    return secret, pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=site_name)


def recovery_codes_left(db: Database, account: Account) -> int | None:
    """Return how many recovery codes are left; None if the account has no second factor.

    Raises
    ------
    RightsError
        If nobody is signed in; all functions here raise it.
    """
    require(account, Permission.OWN_ACCOUNT)
    known = db.read(get_credentials, account.name)
    if known is None or not known.totp_secret:
        return None
    return db.read(count_recovery_codes, account.name)


def set_second_factor(
    db: Database, secret: str, *, current: str, code: str, session: str, account: Account
) -> list[str]:
    """Set up a second factor and return its recovery codes; all other sessions end.

    Parameters
    ----------
    secret
        The secret from :func:`new_secret`.
    current
        The account's password.
    code
        The code that the app shows for the new secret.
    session
        Token of the session that continues, "" for none.

    Raises
    ------
    SignInError
        If password or code is wrong; nothing is changed then.
    ModerationError
        If the account already has a second factor; remove it first, with one of its codes.
    RateLimitError
        After ten attempts within an hour.
    """
    require(account, Permission.OWN_ACCOUNT)
    known = check_current_password(db, account, current)
    if known.totp_secret:
        raise ModerationError(tr("This account already has a second factor; remove it first."))
    if not use_one_time_code(db, Credentials(account, "", secret), code, db.now()):
        raise SignInError(tr("The code is wrong, or was used already."))
    with db.writing() as tx:
        require_present(tx, known, current)
        set_totp_secret(tx, account.name, secret, actor=account.name, keep_session=session)
        return make_recovery_codes(tx, account.name, actor=account.name)


def remove_second_factor(db: Database, *, current: str, code: str, session: str, account: Account) -> None:
    """Remove the second factor and its recovery codes; all other sessions end. Raises what setting it up raises.

    Parameters
    ----------
    code
        A one-time or recovery code.
    """
    require(account, Permission.OWN_ACCOUNT)
    known = _check_both(db, account, current, code)
    with db.writing() as tx:
        require_present(tx, known, current)
        set_totp_secret(tx, account.name, "", actor=account.name, keep_session=session)


def renew_recovery_codes(db: Database, *, current: str, code: str, account: Account) -> list[str]:
    """Return new recovery codes; the old ones stop working. Raises what setting up a second factor raises.

    Parameters
    ----------
    code
        A one-time or recovery code.
    """
    require(account, Permission.OWN_ACCOUNT)
    known = _check_both(db, account, current, code)
    with db.writing() as tx:
        require_present(tx, known, current)
        return make_recovery_codes(tx, account.name, actor=account.name)


def list_sessions(db: Database, session: str, *, account: Account) -> list[Session]:
    """Return the account's sessions, newest first; `session` is the token of the current one."""
    require(account, Permission.OWN_ACCOUNT)
    return db.read(stored.list_sessions, account, session)


def end_session(db: Database, session_id: str, *, account: Account) -> None:
    """End one of the account's own sessions; sessions of other accounts are not affected."""
    require(account, Permission.OWN_ACCOUNT)
    db.write(stored.end_session, account, session_id)


def end_other_sessions(db: Database, session: str, *, account: Account) -> None:
    """End all sessions of the account except the one with this token."""
    require(account, Permission.OWN_ACCOUNT)
    db.write(stored.end_other_sessions, account, session)


def _check_both(db: Database, account: Account, current: str, code: str) -> Credentials:
    known = check_current_password(db, account, current)
    if not (known.totp_secret and use_second_factor(db, known, code, db.now())):
        raise SignInError(tr("The code is wrong, or was used already."))
    return known
