"""Parse spoken times with halves and quarters: "halb drei", "kwart over 2", "5 y media de la tarde"."""

from __future__ import annotations

import re

_HOURS = {
    word: number
    for number, words in enumerate(
        (
            "one ein eins een één ett en et un une una uno um uma", "two zwei twee två to deux dos dois duas due",
            "three drei drie tre trois tres três", "four vier fyra fire quatre cuatro quatro quattro",
            "five fünf vijf fem cinq cinco cinque", "six sechs zes sex seks seis sei",
            "seven sieben zeven sju syv sept siete sete sette", "eight acht åtta åtte otte huit ocho oito otto",
            "nine neun negen nio ni neuf nueve nove", "ten zehn tien tio ti dix diez dez dieci",
            "eleven elf elva elleve onze once undici", "twelve zwölf twaalf tolv douze doce doze dodici",
        ),
        1,
    )
    for word in words.split()
}  # fmt: skip
_HOUR = rf"(?P<h>\d{{1,2}}|{'|'.join(sorted(_HOURS, key=len, reverse=True))})"
_END = r"(?![^\W_])(?![:.]\d)(?:\s?(?:uhr|uur|h(?:eures?|rs?)?|o'?\s?clock)(?![^\W_])\.?)?"
_ARABIC_HOURS = {
    "الواحدة": 1, "الثانية عشرة": 12, "الثانية": 2, "الثالثة": 3, "الرابعة": 4, "الخامسة": 5, "السادسة": 6,
    "السابعة": 7, "الثامنة": 8, "التاسعة": 9, "العاشرة": 10, "الحادية عشرة": 11,
}  # fmt: skip
_ARABIC = re.compile(rf"(?<![^\W_])({'|'.join(sorted(_ARABIC_HOURS, key=len, reverse=True))})(?![^\W_])")
_START = r"(?<![^\W_])"
_QUARTER = r"(?:a )?(?:kwart|quarter|viertel|kvart|kvarter)"
_PATTERNS = (
    (re.compile(rf"{_START}half (?:past|after) {_HOUR}{_END}"), 0, 30),
    (re.compile(rf"{_START}(?:halb|halv|wpół do|w pół do|půl|fél|puoli) {_HOUR}{_END}"), -1, 30),
    (re.compile(rf"{_START}half {_HOUR}{_END}(?=\s?['’]s )"), -1, 30),
    (re.compile(rf"{_START}{_QUARTER} (?:past|after|over|nach|över) {_HOUR}{_END}"), 0, 15),
    (re.compile(rf"{_START}{_QUARTER} (?:to|before|till|voor|vor|i|på) {_HOUR}{_END}"), -1, 45),
    (re.compile(rf"{_START}{_HOUR}\s?(?:h(?:eures?)?)? et demie?(?![^\W_])"), 0, 30),
    (re.compile(rf"{_START}{_HOUR}\s?(?:h(?:eures?)?)? et quart(?![^\W_])"), 0, 15),
    (re.compile(rf"{_START}{_HOUR}\s?(?:h(?:oras?)?)? (?:y media|e meia|e mezzo|e mezza)(?![^\W_])"), 0, 30),
    (re.compile(rf"{_START}{_HOUR}\s?(?:h(?:oras?)?)? (?:y cuarto|e un quarto)(?![^\W_])"), 0, 15),
    (re.compile(rf"{_START}{_HOUR} (?:menos cuarto|meno un quarto)(?![^\W_])"), -1, 45),
    (re.compile(rf"{_START}{_HOUR}\s?(?:buçuk|و\s?نیم|و\s?النصف)(?![^\W_])"), 0, 30),
    (re.compile(rf"{_START}{_HOUR}\s?(?:و\s?ربع|و\s?الربع)(?![^\W_])"), 0, 15),
)
"""Phrases, each with the number added to the hour, and the minutes."""
_UNCLEAR = re.compile(
    rf"{_START}(?:half|halb|halv|{_QUARTER}|kwartier|половин[аеу]|чверть|"
    rf"четверть|без четверти|kwadrans|čtvrt|negyed|çeyrek)"
    rf"(?:\s[^\W\d_]+)?\s{_HOUR}(?![^\W_])(?![:.]\d)"
)
_LAST_SPOKEN = 12


def write_out(folded: str) -> tuple[str, tuple[int, int] | None]:
    """Convert halves and quarters of hours in a folded text to digits; also return the hour and minute.

    They are None if there are none. Such times are on a 12-hour clock and can be in the morning or the afternoon,
    unless the text says which.
    """
    arabic = None if folded.isascii() else _ARABIC.search(folded)
    folded = folded if arabic is None else _ARABIC.sub(lambda match: str(_ARABIC_HOURS[match[1]]), folded)
    for pattern, add, minutes in _PATTERNS:
        if (match := pattern.search(folded)) is not None:
            said = match["h"]
            hour = int(said) if said.isdecimal() else _HOURS[said]
            if hour > 24 or hour + add < 0:
                return folded, None
            hour = 12 if hour == 1 and add else hour + add
            written = f"{folded[: match.start()]} {hour}:{minutes:02d} {folded[match.end() :]}"
            return " ".join(written.split()), (hour, minutes)
    return folded, None if arabic is None else (_ARABIC_HOURS[arabic[1]], 0)


def is_unclear(folded: str) -> bool:
    """Return whether a text counts parts of an hour ambiguously: "half 3" is 2.30 or 3.30."""
    return _UNCLEAR.search(folded) is not None


def is_half_day_unclear(hour: int, folded: str) -> bool:
    """Return whether an hour can be in the morning or the afternoon, because the text does not say which."""
    return hour <= _LAST_SPOKEN and re.search(r"\d\s?[ap]\.?\s?m(?![^\W_])", folded) is None
