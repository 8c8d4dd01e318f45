"""Read public events as table cells, without building each event.

A table of a million events is read from their documents: building an event with all validation takes four times as long
as making its cells. This fast path only reads events of which nothing is withheld; the others go through
:func:`~rallymap.query.public_view.public_view`. A test compares both paths.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, Final

import orjson

from rallymap.dates import DatePrecision
from rallymap.errors import DamagedEventError
from rallymap.events import AttendanceMode, ClaimKind, EventStatus, Kind, LocationPrecision, ReviewStatus
from rallymap.exports.codes import acled_geo_precision, acled_time_precision, ccc_size_category
from rallymap.exports.table_columns import Cell, EventCells, event_cells
from rallymap.name_lists import join_at_semicolons
from rallymap.query.public_view import public_view
from rallymap.store.chunks import chunks
from rallymap.store.damaged import readable
from rallymap.store.documents import Json, date_of, from_document
from rallymap.store.events import WITH_DOCUMENT
from rallymap.store.schema import events
from rallymap.store.transaction import Reading

_KINDS: Final = {kind.value for kind in Kind}
_STATUSES: Final = {status.value for status in EventStatus}
_MODES: Final = {mode.value for mode in AttendanceMode}
_PRECISIONS: Final = {precision.value for precision in LocationPrecision}
_CLAIM_KINDS: Final = {kind.value for kind in ClaimKind}
_TO_COME: Final = (EventStatus.ANNOUNCED, EventStatus.CONFIRMED)
_WHOLE_DAYS: Final = (DatePrecision.DAY, DatePrecision.WEEKEND, DatePrecision.WEEK)


def get_public_cells(tx: Reading, ids: Iterable[str], now: datetime) -> Iterator[EventCells]:
    """Return the cells of public events in the order of `ids`, skipping those that are not public.

    The documents are read at once. The cells of an event are made when they are asked for: keeping those of some
    hundred events takes as long as making them, because the garbage collector visits them again and again.
    """
    wanted = list(ids)
    query = WITH_DOCUMENT.add_columns(events.c.guarded_until).where(events.c.review == ReviewStatus.PUBLISHED.value)
    rows = {row[0]: row for some in chunks(wanted) for row in tx.conn.execute(query.where(events.c.id.in_(some)))}

    def build(row: Any) -> EventCells | None:
        event_id, _, _, document, embargo_ends_at = row
        if embargo_ends_at is None or embargo_ends_at <= now.timestamp():
            return _cells_of_document(event_id, document)
        seen = public_view(from_document(*row[:4]), now)
        return None if seen is None else event_cells(seen)

    found = (rows[event_id] for event_id in wanted if event_id in rows)
    return (cells for cells in readable(found, build) if cells is not None)


def _cells_of_document(event_id: str, document: str) -> EventCells:
    """Return the cells of an event of which nothing is withheld.

    Raises
    ------
    DamagedEventError
        If the document was edited by hand: a value is missing or not allowed in a table.
    """
    try:
        return _read(event_id, orjson.loads(document))
    except (ValueError, KeyError, TypeError, AttributeError) as err:
        raise DamagedEventError(event_id, detail=type(err).__name__) from err


def _read(event_id: str, content: Json) -> EventCells:
    get = content.get
    place, location, crowd, campaign = get("place", {}), get("location"), get("crowd", ()), get("campaign", {})
    status = get("status", "held")
    mode = get("attendance_mode", AttendanceMode.IN_PERSON.value)
    _check(content["title"].strip() and content["kind"] in _KINDS and status in _STATUSES and mode in _MODES)
    # Expected numbers are not attendance; events of old versions do not mark each estimate.
    is_ahead = status in _TO_COME
    return EventCells(
        [
            event_id,
            content["title"],
            content["kind"],
            status,
            mode,
            *_date_cells(content["when"]),
            place.get("text", ""),
            place.get("venue", ""),
            (location.get("country", "") if location else "") or place.get("country_hint", ""),
            *(_location_cells(location) if location else [None] * 9),
            join_at_semicolons(get("organisers", ())),
            join_at_semicolons(get("communities", ())),
            get("about", ""),
            get("language", ""),
            join_at_semicolons(get("topics", ())),
            get("by_organiser", False),
            campaign.get("id", ""),
            campaign.get("name", ""),
            acled_time_precision(content["when"].get("precision", ""), content["when"].get("approximate", False)),
            acled_geo_precision(location["precision"] if location else None),
            ccc_size_category(
                [(claim.get("low"), claim.get("high")) for claim in crowd if not claim.get("is_expected")]
            ),
        ],
        (
            [_source_cells(source) for source in get("sources", ())],
            [_crowd_cells(claim, is_ahead) for claim in crowd],
            [_route_cells(point) for point in get("route", ())],
            [_claim_cells(claim) for claim in get("claims", ())],
            [[one["language"], one.get("title", ""), one.get("about", "")] for one in get("translations", ())],
        ),
    )


def _date_cells(when: Json) -> list[Cell]:
    precision, approximate = when.get("precision", "unknown"), when.get("approximate", False)
    start, end = when.get("start"), when.get("end")
    if start and end and precision in _WHOLE_DAYS:
        _check(date.fromisoformat(start) <= date.fromisoformat(end))
        mark = "~" if approximate else ""
        edtf = f"{start}{mark}" if start == end else f"{start}{mark}/{end}{mark}"
    else:
        edtf = date_of(when).edtf
    start_time, end_time = when.get("start_time"), when.get("end_time")
    return [
        edtf,
        start,
        end,
        precision,
        start_time[:5] if start_time else None,
        end_time[:5] if end_time else None,
        when.get("zone", ""),
        approximate,
    ]


def _location_cells(location: Json) -> list[Cell]:
    lat, lon, precision = location["lat"], location["lon"], location["precision"]
    _check(-90 <= lat <= 90 and -180 <= lon <= 180 and precision in _PRECISIONS)
    return [
        lat,
        lon,
        precision,
        location["radius_m"],
        location["confidence"],
        location["method"],
        location.get("name", ""),
        location.get("admin1", ""),
        location.get("country", ""),
    ]


def _source_cells(source: Json) -> list[Cell]:
    title, publisher, url = source.get("title", ""), source.get("publisher", ""), source.get("url", "")
    archived = source.get("archived_url", "")
    _check((title or publisher or url) and _is_link(url) and _is_link(archived))
    return [title, publisher, source.get("published"), url, archived]


def _crowd_cells(claim: Json, is_ahead: bool) -> list[Cell]:
    expected = is_ahead or claim.get("is_expected", False)
    low, high, source = claim.get("low"), claim.get("high"), claim.get("source")
    return [low, high, claim.get("words", ""), claim.get("by", ""), None if source is None else source + 1, expected]


def _route_cells(point: Json) -> list[Cell]:
    text, location = point.get("text", ""), point.get("location")
    _check(text or location)
    return [text, *(_location_cells(location) if location else [None] * 9)]


def _claim_cells(claim: Json) -> list[Cell]:
    _check(claim["kind"] in _CLAIM_KINDS)
    source = claim.get("source")
    return [claim["kind"], claim["text"], claim.get("by", ""), None if source is None else source + 1]


def _is_link(url: str) -> bool:
    return not url or url[:8].lower().startswith(("https://", "http://"))


def _check(is_right: object) -> None:
    if not is_right:
        raise ValueError
