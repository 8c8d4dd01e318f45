"""Which short words of a text are codes of states, countries or airports."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from rallymap.places.codes import NameRank, PlaceKind
from rallymap.places.index import Gazetteer
from rallymap.places.normalize import join_key
from rallymap.places.parse import split_segments
from rallymap.places.readings import Reading

#: As a scheme of codes: they are those of countries, not of one country's states.
COUNTRY_CODES: Final = "*"
#: No code is longer.
CODE_LETTERS: Final = 3
#: What a code may stand for where case tells codes from words, and where it does not.
ALL_KINDS: Final = tuple(PlaceKind)
CODED_KINDS: Final = (PlaceKind.COUNTRY, PlaceKind.ADMIN1)
_LONG_WORD: Final = re.compile(r"[^\W\d_]{4}")


def find_code_segments(text: str) -> frozenset[tuple[str, ...]] | None:
    """Return the segments of a text all in capitals, whose codes are not told by their case; None for other texts."""
    if not text.isupper() or not _LONG_WORD.search(text):
        return None
    return frozenset(segment.words for segment in split_segments(text))


def is_of_scheme(gazetteer: Gazetteer, place: int, words: tuple[str, ...], codes: str) -> bool:
    """Tell whether a state's code is one of the country whose codes the text uses."""
    is_code = len("".join(words)) <= CODE_LETTERS - 1
    return not codes or not is_code or gazetteer.country(place) == codes  # a scheme of countries has no states


def keep_codes(
    gazetteer: Gazetteer, reading: Reading, words: tuple[str, ...], codes: str, kinds: Collection[int]
) -> Reading | None:
    """Leave out codes of other kinds of places, and of another scheme: "zum", "bis" and "am" are none."""
    key = join_key(words)
    if len(key) > CODE_LETTERS or not key.isascii():
        return reading
    kept = tuple(
        posting
        for posting in reading.postings
        if (posting.rank < NameRank.ROMANISED or (len(key) > 1 and posting.kind in kinds))
        and _fits_scheme(gazetteer, posting.place, key, codes)
    )
    return Reading(kept, reading.match, reading.cost, reading.rest) if kept else None


def _fits_scheme(gazetteer: Gazetteer, place: int, key: str, codes: str) -> bool:
    if not codes or len(key) != CODE_LETTERS - 1:
        return True
    if codes == COUNTRY_CODES:
        return gazetteer.kind(place) == PlaceKind.COUNTRY
    return gazetteer.country(place) == codes and gazetteer.kind(place) != PlaceKind.COUNTRY
