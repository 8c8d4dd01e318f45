"""Charts that are drawn when they are needed, and remembered: drawing one takes much longer than counting for it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, Final

import orjson

from rallymap.language import current_language, wording_version
from rallymap.query.snapshot.memory import Memory
from rallymap.views.charts.theme import specification

MOST_KEPT: Final = 200
LARGEST_KEPT: Final = 64_000
"""Maximum number of charts that are remembered, and of bytes of each: 13 MB in all."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart.

    Attributes
    ----------
    shows
        All that the chart is made of, except the language: equal ones are drawn once.
    draw
        Returns the chart in the current language.
    """

    shows: Hashable
    draw: Callable[[], Any]

    def specification(self) -> dict[str, Any]:
        """Return the chart as a Vega-Lite specification that the caller may change."""
        language = current_language()
        key = (self.shows, language.code, wording_version(language))
        made = _made.find(key)
        if not isinstance(made, bytes):
            drawn = made = orjson.dumps(specification(self.draw()))
            if len(drawn) <= LARGEST_KEPT:
                _made.get(key, lambda: drawn)
        own: dict[str, Any] = orjson.loads(made)
        return own


_made: Final = Memory(MOST_KEPT)
"""Specifications as JSON, in which nobody can change a part."""
