"""Read schema.org events from web pages, as JSON-LD scripts or microdata."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

from rallymap.intake.readers.json_shapes import load_json, plain_records
from rallymap.intake.readers.raw_table import RawTable
from rallymap.intake.readers.records import table_of

_SCRIPT = re.compile(r"<script[^>]{0,200}application/ld\+json[^>]{0,200}>(.*?)</script", re.IGNORECASE | re.DOTALL)
_EVENT = re.compile(r"Event$|/(?:Festival|EventSeries)$")
_EMPTY = frozenset({"meta", "link", "img", "br", "hr", "input", "source", "area", "base", "col", "embed", "wbr"})
_VALUES = ("content", "datetime", "href", "src")
_MAX_DEPTH = 8
_MAX_ITEMS = 20_000


def read_page_events(text: str) -> RawTable | None:
    """Return the events of a page, None if there are none."""
    found = [event for script in _SCRIPT.findall(text) for event in _of_script(script)]
    if not found and "itemscope" in text:
        parser = _ItemParser()
        parser.feed(text)
        parser.close()
        found = [item for item in parser.items if _is_event(item)]
    return table_of("", plain_records(found)) if found else None


def _of_script(script: str) -> Iterator[Any]:
    try:
        data = load_json(script)
    except ValueError:
        return
    yield from _events_in(data, 0)


def _events_in(data: Any, depth: int) -> Iterator[Any]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(data, Mapping):
        if _is_event(data):
            yield data
        else:
            for value in data.values():
                yield from _events_in(value, depth + 1)
    elif isinstance(data, list):
        for item in data:
            yield from _events_in(item, depth + 1)


def _is_event(item: Mapping[str, Any]) -> bool:
    kind = item.get("@type")
    return any(_EVENT.search(str(one)) for one in (kind if isinstance(kind, list) else [kind]))


class _ItemParser(HTMLParser):
    """Parser of ``itemscope`` and ``itemprop`` elements into JSON-LD objects."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.items: list[dict[str, Any]] = []
        self._depth = 0
        self._scopes: list[tuple[int, dict[str, Any]]] = []  # depth of the element and its object
        self._open: list[tuple[int, str, list[str]]] = []  # depth, property and text

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        is_empty = tag in _EMPTY
        self._depth += not is_empty
        named = dict(attrs)
        name = (named.get("itemprop") or "").split(" ")[0]
        if "itemscope" in named and not is_empty and len(self.items) < _MAX_ITEMS:
            item: dict[str, Any] = {"@type": (named.get("itemtype") or "").strip()}
            if name and self._scopes:
                self._scopes[-1][1].setdefault(name, item)
            else:
                self.items.append(item)
            self._scopes.append((self._depth, item))
        elif name and self._scopes:
            value = next((named[key] for key in _VALUES if named.get(key)), None)
            if value is not None:
                self._scopes[-1][1].setdefault(name, value)
            elif not is_empty:
                self._open.append((self._depth, name, []))

    def handle_endtag(self, tag: str) -> None:
        if tag in _EMPTY:
            return
        while self._open and self._open[-1][0] >= self._depth:
            _, name, parts = self._open.pop()
            if self._scopes and (text := " ".join("".join(parts).split())):
                self._scopes[-1][1].setdefault(name, text)
        while self._scopes and self._scopes[-1][0] >= self._depth:
            self._scopes.pop()
        self._depth = max(0, self._depth - 1)

    def handle_data(self, data: str) -> None:
        for _, _, parts in self._open:
            parts.append(data)
