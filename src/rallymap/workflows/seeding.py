"""The bundled rallies go into a new database, once."""

from __future__ import annotations

from collections.abc import Callable

from rallymap.errors import IntakeError
from rallymap.events import ReviewStatus
from rallymap.intake.table import read_table
from rallymap.places import Resolver
from rallymap.settings import Settings
from rallymap.store import EventStore
from rallymap.workflows.geocoding import zone_finder
from rallymap.workflows.importing import place_events

EVENTS_FILE = "events.csv"
ACTOR = "rallymap"
MOST_SENTENCES = 20


def seed_if_empty(
    store: EventStore, settings: Settings, resolver: Resolver, progress: Callable[[str], None] = lambda _line: None
) -> list[str]:
    """Fill a new database with the events of ``events.csv`` in the data folder; they are published.

    Done once: what people add, change or take down later stays. A file with mistakes gives what is good in it, and is
    tried again at each start until it has none; only events whose ids are not there are then added.

    Parameters
    ----------
    store, settings, resolver
        Where events go, where the data lies, and who is asked for places.
    progress
        Is told one line before and one after; nothing where there is nothing to do.

    Returns
    -------
    complaints
        Sentences for the operator about data that cannot be read; empty where all is well.

    Raises
    ------
    StoreUnavailableError
        If the database cannot be read or written.
    """
    if store.is_seeded():
        return []
    try:
        table = read_table(
            settings.data_dir / EVENTS_FILE, review=ReviewStatus.PUBLISHED, find_zone=zone_finder(resolver)
        )
    except IntakeError as err:
        return [f"The bundled events cannot be read, so the map starts without them. {err.user_message}"]
    there = {event.id for event in store.get_many(event.id for event in table.events)}
    new = [event for event in table.events if event.id not in there]
    if new:
        progress(f"Filling the new database with {len(new)} events ...")
        events, checks = place_events(new, resolver)
        result = store.add_many(events, actor=ACTOR, places_to_check=checks)
        progress(f"{result.added} events are in, {sum(event.location is not None for event in events)} with a place.")
    if not table.errors:
        store.mark_seeded()
    return [
        f"{EVENTS_FILE} in the data folder has mistakes; its other events are shown. {error.user_message}"
        for error in table.errors[:MOST_SENTENCES]
    ]
