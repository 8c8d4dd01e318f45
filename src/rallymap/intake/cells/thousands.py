"""Columns that count people in thousands according to their headings: "Attendance (000s)", "Teilnehmende in Tsd."."""

from __future__ import annotations

import re
from functools import lru_cache

from rallymap.intake.cells.folding import fold_cell

_UNIT = (
    r"(?:'?000'?s?|1[.,' ]?000|k|thousands?|tausend|tsd\.?|milliers?|miles|mil|migliaia|milhares|duizend(?:en|tallen)?|"
    r"tusen(?:tal)?|tusinde?|tysiąc[ea]?|tysiącach|tys\.?|тыс(?:\.|яч\w*)?|тис(?:\.|яч\w*)?|tisíc\w*|tis\.?|ezer|bin|"
    r"tuhansi\w*|χιλιάδες|هزار|آلاف|千人?)"
)
_HEADING = re.compile(
    rf"[(\[]\s*(?:(?:in|en|em|w|v|в|у|i|x|×|\*)\s?)?{_UNIT}\s*[)\]]|"
    rf"(?:(?<!\w)(?:in|en|em|w|v|в|у)\s|(?<!\w)x\s?|[×*,/]\s?){_UNIT}(?!\w)",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"(?<![\d.,])(\d{1,4})(?:[.,](\d{1,2}))?(?![\d.,]*\d)")
_ANY_FIGURE = re.compile(r"\d[\d.,]*")
_LETTERS = re.compile(r"[^\W\d_]+")
_PLAIN_WORDS = frozenset(
    "ca circa about around over more than up to etwa rund über bis zu environ env plus de unos más circa oltre około "
    "ok ponad около более до близько понад approx c".split()
)
_MOST = 3000
"""Maximum in thousands: no single event has more people."""


_MYRIADS = re.compile(r"[(\[（/]\s*(?:単位[:：]?\s*)?([万萬만])[人명]?\s*[)\]）]?")


def unit_of_myriads(heading: str) -> str:
    """Return the sign for ten thousand in a heading that counts in it, "人數(萬)"; "" for other headings."""
    found = _MYRIADS.search(heading)
    return found[1] if found is not None else ""


def may_be_myriads(text: str) -> bool:
    """Return whether a cell is a number without a unit that can count in ten thousands: "0.3", not "5000"."""
    plain = fold_cell(text)
    return re.fullmatch(r"\d{1,4}(?:\.\d{1,2})?", plain) is not None and float(plain) * 10 <= _MOST


@lru_cache(maxsize=1024)
def counts_thousands(heading: str) -> bool:
    """Return whether a heading says that the numbers are thousands."""
    return _HEADING.search(fold_cell(heading)) is not None


def times_thousand(text: str) -> str:
    """Multiply the numbers in a cell by a thousand: "1.5-2" is "1500-2000"; "" if they may not be thousands."""
    plain = fold_cell(text)
    figures = list(_FIGURE.finditer(plain))
    if len(figures) != len(_ANY_FIGURE.findall(plain)) or not figures:
        return ""
    if not {word.casefold() for word in _LETTERS.findall(plain)} <= _PLAIN_WORDS:
        return ""  # "2 thousand"
    if any(int(match[1]) > _MOST for match in figures):
        return ""
    return _FIGURE.sub(lambda match: str(round(float(f"{match[1]}.{match[2] or 0}") * 1000)), plain)
