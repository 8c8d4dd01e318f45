"""Common reasons for decisions: the built-in ones, or an administrator's own."""

from __future__ import annotations

from rallymap.errors import InvalidEventError
from rallymap.events import clean_text
from rallymap.language import current_language, digits, mark, tr
from rallymap.moderation import MAX_REASON, Account, Permission, require
from rallymap.store import Database
from rallymap.store import reasons as stored

MOST = 30
"""Maximum number of reasons in a list."""
_BUILT_IN = (
    mark("Please give a link to an announcement or a report."),
    mark("Please give the place more exactly: city and country, and the square or building if it is public."),
    mark("Please check the date."),
    mark("Please use plain words, and put slogans and claims where they are asked for, with who said them."),
    mark("This event is listed already."),
    mark("This is not a public gathering of a diaspora."),
    mark("Your text or picture could put people at risk. Please leave out names and faces."),
)


def list_reasons(db: Database, account: Account) -> list[str]:
    """Return the common reasons in the reader's language.

    Raises
    ------
    RightsError
        If the account may not decide.
    """
    require(account, Permission.DECIDE)
    own = db.read(stored.list_reasons, current_language().code)
    return own or [tr(sentence) for sentence in _BUILT_IN]


def set_reasons(db: Database, text: str, *, account: Account) -> None:
    """Replace the common reasons of the reader's language; an empty text restores the built-in ones.

    Parameters
    ----------
    text
        One reason per line.

    Raises
    ------
    RightsError
        If the account is not an administrator.
    InvalidEventError
        For the field ``reasons``, if there are more than 30, or one is too long.
    """
    require(account, Permission.SET_REASONS)
    lines = [clean_text("reasons", line, max_length=MAX_REASON) for line in text.splitlines() if line.strip()]
    if len(lines) > MOST:
        raise InvalidEventError("reasons", tr("At most {most} reasons fit in the list.", most=digits(MOST)))
    db.write(stored.put_reasons, current_language().code, list(dict.fromkeys(lines)), actor=account.name)
