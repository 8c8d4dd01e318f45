"""Geocode a place text: where it is, how exactly and how surely; offline unless an online service is switched on.

The answer is `Located`, `Ambiguous` or `NoMatch`; not finding a place is an answer, not an error.

One text: ``default_resolver().resolve("Gothenburg, Sweden")``. A table: ``resolve_column(resolver, texts, hints)``
gives one answer for each row, and all rows together decide whether "WA" and "CA" are states or countries; where rows
come one by one, ``decide_codes(texts, hints)`` decides once and its ``resolve(resolver, text, hint)`` answers each row.
A hint is a country in any language or notation. Answers under `DRAWN_CONFIDENCE` place no event; under
`SURE_CONFIDENCE` a person looks at them. `rallymap.countries.read_country_code` reads countries alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rallymap.events import DRAWN_CONFIDENCE, SURE_CONFIDENCE
from rallymap.places.answers import (
    Ambiguous,
    Answer,
    Candidate,
    Located,
    NoMatch,
    candidates_of,
    describe_candidate,
)
from rallymap.places.columns import ColumnCodes, decide_codes, resolve_column
from rallymap.places.resolve import Resolver, default_resolver
from rallymap.places.towns_of_column import country_of_towns

if TYPE_CHECKING:
    from rallymap.places.geopy_geocoder import GazetteerGeocoder

__all__ = [
    "DRAWN_CONFIDENCE",
    "SURE_CONFIDENCE",
    "Ambiguous",
    "Answer",
    "Candidate",
    "ColumnCodes",
    "GazetteerGeocoder",
    "Located",
    "NoMatch",
    "Resolver",
    "candidates_of",
    "country_of_towns",
    "decide_codes",
    "default_resolver",
    "describe_candidate",
    "resolve_column",
]


def __getattr__(name: str) -> Any:
    # geopy takes as long to import as the gazetteer takes to load, and only its callers need it.
    if name == "GazetteerGeocoder":
        from rallymap.places.geopy_geocoder import GazetteerGeocoder

        return GazetteerGeocoder
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
