"""Add the bundled events: to a new database at its first start, to an existing one by an explicit command."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rallymap.errors import IntakeError
from rallymap.events import Event, Location, Place, ReviewStatus
from rallymap.intake.bundled_places import read_bundled_places
from rallymap.intake.table import read_table
from rallymap.language import phrase
from rallymap.places import Resolver
from rallymap.settings import Settings
from rallymap.store import Database, PlaceCheck
from rallymap.store.bulk import add_many, is_seeded, mark_seeded
from rallymap.store.events import get_events
from rallymap.store.removal import find_removed
from rallymap.store.values import AddResult
from rallymap.workflows.import_ids import site_ids
from rallymap.workflows.imports import place_events
from rallymap.workflows.locations import located_event
from rallymap.workflows.zones import zone_finder

EVENT_FILES = ("events.csv", "rallies.csv")
"""Tables of bundled events in the data folder; an operator's own folder may contain only one of them."""
PLACES_FILE = "places.csv"
ACTOR = "rallymap"
MAX_SENTENCES = 20


@dataclass(frozen=True, slots=True)
class SeedSummary:
    """The result of adding the bundled events.

    Attributes
    ----------
    added, known, withdrawn
        Events that are new; events that exist and are kept as they are; events that were taken down or merged and stay
        removed.
    complaints
        Messages for the operator about data that cannot be read.
    """

    added: int = 0
    known: int = 0
    withdrawn: int = 0
    complaints: tuple[str, ...] = ()


def seed_if_empty(
    db: Database, settings: Settings, resolver: Resolver, progress: Callable[[str], None] = lambda _line: None
) -> list[str]:
    """Add the bundled events to a new database, published.

    This happens once: later additions, changes and takedowns by people are kept, and events that a later version
    bundles are only added by :func:`add_bundled_events`. If a file has errors, its readable rows are added, and it is
    read again at each start until it has none. With the setting ``bundled_events`` off nothing is added.

    Returns
    -------
    complaints
        Messages for the operator about data that cannot be read; empty if there are none.

    Raises
    ------
    StoreUnavailableError
        If the database cannot be read or written.
    """
    if not settings.bundled_events or db.read(is_seeded):
        return []
    return list(add_bundled_events(db, settings, resolver, progress).complaints)


def add_bundled_events(
    db: Database, settings: Settings, resolver: Resolver, progress: Callable[[str], None] = lambda _line: None
) -> SeedSummary:
    """Publish the bundled events that a database does not have; existing events are not changed.

    Parameters
    ----------
    db, settings, resolver
        The target database, the data folder, and the geocoder for places that ``places.csv`` does not contain.
    progress
        Called with one line before and one after; not called if there is nothing to add.

    Raises
    ------
    StoreUnavailableError
        If the database cannot be read or written; added events are kept, and the same call again adds the rest.
    """
    bundled, complaints = _read_events(db, settings, resolver)
    is_whole = not complaints
    there = {event.id for event in db.read(get_events, [event.id for event in bundled])}
    gone = db.read(find_removed, [event.id for event in bundled])
    new = [event for event in bundled if event.id not in there and event.id not in gone]
    result = AddResult()
    if new:
        progress(f"Filling the database with {len(new)} bundled events ...")
        locations, unread = read_bundled_places(settings.data_dir / PLACES_FILE)
        complaints += unread
        events, checks = _place(new, locations, resolver)
        # While places were geocoded, another process may have added these events and a moderator changed them.
        result = add_many(db, events, actor=ACTOR, place_checks=checks, keep_known=True)
        if result.added:
            placed = sum(event.location is not None for event in events)
            progress(f"{result.added} events are in, {placed} with a place.")
    if is_whole:
        db.write(mark_seeded)
    return SeedSummary(
        added=result.added,
        known=len(there) + result.unchanged,
        withdrawn=len(gone) + result.withdrawn,
        complaints=complaints[:MAX_SENTENCES],
    )


def _read_events(db: Database, settings: Settings, resolver: Resolver) -> tuple[list[Event], tuple[str, ...]]:
    """Read all existing tables; if an id occurs twice, the first occurrence is used."""
    files = [name for name in EVENT_FILES if (settings.data_dir / name).exists()] or list(EVENT_FILES[:1])
    events: dict[str, Event] = {}
    complaints: list[str] = []
    for name in files:
        try:
            table = read_table(settings.data_dir / name, review=ReviewStatus.PUBLISHED, find_zone=zone_finder(resolver))
        except IntakeError as err:
            complaints.append(
                phrase(
                    "The bundled events cannot be read, so the map starts without them. {reason}",
                    reason=err.user_message,
                )
            )
            continue
        own_ids = site_ids(db, table.made_ids)
        for event in table.events:
            event_id = own_ids.get(event.id, event.id)
            events.setdefault(event_id, event.changed(id=event_id))
        complaints += [
            phrase(
                "{file} in the data folder has errors; its other events are shown. {reason}",
                file=name,
                reason=error.user_message,
            )
            for error in table.errors
        ]
    return list(events.values()), tuple(complaints)


def _place(
    events: Sequence[Event], locations: Mapping[Place, Location], resolver: Resolver
) -> tuple[list[Event], dict[str, PlaceCheck]]:
    """Use the known locations, and geocode the other places."""
    known = [
        located_event(event.changed(location=locations[event.place]), None)
        for event in events
        if event.location is None and event.place in locations
    ]
    ids = {event.id for event in known}
    looked_up, checks = place_events([event for event in events if event.id not in ids], resolver)
    by_id = {event.id: event for event in (*known, *looked_up)}
    return [by_id[event.id] for event in events], checks
