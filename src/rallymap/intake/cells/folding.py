"""Normalise cells before parsing: digits of any script, spaces, dashes and quotation marks."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rallymap.intake.cells.chinese_numbers import with_date_figures
from rallymap.intake.cells.error_values import is_error_value
from rallymap.intake.cells.linked_text import split_links
from rallymap.intake.lexicon import missing_marks

_SPACES = re.compile(r"\s+")
_SIGNS = str.maketrans(
    {
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-", "﹣": "-", "－": "-",
        "’": "'", "‘": "'", "´": "'", "`": "'", "٫": ".", "٬": ",", "،": ",", "：": ":", "／": "/", "～": "-",
        "İ": "I", "\u200e": None, "\u200f": None, "\u200b": None, "\ufeff": None, "\u00ad": None,
        "\u061c": None, "\u2060": None, "\ufe0f": None, "\u20e3": None,
        **dict.fromkeys("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"),
    }
)  # fmt: skip

_ARABIC_VOWELS = re.compile(r"(?<=[\u0621-\u064a])[\u064b-\u0652\u0670\u0640]+")
"""Vowel marks and elongation, which are optional: "ظهرًا", "ظهرا"."""
_RAISED = re.compile(r"(?<=[\w)])[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]{1,2}(?!\w)|(?<=\w)\s?[\u2460-\u2473]")
"""Footnote marks: in "500¹" and "500 ①" they are not a digit of the number."""
_LONGEST_MARK = 100
_DITTO_MARK = re.compile(r"[-–—\s]*(?:\"|''|,,|„|“|”|″|〃|〟|〞|«|»)[-–—\s]*")
_DITTO_WORDS = frozenset(
    {
        "ditto", "dito", "dto", "do", "idem", "ibid", "ibidem", "same", "same as above", "as above", "see above",
        "(same)", "(same as above)", "siehe oben", "s.o", "wie oben", "w.o", "wie vor", "como arriba", "lo mismo",
        "ídem", "íbid", "comme ci-dessus", "même", "le même", "la même", "come sopra", "stesso", "idem como acima",
        "o mesmo", "zelfde", "hetzelfde", "idem als boven", "som ovan", "samma", "samma som ovan", "som over", "samme",
        "samme som over", "j.w", "jw", "jak wyżej", "то же", "то же самое", "там же", "те саме", "так само", "там само",
        "همان", "ایضا", "ایضاً", "مثل بالا", "نفسه", "نفس الشيء", "كما سبق", "أعلاه", "aynı", "aynısı",
        "yukarıdaki gibi",
        "同上", "同前", "上同", "같음", "위와 같음", 'כנ"ל', "כנל", "jako výše", "dtto", "ugyanaz",
    }
)  # fmt: skip


def fold_cell(text: str) -> str:
    """Normalise a cell to ASCII digits, plain dashes and single spaces, without link addresses."""
    return _fold_short(text) if len(text) <= _LONGEST_MARK else _fold_cell(text)


def _fold_cell(text: str) -> str:
    text = split_links(text)[0]
    if not text.isascii():
        text = _RAISED.sub("", text)
        text = unicodedata.normalize("NFKC", text.translate(_SIGNS)).translate(_SIGNS)
        text = "".join(
            str(unicodedata.decimal(char)) if not char.isascii() and char.isdecimal() else char for char in text
        )
        text = _ARABIC_VOWELS.sub("", text)
        text = with_date_figures(text) if "月" in text else text
    return _SPACES.sub(" ", text).strip()


_fold_short = lru_cache(maxsize=16_384)(_fold_cell)


def is_missing(text: str, marks: frozenset[str] = frozenset()) -> bool:
    """Return whether a cell means "no value", by the usual markers or those of its column."""
    if len(text) > _LONGEST_MARK or (not marks and text[:1].isdecimal()):
        return False  # no usual marker begins with a digit
    return _says_nothing(text, marks)


@lru_cache(maxsize=16_384)
def _says_nothing(text: str, marks: frozenset[str]) -> bool:
    folded = " ".join(text.split()).casefold().strip("\"'“”„ ")
    if folded in missing_marks() or folded in marks or is_error_value(folded):
        return True
    if folded.startswith(("—", "–", "-")) and folded.strip("—–- ").startswith("("):
        return folded.strip("—–- ()") in missing_marks()
    return False


def is_ditto(text: str) -> bool:
    """Return whether a cell repeats the cell above: a ditto mark, "same as above", "dto."."""
    folded = " ".join(text.split()).casefold()
    return _DITTO_MARK.fullmatch(folded) is not None or folded.rstrip(".") in _DITTO_WORDS
