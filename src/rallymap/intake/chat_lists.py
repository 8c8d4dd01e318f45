"""Parse a list of cities as people send it in a chat message: one city to a line, with flags, bullets and dashes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from rallymap.errors import InvalidEventError
from rallymap.intake.cells.times import read_times
from rallymap.intake.written_dates import read_date

_STAMP = re.compile(
    r"^\[?\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{2,4},? \d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[ap]\.?m\.?)?(?:\] ?| - )"
    r"[^:：]{1,60}[:：]\s*",
    re.IGNORECASE,
)
"""Time and sender, as programs write them before each message that is copied."""
_BULLET = re.compile(r"^(?:[-–—*>]\s+|[•·‣▪●○◦➤►→✓✔]\s*)(?=\S)")
_NUMBER = re.compile(r"^(\d{1,3})[.)]\s+(?=\D)")
_BETWEEN = re.compile(r"\s+[-–—|/]+\s+|[,;،؛、，；|]\s*|[:：]\s+|：|\t+")
"""What people put between city, place and time; a colon within a time has no space after it."""
_INVISIBLE = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufe0e\ufe0f\u200d\u20e3]")
_FLAG_A, _FLAG_Z = 0x1F1E6, 0x1F1FF
_CLOCK = re.compile(r"\d{1,2}[:.h]\d{2}|\d{1,2}\s?(?:h|[ap]\.?m\.?)(?!\w)", re.IGNORECASE)
_START_OF_RANGE = re.compile(r"\d[\d:.h]*\s?(?:uhr|[ap]\.?m\.?)?\s*[-–—]\s*(?=\d)", re.IGNORECASE)
_ENDS_SENTENCE = tuple("!?…:؟！？：")
_MOST_WORDS_OF_TIME = 4
_PARTICLES = frozenset(
    "a al am an and auf d da das de del della den der des di do du e el en et i im in ja la las le les los of og on op "
    "os sur the to und upon van vom von y".split()
)
"""Words within names of towns that are written small."""


@dataclass(frozen=True, slots=True)
class ChatLine:
    """One line: its city, exact location, day and time as written, and the country of its flag; "" for missing ones."""

    city: str
    venue: str = ""
    date: str = ""
    time: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class ChatList:
    """The lines that name a city, and the others as written."""

    lines: tuple[ChatLine, ...]
    left_out: tuple[str, ...]


def is_chat_list(text: str) -> bool:
    """Return whether a text is a list from a message and not a table: it has signs that no table has at its lines."""
    lines = [bare for line in text.splitlines() if (bare := _INVISIBLE.sub("", line).strip())]
    if not lines or any("\t" in line for line in lines):
        return False
    marked = sum(
        _STAMP.match(line) is not None
        or _BULLET.match(line) is not None
        or _is_pictograph(line[0])
        or any(map(_is_flag, line))
        for line in lines
    )
    is_without_cells = not any(re.search(r"[,;]", line) for line in lines)
    has_parts = any(_BETWEEN.search(line) or _CLOCK.search(line) for line in lines)
    return marked > 0 or _are_numbered(lines) or (is_without_cells and has_parts)


def read_chat_list(text: str) -> ChatList:
    """Parse the list.

    The first part of a line is its city. A part that is a time of day or a day is that, wherever it is; all others are
    the exact location. A line that is a sentence is left out.
    """
    found, left_out = list[ChatLine](), list[str]()
    for written in text.splitlines():
        line = _INVISIBLE.sub("", written).strip()
        line = _STAMP.sub("", line, count=1)
        country = _country_of_flag(line)
        bare = "".join(" " if _is_pictograph(sign) else sign for sign in line).strip()
        bare = _NUMBER.sub("", _BULLET.sub("", bare, count=1).strip(), count=1).strip()
        if not any(map(str.isalpha, bare)):
            continue
        read = _read_line(bare, country)
        if read is None:
            left_out.append(" ".join(written.split()))
        else:
            found.append(read)
    return ChatList(tuple(found), tuple(left_out))


def _read_line(line: str, country: str) -> ChatLine | None:
    at, day, parts = "", "", list[str]()
    for part in filter(None, map(str.strip, _BETWEEN.split(line.strip("*_ ")))):
        if not at and _is_time(part):
            at = part
        elif not day and _is_day(part):
            day = part
        else:
            parts.append(part)
    if not at:
        at, parts = _time_within(parts)
    if not parts or _is_sentence(line, parts, has_time=bool(at)):
        return None
    # "Saturday 12 December: Oslo": what has a number is no city, if another part has none.
    city = next((part for part in parts if not any(map(str.isdecimal, part))), parts[0])
    parts.remove(city)
    return ChatLine(city, ", ".join(parts), day, at, country)


def _time_within(parts: Sequence[str]) -> tuple[str, list[str]]:
    """Return the time that is one of several words of a part, and the parts without it."""
    for number, part in enumerate(parts):
        words = part.split()
        for length in range(min(_MOST_WORDS_OF_TIME, len(words) - 1), 0, -1):
            for first in range(len(words) - length + 1):
                some = " ".join(words[first : first + length])
                before, after = " ".join(words[:first]), " ".join(words[first + length :])
                # "Platz 14" ends with the number of a house: a time there has a word of its own, or is like a clock.
                if _is_time(some) and (not after or _CLOCK.search(some) or some[0].isdecimal()):
                    return some, [*parts[:number], *filter(None, (before, after)), *parts[number + 1 :]]
    return "", list(parts)


def _is_time(text: str) -> bool:
    # Of a range, words that belong to no time are not reported: its end alone is strict.
    end = _START_OF_RANGE.sub("", text)
    read = read_times(end)
    return not end.strip(" .").isdecimal() and read.start is not None and not read.remark


def _is_day(text: str) -> bool:
    try:
        return any(map(str.isdecimal, text)) and read_date("date", text).start is not None
    except InvalidEventError:
        return False


def _is_sentence(line: str, parts: Sequence[str], *, has_time: bool) -> bool:
    """Return whether a line says something else than where: "Please share!", "Hi all, here is the list"."""
    if has_time and len(parts) > 1:
        return False
    words = [word.strip("()'’\"") for word in parts[0].split()]
    small = [word for word in words if word[:1].islower() and word.casefold() not in _PARTICLES]
    return line.endswith(_ENDS_SENTENCE) or (len(words) > 1 and bool(small))


def _are_numbered(lines: Sequence[str]) -> bool:
    numbers = [int(match[1]) for line in lines if (match := _NUMBER.match(line))]
    return len(numbers) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _is_pictograph(sign: str) -> bool:
    return unicodedata.category(sign) == "So" or _is_flag(sign) or 0x1F3FB <= ord(sign) <= 0x1F3FF


def _is_flag(sign: str) -> bool:
    return _FLAG_A <= ord(sign) <= _FLAG_Z


def _country_of_flag(line: str) -> str:
    """Return the country code that the first flag of a line is made of; "" for none."""
    letters = "".join(chr(ord(sign) - _FLAG_A + ord("A")) for sign in line if _is_flag(sign))
    return letters[:2] if len(letters) >= 2 else ""
