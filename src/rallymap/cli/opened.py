"""Open the database of the settings for one command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from rallymap.settings import Settings

if TYPE_CHECKING:
    from rallymap.store import Database

NOTHING_PUBLIC: Final = (
    "No event is public here yet: publish one, or add the bundled events with “rallymap seed”. Nothing was written."
)


@contextmanager
def opened_database(settings: Settings) -> Iterator[Database]:
    """Open the store; create the home folder and the database if they do not exist.

    Raises
    ------
    StoreUnavailableError
        If the folder cannot be created or the database cannot be opened.
    """
    from rallymap.workflows.services import open_database

    db = open_database(settings)
    try:
        yield db
    finally:
        db.close()
