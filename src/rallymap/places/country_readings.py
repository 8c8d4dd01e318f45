"""Country names that the gazetteer lacks, or has only as names of small towns."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Final

from rallymap.countries import read_country_code
from rallymap.places.code_words import CODE_LETTERS
from rallymap.places.codes import ADMIN1, ALTERNATE, CITY, COUNTRY, EXONYM, OFFICIAL, PRIMARY
from rallymap.places.gazetteer import Gazetteer, Posting
from rallymap.places.normalize import join_key
from rallymap.places.options import Option
from rallymap.places.parse import Segment
from rallymap.places.part import Part
from rallymap.places.readings import EXACT, Reading

_SHORT_NAMES: Final = frozenset(("ABD", "A.B.D.", "A.B.D", "VAE"))
"""Turkish for the United States and German for the Emirates; other short words can be codes of states."""
_A_CITY: Final = 50_000
_A_TOWN: Final = 20_000
_CITY_COST: Final = 6.0
_RARE_COST: Final = 12.0
# CLDR's country names in languages rarely used to announce rallies, if they are also names of cities elsewhere: "Sine"
# is China in Lingala, and Sanandaj in Kurdish.
_RARE: Final = frozenset(
    "alandi angora armeniya beni cine ende fuji granata grenado helena holan indy jesi komoro koromo kota lwanda malita"
    " marawi mari merka monacu neapal nijar oland palani palu poole sabiya salvadoro samava santaluzia shili sine sire"
    " suesia taki toki turk uman xili".split()
)


# Names that mean a country in Persian, Kurdish, Pashto and Urdu, and its city in Arabic; comparing all of CLDR's names
# shows no other. Arabic writes them with other letters, which Persian is often typed with too.
_PERSIAN: Final = frozenset(("مراکش",))
_ARABIC_LETTERS: Final = frozenset("كيةىأإ")
_ARABIC: Final = re.compile(r"[ةإ]|(?<!\w)أ|(?<!\w)[وبف]?ال\w{3}")
_PERSIAN_LETTERS: Final = re.compile("[پچژگکی]")
_PERHAPS_PERSIAN: Final = 0.75


def limit_perhaps_persian(parts: Iterable[Part], text: str) -> None:
    """Limit the confidence in names that mean a city in Arabic, unless the text is surely Arabic."""
    if _ARABIC.search(text) and not _PERSIAN_LETTERS.search(text):
        return
    for part in parts:
        if join_key(part.segment.words) in _PERSIAN:
            limit = min(part.segment.max_confidence, _PERHAPS_PERSIAN)
            part.segment = part.segment._replace(max_confidence=limit)


def cost_of_country(own: Collection[Option], segment: Segment) -> float:
    """Return the cost, in log units, of reading a name as a country if it is also a city: "Brasília", "Indy"."""
    key = join_key(segment.words)
    is_rare = key in _RARE
    max_rank, least = (EXONYM, _A_TOWN) if is_rare else (PRIMARY, _A_CITY)
    if key in _PERSIAN and not _ARABIC_LETTERS.isdisjoint(segment.text):
        return _RARE_COST  # "مراكش" is Marrakesh, "مراکش" is Morocco
    countries = {option.country for option in own if option.kind == COUNTRY}
    if any(option.kind == ADMIN1 and option.rank <= OFFICIAL and option.country in countries for option in own):
        return _CITY_COST  # "Gaza Strip" is a part of Palestine
    if any(option.kind == CITY and option.rank <= max_rank and option.population >= least for option in own):
        return _RARE_COST if is_rare else _CITY_COST  # the name is the city's own, and rare for the country
    return 0.0


def read_country(gazetteer: Gazetteer, segment: Segment, reading: Reading | None) -> Reading | None:
    """Return the country that a whole segment names; otherwise the previous reading.

    Parameters
    ----------
    reading
        Reading from the gazetteer. It is replaced if its names are only alternate names of small towns: "Голландия" is
        one of Holland in Michigan.
    """
    is_short = segment.text in _SHORT_NAMES
    if not is_short and reading is not None and not _is_weak(gazetteer, reading):
        return reading
    letters = "".join(segment.words)
    if len(letters) <= CODE_LETTERS and letters.isascii() and not is_short:
        return reading
    code = read_country_code(segment.text)
    row = gazetteer.country_row(code) if code else None
    return reading if row is None else Reading((Posting(row, EXONYM, COUNTRY),), EXACT)


def _is_weak(gazetteer: Gazetteer, reading: Reading) -> bool:
    return all(
        posting.rank >= ALTERNATE and gazetteer.population(posting.place) < _A_CITY for posting in reading.postings
    )
