"""Codes of other collections of protest events, derived from known values, for analysts who join tables.

ACLED codebook (acleddata.com/knowledge-base/codebook, "Spatial precision codes" and "Time precision codes"), read in
November 2026:

- Geo-precision 1 is a named town with coordinates, or a district of a large city; 2 is a small part of a region, or
  near a town; 3 is a larger region. ACLED records nothing that is only known to the country.
- Time precision 1 is a date; 2 is some day of a week, or of a similar period such as a weekend; 3 is some day of a
  month. ACLED records nothing with a lower precision.
- ACLED has one row for each day of an event, and we have one row for each event. Its event types ("Protests" with
  "Peaceful protest", "Protest with intervention", "Excessive force against protesters", and "Riots") describe what
  police and participants did, which our events do not record: there is no column for them.

Data dictionary of the Crowd Counting Consortium (github.com/nonviolent-action-lab/crowd-counting-consortium,
`ccc_data_dictionary.md`): `size_cat` is 0 for unknown, 1 for 1 to 99, 2 for 100 to 999, 3 for 1,000 to 9,999, 4 for
10,000 and more, by the mean of the lowest and the highest reported number.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rallymap.dates import DatePrecision
from rallymap.events import LocationPrecision

_TIME: Final[dict[str, int]] = {
    DatePrecision.MINUTE: 1,
    DatePrecision.DAY: 1,
    DatePrecision.WEEKEND: 2,
    DatePrecision.WEEK: 2,
    DatePrecision.MONTH: 3,
}
_GEO: Final[dict[str, int]] = {
    LocationPrecision.VENUE: 1,
    LocationPrecision.DISTRICT: 1,
    LocationPrecision.CITY: 1,
    LocationPrecision.REGION: 3,
}
_SIZES: Final = (1, 100, 1_000, 10_000)
"""Minimum crowd size of each category, from 1."""


def acled_time_precision(precision: str, approximate: bool) -> int | None:
    """Return 1 for a known day, 2 for a week or weekend, 3 for a month; None for precisions without a code."""
    return None if approximate else _TIME.get(precision)


def acled_geo_precision(precision: str | None) -> int | None:
    """Return 1 for a town or part of it, 3 for a region; None for a country or no place, which have no code.

    ACLED's 2 is not used: a small part of a region has the code of a region, and a place near a town that of the town,
    with a larger radius.
    """
    return None if precision is None else _GEO.get(precision)


def ccc_size_category(estimates: Iterable[tuple[int | None, int | None]]) -> int:
    """Return the category of a crowd, 1 to 4, from the mean of the lowest and the highest estimate.

    Words such as "hundreds", which the Crowd Counting Consortium converts to numbers, are not converted.

    Parameters
    ----------
    estimates
        Lower and upper limit of each estimate of the attendance; None for a missing limit. Without any number the
        result is 0.
    """
    numbers = [number for ends in estimates for number in ends if number is not None]
    if not numbers:
        return 0
    mean = (min(numbers) + max(numbers)) / 2
    return sum(mean >= smallest for smallest in _SIZES)
