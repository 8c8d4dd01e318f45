"""Find the country of ambiguous towns from the other towns in the same column.

"Brest" alone is in Belarus or in France. Next to Quimper, Tours and Rennes it is in France.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Final

from rallymap.countries import is_within
from rallymap.events import SURE_CONFIDENCE, LocationPrecision
from rallymap.places.answers import Candidate, Located, candidates_of
from rallymap.places.resolve import Resolver

#: Maximum number of distinct rows that are checked.
MAX_ROWS: Final = 5000
_MIN_SHARE: Final = 0.8
_MIN_ROWS: Final = 3
_MIN_ODDS: Final = math.log(100)
_NO_TOWN: Final = 0.01
"""Share of a country that has no town with the name, because the column can name a village that the gazetteer lacks."""
_VILLAGE: Final = 0.03
"""Smaller shares are those of villages, such as Brest in Lower Saxony."""
_FINE: Final = (LocationPrecision.VENUE, LocationPrecision.DISTRICT, LocationPrecision.CITY)


def country_of_towns(resolver: Resolver, rows: Iterable[tuple[str, str]]) -> tuple[str, frozenset[str]]:
    """Decide in which country the ambiguous towns of a column are.

    At least four of five certain towns must be in the country, and "all towns are in this country" must be a hundred
    times likelier than "all are in another one".

    Parameters
    ----------
    resolver
        Geocodes one place.
    rows
        Places as written, with the alpha-2 code of the row's country, or "".

    Returns
    -------
    country, texts
        Alpha-2 code, and the texts without a country that are placed in it; ("", none) if undecided.
    """
    sure: Counter[str] = Counter()
    open_texts: dict[str, dict[str, float]] = {}
    countries: list[str] = []
    shares: list[dict[str, float]] = []
    for text, stated in islice(dict.fromkeys(rows), MAX_ROWS):
        if stated:
            sure[stated] += 1
            shares.append({stated: 1.0})
            continue
        answer = resolver.resolve(text)
        found = candidates_of(answer)
        if not found:
            continue
        if found[0].precision is LocationPrecision.COUNTRY:
            countries.append(text)
            continue
        if isinstance(answer, Located) and _is_sure(found[0]):
            sure[found[0].country] += 1
        elif found[0].precision in _FINE:
            open_texts[text] = _shares(found)
        else:
            continue
        shares.append(_shares(found))
    if not sure or not (open_texts or countries):
        return "", frozenset()
    country = sure.most_common(1)[0][0]
    number = sum(count for code, count in sure.items() if is_within(code, country))
    fitting = frozenset(
        text
        for text, of_text in open_texts.items()
        if _share(of_text, country) > _VILLAGE and _is_in(resolver, text, country)
    )
    misfits = len(open_texts) - len(fitting)
    if number < _MIN_SHARE * sure.total() or misfits > number or number + len(fitting) < _MIN_ROWS:
        return "", frozenset()
    rivals = {code for of_text in shares for code in of_text} - {country}
    if any(_odds(shares, country) - _odds(shares, rival) < _MIN_ODDS for rival in rivals):
        return "", frozenset()
    # "Granada" is a country in Spanish, but among towns of Spain it is a town.
    texts = fitting.union(text for text in countries if _is_in(resolver, text, country))
    return (country, texts) if texts else ("", texts)


def _shares(candidates: Iterable[Candidate]) -> dict[str, float]:
    """Return by country the probability that one of its towns is meant."""
    found: dict[str, float] = {}
    for one in candidates:
        found[one.country] = found.get(one.country, 0.0) + one.confidence
    return found


def _odds(shares: Iterable[dict[str, float]], country: str) -> float:
    """Return the log probability that all texts name towns of a country."""
    return sum(math.log(max(_NO_TOWN, _share(of_text, country))) for of_text in shares)


def _share(of_text: Mapping[str, float], country: str) -> float:
    return sum(share for code, share in of_text.items() if is_within(code, country))


def _is_sure(found: Candidate) -> bool:
    return found.precision in _FINE and found.confidence >= SURE_CONFIDENCE and bool(found.country)


def _is_in(resolver: Resolver, text: str, country: str) -> bool:
    answer = resolver.resolve(text, country)
    return isinstance(answer, Located) and _is_sure(answer.candidate) and is_within(answer.candidate.country, country)
