"""Persian ordinals for days of the month: "نهم مهر", "بیست و پنجم آبان"."""

from __future__ import annotations

import re
from functools import cache

_ONES = "یکم دوم سوم چهارم پنجم ششم هفتم هشتم نهم".split()
_TEENS = "دهم یازدهم دوازدهم سیزدهم چهاردهم پانزدهم شانزدهم هفدهم هجدهم نوزدهم بیستم".split()
_TENS = {"بیست": 20, "سی": 30}
_ALSO = {"اول": 1, "یك‌م": 1, "سی ام": 30, "سی‌ام": 30, "سی‌اُم": 30, "هیجدهم": 18}


def figures_of_ordinals(text: str) -> str:
    """Replace Persian ordinals of days by digits; other texts are unchanged."""
    if not any(ending in text for ending in ("م", "اول")):
        return text
    return _pattern().sub(lambda match: f" {_numbers()[' '.join(match[0].split())]} ", text)


@cache
def _numbers() -> dict[str, int]:
    found = dict(_ALSO)
    found |= {word: number for number, word in enumerate((*_ONES, *_TEENS), 1)}
    for ten, tens in _TENS.items():
        found |= {f"{ten} و {word}": tens + number for number, word in enumerate(_ONES, 1) if tens + number <= 31}
    return found


@cache
def _pattern() -> re.Pattern[str]:
    words = sorted(_numbers(), key=lambda word: -len(word))
    return re.compile(r"(?<![^\W\d_])(?:" + "|".join(map(re.escape, words)) + r")(?![^\W\d_])")
