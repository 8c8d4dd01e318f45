"""Decide which short words of a text are codes of states, countries or airports."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from rallymap.places.codes import ADMIN1, ALTERNATE, CITY, CODE, COUNTRY, OFFICIAL, ROMANISED, PlaceKind
from rallymap.places.gazetteer import Gazetteer
from rallymap.places.normalize import join_key
from rallymap.places.parse import split_segments
from rallymap.places.readings import Reading

#: Value of a code scheme: the codes are those of countries, not of one country's states.
COUNTRY_CODES: Final = "*"
#: Maximum length of a code.
CODE_LETTERS: Final = 3
#: Kinds of places that a code can mean if case distinguishes codes from words, and if it does not.
ALL_KINDS: Final = tuple(PlaceKind)
CODED_KINDS: Final = (COUNTRY, ADMIN1)
# Codes of Italian provinces, which are written after towns ("Torino (TO)"), by the GeoNames number of their region.
_ITALIAN: Final = {
    code: f"IT.{region}"
    for region, codes in {
        "01": "AQ CH PE TE", "02": "MT PZ", "03": "CS CZ KR RC VV", "04": "AV BN CE NA SA",
        "05": "BO FC FE MO PC PR RA RE RN", "06": "GO PN TS UD", "07": "FR LT RI RM VT", "08": "GE IM SP SV",
        "09": "BG BS CO CR LC LO MB MI MN PV SO VA", "10": "AN AP FM MC PU", "11": "CB IS",
        "12": "AL AT BI CN NO TO VB VC", "13": "BA BR BT FG LE TA", "14": "CA CI NU OG OR OT SS SU VS",
        "15": "AG CL CT EN ME PA RG SR TP", "16": "AR FI GR LI LU MS PI PO PT SI", "17": "BZ TN", "18": "PG TR",
        "19": "AO", "20": "BL PD RO TV VE VI VR",
    }.items()
    for code in codes.split()
}  # fmt: skip
_LONG_WORD: Final = re.compile(r"[^\W\d_]{4}")


def find_code_segments(text: str) -> frozenset[tuple[str, ...]] | None:
    """Return the segments of a text in all capitals, in which case does not mark codes; None for other texts."""
    if not text.isupper() or not _LONG_WORD.search(text):
        return None
    return frozenset(segment.words for segment in split_segments(text))


def find_region_of_code(gazetteer: Gazetteer, town: tuple[str, ...], code: str, min_population: int = 0) -> int:
    """Return the division with this code that contains a town with this name, or 0: the canton of "Lausanne VD".

    If `min_population` is given, only official names of towns with at least this population count.
    """
    max_rank = OFFICIAL if min_population else ALTERNATE
    divisions = {
        posting.place for posting in gazetteer.find(code.lower()) if posting.rank == CODE and posting.kind == ADMIN1
    }
    divisions.add(gazetteer.admin1_of_code(_ITALIAN.get(code, "")))
    return next(
        (
            gazetteer.admin1(posting.place)
            for posting in gazetteer.find(join_key(town))
            if posting.kind == CITY and posting.rank <= max_rank
            if gazetteer.population(posting.place) >= min_population
            if gazetteer.admin1(posting.place) in divisions - {0}
        ),
        0,
    )


def is_in_code_scheme(gazetteer: Gazetteer, place: int, words: tuple[str, ...], codes: str) -> bool:
    """Return whether the code of a state belongs to the country whose codes the text uses; True for other words."""
    is_code = len("".join(words)) <= CODE_LETTERS - 1
    return not codes or not is_code or gazetteer.country(place) == codes  # a scheme of countries contains no states


def keep_codes(
    gazetteer: Gazetteer, reading: Reading, words: tuple[str, ...], codes: str, kinds: Collection[int]
) -> Reading | None:
    """Drop codes of other kinds of places or another scheme: "zum", "bis" and "am" are not codes."""
    key = join_key(words)
    if len(key) > CODE_LETTERS or not key.isascii():
        return reading
    kept = tuple(
        posting
        for posting in reading.postings
        if (posting.rank < ROMANISED or (len(key) > 1 and posting.kind in kinds))
        and _fits_scheme(gazetteer, posting.place, key, codes)
    )
    return Reading(kept, reading.match, reading.cost, reading.rest) if kept else None


def _fits_scheme(gazetteer: Gazetteer, place: int, key: str, codes: str) -> bool:
    if not codes or len(key) != CODE_LETTERS - 1:
        return True
    if codes == COUNTRY_CODES:
        return gazetteer.kind(place) == COUNTRY
    return gazetteer.country(place) == codes and gazetteer.kind(place) != COUNTRY
