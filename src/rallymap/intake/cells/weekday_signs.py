"""Weekdays next to a date, in brackets or in Chinese, Japanese and Korean characters: "12/6/2020 (五)", "(sobota)"."""

from __future__ import annotations

import re

from rallymap.intake.cells.month_names import weekdays_of

_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CHARACTERS = {
    character: _NAMES[number]
    for characters in ("一二三四五六日", "月火水木金土日", "월화수목금토일")
    for number, character in enumerate(characters)
} | {"天": "sun"}
_IN_BRACKETS = re.compile(r"[(（]\s*([^()（）\d]{1,14}?)\.?\s*[)）]")
_WORD = re.compile(r"(?:星期|週|周|礼拜|禮拜)([一二三四五六日天])|([月火水木金土日])曜日?|([월화수목금토일])요일")
_PERSIAN_DAYS = {"یک": 6, "دو": 0, "سه": 1, "چهار": 2, "پنج": 3}
_PERSIAN = re.compile(r"(?<![^\W_])(یک|دو|سه|چهار|پنج)[\s\u200c]?[شس]نبه(?![^\W_])")
"""Includes the space or zero-width character within these words; "شنبه" alone is Saturday."""


def write_weekdays(text: str) -> str:
    """Replace the weekday of a folded date by a plain word: "12/6/2020 (五)" is "12/6/2020 fri"."""
    text = _PERSIAN.sub(lambda match: f" {_NAMES[_PERSIAN_DAYS[match[1]]]} ", text)
    text = _WORD.sub(lambda match: f" {_CHARACTERS[match[1] or match[2] or match[3]]} ", text)
    return _IN_BRACKETS.sub(_without_brackets, text)


def _without_brackets(match: re.Match[str]) -> str:
    word = match[1].strip().casefold()
    if name := _CHARACTERS.get(word):
        return f" {name} "
    return f" {word} " if weekdays_of(word) or word in _NAMES else match[0]
