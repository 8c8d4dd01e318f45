"""Numbers in Chinese characters: "三百" is 300, "二〇二二年" 2022; "数百" (several hundred) is not converted."""

from __future__ import annotations

import re

_DIGITS = {character: number for number, character in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "兩": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = "万萬"
_COUNTED = re.compile(
    rf"(?<![数數几幾多上近成])[一二三四五六七八九两兩][〇零一二三四五六七八九两兩十百千{_MYRIADS}]*(?=[多余餘来來]?[人名]|[多余餘]|$)"
)
_DATE = re.compile(
    r"([一二三四五六七八九〇零]{4})年|(十[一二]?|[一二三四五六七八九])月|((?:[二三]?十)?[一二三四五六七八九]|[二三]?十)(?=[日号號])"
)
_NAMES_DAY = re.compile(r"[一二三四五六七八九〇零]{4}年|[一二三四五六七八九十]月[一二三四五六七八九十]{1,3}[日号號]")


def with_figures(text: str) -> str:
    """Convert numbers of people in Chinese characters to digits."""
    if text.isascii():
        return text
    return _COUNTED.sub(lambda match: str(_value(match[0])), text)


def with_date_figures(text: str) -> str:
    """Convert a date in Chinese characters to digits: "二〇二二年十一月"."""
    if _NAMES_DAY.search(text) is None:
        return text
    return _DATE.sub(_as_date, text)


def _as_date(match: re.Match[str]) -> str:
    if match[1]:
        return "".join(str(_DIGITS[character]) for character in match[1]) + "年"
    return f"{_value(match[2])}月" if match[2] else str(_value(match[3]))


def _value(characters: str) -> int:
    total = section = digit = 0
    for character in characters:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _UNITS:
            section += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            total += (section + digit) * 10_000
            section = digit = 0
    return total + section + digit
