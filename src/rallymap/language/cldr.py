"""CLDR's data for a language, through Babel, with no data shared between languages."""

from __future__ import annotations

from functools import cache
from threading import RLock
from typing import Any

from babel import Locale, localedata

_LOCK = RLock()
"""Prevents two threads from copying the data of the same language at the same time."""


def cldr_locale(code: str) -> Locale:
    """Return Babel's locale for a BCP 47 tag ("en-GB", "zh-Hant"), with its own copy of the data.

    Babel 2.18 resolves references within its data in place, and languages share inherited data: after a page in
    Chinese, Hebrew months were "1月". So each language gets its own copy before the first use. No other module may
    create a Babel locale.

    Raises
    ------
    UnknownLocaleError, ValueError
        If CLDR does not know the language, or the tag is invalid.
    """
    with _LOCK:
        return _unshared_locale(code)


@cache
def _unshared_locale(code: str) -> Locale:
    locale = Locale.parse(code, sep="-")
    shared = localedata.load(str(locale))
    # Never leave the cache entry empty or partial: other threads may be reading the same data under another tag.
    shared.update({key: _copied(value) for key, value in shared.items()})
    return locale


def _copied(value: Any) -> Any:
    """Copy the parts of nested data that Babel changes in place; patterns and texts stay shared.

    ``copy.deepcopy`` takes ten times as long.
    """
    if isinstance(value, dict):
        return {key: _copied(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(map(_copied, value))
    return value
