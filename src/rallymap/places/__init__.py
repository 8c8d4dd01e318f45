"""Geocode place texts: location, precision and confidence; offline unless an online service is switched on.

The answer is `Located`, `Ambiguous` or `NoMatch`; an unknown place is an answer, not an error.

One text: ``default_resolver().resolve("Gothenburg, Sweden")``. A table: ``resolve_column(resolver, texts, hints)``
returns one answer per row; all rows together decide whether "WA" and "CA" are states or countries. To stream rows, call
``decide_codes(texts, hints)`` once and ``resolve(resolver, text, hint)`` of its result for each row. A hint is a
country in any language or notation. Answers below `DRAWN_CONFIDENCE` do not place an event; answers below
`SURE_CONFIDENCE` need a check by a person. To parse only countries, use `rallymap.countries.read_country_code`.
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
    # Imported lazily: importing geopy takes as long as loading the gazetteer.
    if name == "GazetteerGeocoder":
        from rallymap.places.geopy_geocoder import GazetteerGeocoder

        return GazetteerGeocoder
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
