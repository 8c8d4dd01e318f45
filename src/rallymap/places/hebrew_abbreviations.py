"""Towns that Hebrew texts abbreviate with a gershayim: "ת״א" for Tel Aviv, "בראשל״צ" for "in Rishon LeZion"."""

from __future__ import annotations

import re
from typing import Final

# The letters before and after the mark, and the name.
_TOWNS: Final = {
    "תא": "תל אביב", "ים": "ירושלים", "בש": "באר שבע", "פת": "פתח תקווה", "ראשלצ": "ראשון לציון", "רג": "רמת גן",
    "בב": "בני ברק", "כס": "כפר סבא", "כפס": "כפר סבא", "קש": "קריית שמונה", "רמהש": "רמת השרון", "רהש": "רמת השרון",
    "קג": "קריית גת", "הרצלפ": "הרצליה", "ביש": "בית שמש",
}  # fmt: skip
_QUOTES: Final = "\"'״׳”“„’‘`´"
# The mark precedes the last letter; two apostrophes are a common substitute.
_ABBREVIATION: Final = re.compile(rf"(?<!\w)([א-ת]{{1,6}})(?:[{_QUOTES}]{{1,2}})([א-ת])(?![\w{_QUOTES}])")
_WITH_HYPHEN: Final = re.compile(r"(?<!\w)([בלמהו]?)י[-־–]ם(?!\w)")
_IN: Final = ("ב", "ל", "מ", "ו")


def write_out_hebrew(text: str) -> str:
    """Replace the abbreviations of Israeli towns by their names; other abbreviations stay."""
    if not any("\u05d0" <= letter <= "\u05ea" for letter in text):
        return text
    return _ABBREVIATION.sub(_write_out, _WITH_HYPHEN.sub(r"\1ירושלים", text))


def _write_out(match: re.Match[str]) -> str:
    letters = match[1] + match[2]
    if letters in _TOWNS:
        return _TOWNS[letters]
    if letters[0] in _IN and letters[1:] in _TOWNS:
        return letters[0] + _TOWNS[letters[1:]]  # "in", "to", "from", "and"
    return match[0]
