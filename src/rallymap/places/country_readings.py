"""Countries by names that the gazetteer lacks, or has for small towns alone."""

from __future__ import annotations

from typing import Final

from rallymap.countries import read_country_code
from rallymap.places.code_words import CODE_LETTERS
from rallymap.places.codes import ALTERNATE, NameRank, PlaceKind
from rallymap.places.gazetteer import Gazetteer, Posting
from rallymap.places.parse import Segment
from rallymap.places.readings import Match, Reading

_SHORT_NAMES: Final = frozenset(("ABD", "A.B.D.", "A.B.D", "VAE"))
"""Turkish for the United States and German for the Emirates; other short words may be codes of states."""
_A_CITY: Final = 50_000


def read_country(gazetteer: Gazetteer, segment: Segment, reading: Reading | None) -> Reading | None:
    """Return the country that a segment names as a whole, else what it was read as before.

    Parameters
    ----------
    reading
        What the gazetteer has for the name. It gives way where those are by-names of small towns: "Голландия" is one of
        Holland in Michigan.
    """
    is_short = segment.text in _SHORT_NAMES
    if not is_short and reading is not None and not _is_weak(gazetteer, reading):
        return reading
    letters = "".join(segment.words)
    if len(letters) <= CODE_LETTERS and letters.isascii() and not is_short:
        return reading
    code = read_country_code(segment.text)
    row = gazetteer.country_row(code) if code else None
    return reading if row is None else Reading((Posting(row, NameRank.EXONYM, PlaceKind.COUNTRY),), Match.EXACT)


def _is_weak(gazetteer: Gazetteer, reading: Reading) -> bool:
    return all(
        posting.rank >= ALTERNATE and gazetteer.population(posting.place) < _A_CITY for posting in reading.postings
    )
