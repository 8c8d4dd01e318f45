"""The store of the environment's settings, opened for one command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rallymap.errors import StoreUnavailableError
from rallymap.settings import Settings

if TYPE_CHECKING:
    from rallymap.store import EventStore


@contextmanager
def opened_store(settings: Settings) -> Iterator[EventStore]:
    """Open the store, making the home folder and the database where they are not there yet.

    Raises
    ------
    StoreUnavailableError
        If the folder cannot be made or the database cannot be opened.
    """
    from rallymap.store import EventStore

    try:
        settings.home.mkdir(parents=True, exist_ok=True)
    except OSError as err:
        raise StoreUnavailableError(
            f"The folder RALLYMAP_HOME names cannot be made: {err.strerror or 'unknown reason'}.", detail=repr(err)
        ) from err
    store = EventStore.open(settings.database_url, two_moderators=settings.two_moderators_for_future_venues)
    try:
        yield store
    finally:
        store.close()
