"""The store of the environment's settings, opened for one command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rallymap.settings import Settings

if TYPE_CHECKING:
    from rallymap.store import Database


@contextmanager
def opened_database(settings: Settings) -> Iterator[Database]:
    """Open the store, making the home folder and the database where they are not there yet.

    Raises
    ------
    StoreUnavailableError
        If the folder cannot be made or the database cannot be opened.
    """
    from rallymap.workflows.services import open_database

    db = open_database(settings)
    try:
        yield db
    finally:
        db.close()
