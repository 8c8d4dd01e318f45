"""Remembered places: when they may be used, and their deletion together with their event.

A moderator's decision "this text means this place" and the answers of online services are stored in files outside the
database (`rallymap.places.overrides`, `rallymap.places.service_answer_cache`).
"""

from __future__ import annotations

from datetime import datetime

from rallymap.errors import PlaceError
from rallymap.events import Event, LocationPrecision
from rallymap.language import tr
from rallymap.places import Resolver
from rallymap.places.overrides import IsOpen, Overrides
from rallymap.query.public_view import embargo_ends_at
from rallymap.query.snapshot import SnapshotKeeper
from rallymap.store import Database
from rallymap.store.events import read_public_rows
from rallymap.store.takedown import find_traces, split_gone_and_there

_EXACT = (LocationPrecision.VENUE, LocationPrecision.DISTRICT)


def may_remember(event: Event, now: datetime) -> bool:
    """Return whether the place text of an event may be remembered: not while its exact location is withheld."""
    return (embargo_ends_at(event) or 0.0) <= now.timestamp()


def open_places(keeper: SnapshotKeeper) -> IsOpen:
    """Return a function that checks whether an event's exact location is public, from the snapshot in memory.

    The snapshot is queried for every id, so that the duration reveals nothing about the event.
    """

    def is_open(event_id: str) -> bool:
        snapshot = keeper.current()
        return bool(event_id) and snapshot.place_precision(event_id) in _EXACT

    return is_open


def open_places_of(db: Database) -> IsOpen:
    """Return the same function for commands; it reads the database once per event."""
    known: dict[str, bool] = {"": False}

    def is_open(event_id: str) -> bool:
        if event_id not in known:
            known[event_id] = any(row.location_precision in _EXACT for row in db.read(read_public_rows, [event_id]))
        return known[event_id]

    return is_open


def tidy_overrides(db: Database, overrides: Overrides) -> str:
    """Delete overrides of events that were taken down, and moderators' names in old notes.

    A takedown deletes them too; this covers interrupted takedowns and files of earlier versions.

    Returns
    -------
    problem
        A message for the operator if the file could not be changed, else "".
    """
    try:
        gone, there = db.read(split_gone_and_there, overrides.event_ids())
        overrides.delete(gone)
        overrides.drop_names(there)
    except PlaceError as err:
        return err.user_message
    return ""


def forget_event(db: Database, resolver: Resolver, event_id: str) -> str:
    """Delete what is remembered of an event's places, before the event itself is deleted.

    Returns
    -------
    problem
        A message if something could not be deleted, else "".
    """
    traces = db.read(find_traces, event_id)
    texts = {
        text
        for place in traces.places
        for text in (place.text, place.venue, ", ".join(part for part in (place.venue, place.text) if part))
        if text
    }
    try:
        resolver.delete_traces(traces.ids, texts)
    except PlaceError:
        # Translators: {ids} is one or more ids of the event; keep the name of the file.
        return tr(
            "The overrides file could not be changed: the operator has to delete the rows of this event in "
            "place-overrides.csv ({ids}).",
            ids=", ".join(sorted(traces.ids)),
        )
    return ""
