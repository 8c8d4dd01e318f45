"""The map in one file: an HTML page with events, list, search, scripts and borders, which needs no server.

The file contains its events, borders and scripts; its Content-Security-Policy allows no request at all. Texts are
stored as compressed JSON in base64, so that no text can close the element that contains it; our script inserts them as
text.
"""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, Final

import numpy as np
import orjson
from markupsafe import Markup

from rallymap.assets import TYPEFACE, bundle_name, read_asset, typeface_rule
from rallymap.countries import country_name
from rallymap.dates import DatePrecision
from rallymap.errors import ExportError
from rallymap.events import Event
from rallymap.exports.plain_words import lines_about
from rallymap.exports.provenance import Provenance
from rallymap.exports.record import country_of
from rallymap.intake.context import ContextMark, marks_for
from rallymap.language import current_language, number, tr, trn
from rallymap.licences import Licence
from rallymap.query.colouring import MAX_COMMUNITIES
from rallymap.query.filters import days_since_epoch
from rallymap.query.snapshot.columns import KINDS, NO_DAY, PLACE_PRECISIONS, to_mercator
from rallymap.query.time_bins import UNITS, bins_of_unit, with_margin
from rallymap.templates import fill, render
from rallymap.views.cards import source_byline, source_title
from rallymap.views.file_search import search_data
from rallymap.views.map_labels import label_of
from rallymap.views.map_page import CENTRE, LANDS, LEAFLET_OPTIONS, ZOOM, messages_element
from rallymap.wording import day_in_words

MOST_EVENTS: Final = 50_000
"""With more events, a browser takes too long to open the file."""
MOST_BARS: Final = 1_000
"""Maximum number of timeline bins, for the widest screens."""
_SOURCE_MAP: Final = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)
_COARSE: Final = (DatePrecision.WEEK, DatePrecision.MONTH, DatePrecision.YEAR)
_NOWHERE: Final = -1


def write_single_file(
    events: Iterable[Event],
    provenance: Provenance,
    *,
    context: Sequence[ContextMark] = (),
    cities: Sequence[tuple[str, int, int]] = (),
) -> Iterator[bytes]:
    """Write the map with these events as one HTML file in the current language, in chunks.

    Parameters
    ----------
    events
        Public views of the events, by first day, undated ones last.
    context
        Context events; those of the events' communities are marked below the timeline.
    cities
        City names with their coordinates on the Web Mercator square of ``2**30`` units, the largest first.

    Raises
    ------
    ExportError
        If there are more than `MOST_EVENTS` events.
    """
    found = list(events)
    if len(found) > MOST_EVENTS:
        raise ExportError(
            tr("A map in one file holds {n} events and these are more; narrow the filter.", n=number(MOST_EVENTS))
        )
    undated = next((at for at, event in enumerate(found) if event.when.start is None), len(found))
    newest_first = found[:undated][::-1] + found[undated:][::-1]
    data = orjson.dumps(_data(newest_first, provenance, context, cities))
    scripts = {"leaflet": _script("leaflet/leaflet.js"), "script": _script(bundle_name("single.js"))}
    html = render(
        "single_file.html",
        site=provenance.site,
        selection=provenance.selection,
        citation=provenance.citation,
        made_on=provenance.made_on.isoformat(),
        version=provenance.version,
        licence_url=provenance.licence.url,
        policy=_policy(scripts.values()),
        cite=tr("Cite as: {citation}", citation=provenance.citation),
        licence=fill(tr("Licence: {licence}."), licence=_link(provenance.licence)),
        messages=messages_element(current_language()),
        style=_style(),
        data=_packed(data),
        lands=Markup("\n").join(map(_land, LANDS)),
        **_words(len(found), provenance),
        **scripts,
    )
    yield html.encode()


def _words(total: int, provenance: Provenance) -> dict[str, str]:
    """Return the texts of the page itself."""
    day = day_in_words(provenance.made_on)
    # Translators: as of a day: as it was on that day; {selection} says which events
    described = trn("{n} event ({selection}), as of {day}", "{n} events ({selection}), as of {day}", total,
                    selection=provenance.selection, day=day)  # fmt: skip
    return {
        "description": described,
        "no_script": tr("This file needs JavaScript to show its map and list."),
        "content": trn(
            "It holds {n} event as of {day}, with their sources.",
            "It holds {n} events as of {day}, with their sources.",
            total,
            day=day,
        ),
        "tables": tr("The same events as plain tables: {address}", address=provenance.address)
        if provenance.address
        else tr("The same events as plain tables: ask who gave you this file."),
        "list": tr("Events"),
        "no_request": tr("This file asks nothing of any server."),
    }


def _link(licence: Licence) -> Markup:
    link = Markup('<a href="{}" rel="license noopener noreferrer" target="_blank">{}</a>')
    return link.format(licence.url, licence.name)


def _data(
    events: Sequence[Event],
    provenance: Provenance,
    context: Sequence[ContextMark],
    cities: Sequence[tuple[str, int, int]],
) -> dict[str, Any]:
    starts = [NO_DAY if event.when.start is None else days_since_epoch(event.when.start) for event in events]
    ends = [NO_DAY if event.when.end is None else days_since_epoch(event.when.end) for event in events]
    dated = [day for day in starts if day != NO_DAY]
    bounds = (min(dated), max(ends)) if dated else None
    communities = _communities(events)
    code_of = {name: code for code, name in enumerate(communities)}
    countries = sorted({country_of(event) for event in events} - {""})
    records = [_record(event) for event in events]
    marks = marks_for(context, {name for event in events for name in event.communities})
    return {
        "version": provenance.version,
        "bounds": bounds,
        "bins": _bins(bounds or (0, 0)),
        "kinds": KINDS,
        "communities": communities,
        "countries": {code: country_name(code) or code for code in countries},
        "columns": {
            **_places(events),
            "start": starts,
            "end": ends,
            "kind": [KINDS.index(event.kind.value) for event in events],
            "community": [code_of.get(_first(event), len(communities) - 1) for event in events],
            "online": [int(event.is_online) for event in events],
            "coarse": [int(event.when.precision in _COARSE) for event in events],
        },
        "events": records,
        "search": search_data(events, [_shown(record) for record in records]),
        "context": [{"start": mark.start_day, "end": mark.end_day, "title": mark.title} for mark in marks],
        "places": cities,
        "map": {"center": CENTRE, "zoom": ZOOM, "zoomControl": False, **LEAFLET_OPTIONS},
    }


def _places(events: Sequence[Event]) -> dict[str, list[Any]]:
    locations = [event.location for event in events]
    x, y = to_mercator([p.lat if p else 0.0 for p in locations], [p.lon if p else 0.0 for p in locations])
    placed = np.array([p is not None for p in locations], np.bool_)
    return {
        "x": np.where(placed, x, _NOWHERE).tolist(),
        "y": np.where(placed, y, _NOWHERE).tolist(),
        "radius": [p.radius_m if p else 0 for p in locations],
        "place": [PLACE_PRECISIONS.index(p.precision.value) if p else 0 for p in locations],
    }


def _record(event: Event) -> list[Any]:
    """Return an event as expected by ``assets/map/single/records.js``."""
    label = label_of(event)
    lines = list(lines_about(event))
    return [
        *(label[name] for name in ("id", "title", "kind", "when", "where", "name", "at")),
        country_of(event),
        event.communities,
        lines[: len(lines) - len(event.sources)],  # each source has a line at the end
        [
            (source_title(source), source.url or "", source_byline(source), source.archived_url or "")
            for source in event.sources
        ],
        label.get("lang", ""),
    ]


def _shown(record: list[Any]) -> str:
    """Return the texts of a record as ``assets/map/single/text_search.js`` joins them."""
    _, title, *_, lines, sources, _ = record
    return "\n".join([title, *lines, *(text for source in sources for text in source)])


def _communities(events: Sequence[Event]) -> list[str]:
    """Return the communities with their own colour, as on the site; the last entry "" means all others."""
    counts = Counter(_first(event) for event in events if event.location is not None)
    del counts[""]
    return [*sorted(counts, key=lambda name: (-counts[name], name))[:MAX_COMMUNITIES], ""]


def _first(event: Event) -> str:
    return event.communities[0] if event.communities else ""


def _bins(bounds: tuple[int, int]) -> list[list[int]]:
    """Return the edges of the timeline's bins for each unit, from fine to coarse, without units that have too many."""
    edges = [bins_of_unit(unit, with_margin(bounds)).edges.tolist() for unit in UNITS]
    return [one for one in edges if len(one) <= MOST_BARS] or edges[-1:]


def _packed(content: bytes) -> str:
    return base64.b64encode(zlib.compress(content, 9)).decode()


def _land(name: str) -> Markup:
    return Markup('<script type="text/plain" id="{}">{}</script>').format(name, _packed(read_asset(name)))


@cache
def _script(name: str) -> Markup:
    """Return one of our scripts, escaped for use inside HTML."""
    text = _SOURCE_MAP.sub("", read_asset(name).decode()).replace("\r\n", "\n").strip()
    # In a script, these can only occur inside a string or a pattern.
    for opening in ("</script", "<!--"):
        text = text.replace(opening, f"<\\{opening[1:]}")
    return Markup(text)  # noqa: S704


@cache
def _style() -> Markup:
    font = base64.b64encode(read_asset(TYPEFACE)).decode()
    sheets = (read_asset(name).decode() for name in ("leaflet/leaflet.css", bundle_name("map.css")))
    own = read_asset(bundle_name("single.css")).decode()
    style = "\n".join([typeface_rule(f"data:font/woff2;base64,{font}"), *sheets, own])
    return Markup(style.replace("</", "<\\/"))  # noqa: S704 - our own


def _policy(scripts: Iterable[str]) -> str:
    """Return a policy that only allows our scripts (by hash), inline styles, and embedded images and fonts."""
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in scripts
    )
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
