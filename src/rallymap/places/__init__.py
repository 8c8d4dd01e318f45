"""Place text -> where it is, how exactly and how surely; offline unless an online service is switched on.

The answer is `Located`, `Ambiguous` or `NoMatch`; not finding a place is an answer, not an error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rallymap.places.answers import (
    Ambiguous,
    Answer,
    Candidate,
    Located,
    NoMatch,
    candidates_of,
    describe_candidate,
)
from rallymap.places.resolve import Resolver, default_resolver

if TYPE_CHECKING:
    from rallymap.places.gazetteer import GazetteerGeocoder

__all__ = [
    "Ambiguous",
    "Answer",
    "Candidate",
    "GazetteerGeocoder",
    "Located",
    "NoMatch",
    "Resolver",
    "candidates_of",
    "default_resolver",
    "describe_candidate",
]


def __getattr__(name: str) -> Any:
    # geopy takes as long to import as the gazetteer takes to load, and only its callers need it.
    if name == "GazetteerGeocoder":
        from rallymap.places.gazetteer import GazetteerGeocoder

        return GazetteerGeocoder
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
