"""Towns by name, to recognise columns of towns in tables."""

from __future__ import annotations

from rallymap.events import LocationPrecision
from rallymap.intake.fields import TownFinder
from rallymap.intake.lexicon import fold
from rallymap.places import Located, Resolver, candidates_of

_LIKELY = 0.6
"""Minimum confidence of a town with another spelling."""


def town_finder(resolver: Resolver) -> TownFinder:
    """Return a function that returns the population of the town that a text names, 0 if it names none."""

    def find(text: str) -> int:
        if not any(map(str.isalpha, text)):
            return 0
        answer = resolver.resolve(text)
        found = candidates_of(answer)
        if not found or found[0].precision is not LocationPrecision.CITY:
            return 0
        if found[0].confidence < _LIKELY and (isinstance(answer, Located) or fold(found[0].name) != fold(text)):
            return 0  # "Manifs" is not Manila
        return max(1, found[0].population or 0)

    return find
