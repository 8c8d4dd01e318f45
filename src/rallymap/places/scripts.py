"""Scripts of names: the countries where a script is used, and how reliable a name in it is."""

from __future__ import annotations

import functools
from typing import Final

# Unicode blocks and the countries whose towns have official names in them.
_HOMES: Final = (
    ("\u0370", "\u03ff", "GR CY AL"),
    ("\u0400", "\u052f", "RU UA BY BG RS MK ME BA KZ KG TJ MN MD XK UZ GE AM AZ TM"),
    ("\u0530", "\u058f", "AM"),
    ("\u0590", "\u05ff", "IL PS"),
    (
        "\u0600", "\u077f",
        "IR IQ SY LB JO PS IL EG SA AE QA KW BH OM YE SD LY TN DZ MA EH MR SO DJ KM TD ER AF PK IN TJ CN TR",
    ),
    ("\u0900", "\u0dff", "IN NP BD LK"),
    ("\u0e00", "\u0e7f", "TH"),
    ("\u0e80", "\u0eff", "LA"),
    ("\u0f00", "\u0fff", "CN BT IN NP"),
    ("\u1000", "\u109f", "MM"),
    ("\u10a0", "\u10ff", "GE"),
    ("\u1200", "\u139f", "ET ER"),
    ("\u1780", "\u17ff", "KH"),
    ("\u3040", "\u30ff", "JP"),
    ("\u3400", "\u9fff", "CN TW HK MO JP SG MY KR"),
    ("\uac00", "\ud7af", "KR KP CN"),
)  # fmt: skip
_HOME_SETS: Final = tuple((low, high, frozenset(codes.split())) for low, high, codes in _HOMES)
_CJK: Final = (("\u3040", "\u30ff"), ("\u3400", "\u9fff"), ("\uac00", "\ud7af"))
_NO_VOWELS: Final = ("\u0590", "\u08ff")  # Hebrew, Arabic and Syriac write mainly consonants


@functools.lru_cache(maxsize=256)
def _homes_of(letter: str) -> frozenset[str] | None:
    return next((codes for low, high, codes in _HOME_SETS if low <= letter <= high), None)


def is_foreign_script(key: str, country: str) -> bool:
    """Return whether a folded name is in a script that is not used for town names in the country (alpha-2)."""
    if key.isascii():
        return False
    homes = _homes_of(key[0])
    return homes is not None and country not in homes


def is_native_script(key: str, country: str) -> bool:
    """Return whether a folded name is in a non-Latin script that is used for town names in the country (alpha-2)."""
    return not key.isascii() and country in (_homes_of(key[0]) or ())


def has_vowels(key: str) -> bool:
    """Return whether the script of a folded name writes vowels, so that it can be matched by sound."""
    return not any(_NO_VOWELS[0] <= letter <= _NO_VOWELS[1] for letter in key)


def is_cjk(word: str) -> bool:
    """Return whether a folded word begins with a Chinese, Japanese or Korean character."""
    return any(low <= word[:1] <= high for low, high in _CJK)


def is_thai(word: str) -> bool:
    """Return whether a folded word begins with a Thai letter; Thai writes no spaces between words."""
    return "\u0e00" <= word[:1] <= "\u0e7f"


def is_han(word: str) -> bool:
    """Return whether a word begins with a Chinese character, whose sound does not determine a foreign spelling."""
    return "\u3400" <= word[:1] <= "\u9fff"
