"""Hash and verify passwords with Argon2id, in the same time whether the account exists or not."""

from __future__ import annotations

import threading
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from rallymap.errors import WeakPasswordError
from rallymap.language import digits, mark, tr

MIN_LENGTH = 12
MAX_LENGTH = 200

_MAX_CHECKED, _GOOD_SCORE = 72, 3  # characters for zxcvbn, whose run time grows with them; minimum score (0 to 4)

_hasher = PasswordHasher()  # RFC 9106's second recommendation: 3 passes over 64 MiB
WARNINGS = (
    mark("Straight rows of keys are easy to guess."),
    mark("Short keyboard patterns are easy to guess."),
    mark('Repeats like "aaa" are easy to guess.'),
    mark('Repeats like "abcabcabc" are only slightly harder to guess than "abc".'),
    mark('Sequences like "abc" or "6543" are easy to guess.'),
    mark("Recent years are easy to guess."),
    mark("Dates are often easy to guess."),
    mark("This is a top-10 common password."),
    mark("This is a top-100 common password."),
    mark("This is a very common password."),
    mark("This is similar to a commonly used password."),
    mark("A word by itself is easy to guess."),
    mark("Names and surnames by themselves are easy to guess."),
    mark("Common names and surnames are easy to guess."),
)
"""zxcvbn's feedback sentences (zxcvbn/feedback.py), listed here for translation; a test compares the lists."""

# Each check takes 64 MiB for a moment; many in parallel could exhaust the machine's memory.
_at_once = threading.BoundedSemaphore(2)


def check_new_password(password: str, *known: str) -> None:
    """Reject a new password that is easy to guess by zxcvbn's estimate (under 10^8 guesses).

    Parameters
    ----------
    password
        As typed.
    known
        Words that an attacker would try, such as the account's name.

    Raises
    ------
    WeakPasswordError
        With zxcvbn's reason, if it gives one.
    """
    _check_length(password)
    found = zxcvbn(password[:_MAX_CHECKED], user_inputs=["rallymap", *known])
    if found["score"] < _GOOD_SCORE:
        warning = found["feedback"]["warning"]
        if not warning:
            raise WeakPasswordError(tr("This password is easy to guess. Use several unrelated words."))
        raise WeakPasswordError(
            tr("This password is easy to guess. {why} Use several unrelated words.", why=tr(warning))
        )


def hash_password(password: str) -> str:
    """Return the Argon2id hash of a password, including parameters and salt.

    Raises
    ------
    WeakPasswordError
        If the password has fewer than 12 or more than 200 characters, or repeats a single character.
    """
    _check_length(password)
    with _at_once:
        return _hasher.hash(password)


def _check_length(password: str) -> None:
    if len(password) < MIN_LENGTH:
        raise WeakPasswordError(
            tr(
                "A password needs at least {least} characters; this one has {length}.",
                least=digits(MIN_LENGTH),
                length=digits(len(password)),
            )
        )
    if len(password) > MAX_LENGTH:
        raise WeakPasswordError(
            tr(
                "A password has at most {most} characters; this one has {length}.",
                most=digits(MAX_LENGTH),
                length=digits(len(password)),
            )
        )
    if len(set(password)) == 1:
        raise WeakPasswordError(tr("This password repeats one character; choose another."))


def verify_password(password_hash: str | None, password: str) -> bool:
    """Return whether a password matches a hash.

    Parameters
    ----------
    password_hash
        Return value of :func:`hash_password`, or None if the account does not exist: the same work is done and the
        result is False, so that the run time does not reveal which accounts exist.
    password
        As typed.
    """
    with _at_once:
        try:
            return _hasher.verify(password_hash or _hash_of_nothing(), password[: MAX_LENGTH + 1]) and bool(
                password_hash
            )
        except (VerificationError, InvalidHashError):
            return False


def needs_rehash(password_hash: str) -> bool:
    """Return whether a hash has weaker parameters than today's; if so, rehash at the next sign-in."""
    return _hasher.check_needs_rehash(password_hash)


@cache
def _hash_of_nothing() -> str:
    return _hasher.hash("no account has this password")
