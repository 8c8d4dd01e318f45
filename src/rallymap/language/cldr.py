"""CLDR's data for a language, through Babel, with nothing shared between languages."""

from __future__ import annotations

from functools import cache
from threading import RLock
from typing import Any

from babel import Locale, localedata

_LOCK = RLock()
"""Two pages that need a language for the first time at once would both copy and put back its data."""


def cldr_locale(code: str) -> Locale:
    """Return Babel's locale for a BCP 47 tag ("en-GB", "zh-Hant"), whose data are its own.

    Babel 2.18 resolves references within its data in place, and languages share what they inherit: once a page
    had been written in Chinese, months of Hebrew were "1月". So each language gets a copy before anybody reads it;
    no other module asks Babel for a locale.

    Raises
    ------
    UnknownLocaleError, ValueError
        If CLDR does not know the language, or the tag is none.
    """
    with _LOCK:
        return _locale_of_its_own(code)


@cache
def _locale_of_its_own(code: str) -> Locale:
    locale = Locale.parse(code, sep="-")
    shared = localedata.load(str(locale))
    # Never empty and never of another size: other threads may be reading the same data under another tag.
    shared.update({key: _copied(value) for key, value in shared.items()})
    return locale


def _copied(value: Any) -> Any:
    """Return a copy of nested data whose parts that Babel changes in place are its own; patterns and texts are shared.

    ``copy.deepcopy`` takes ten times as long.
    """
    if isinstance(value, dict):
        return {key: _copied(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(map(_copied, value))
    return value
