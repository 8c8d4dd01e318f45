"""Charts that are drawn when they are needed, and remembered: drawing one takes much longer than counting for it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, Final

import orjson

from rallymap.language import current_language, wording_version
from rallymap.views.charts.theme import specification

MOST_KEPT: Final = 200
"""Maximum number of charts that are remembered: some megabytes."""


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
        made = _made.get(key)
        if made is None:
            made = orjson.dumps(specification(self.draw()))
            _made.put(key, made)
        kept: dict[str, Any] = orjson.loads(made)
        return kept


class _Made:
    """The specifications of the charts that were used last, as JSON; thread-safe."""

    def __init__(self) -> None:
        self._by_key: OrderedDict[Hashable, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> bytes | None:
        with self._lock:
            if key in self._by_key:
                self._by_key.move_to_end(key)
            return self._by_key.get(key)

    def put(self, key: Hashable, made: bytes) -> None:
        with self._lock:
            self._by_key[key] = made
            if len(self._by_key) > MOST_KEPT:
                self._by_key.popitem(last=False)


_made: Final = _Made()
