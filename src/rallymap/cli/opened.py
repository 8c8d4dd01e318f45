"""Open the database of the settings for one command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rallymap.cli.output import note
from rallymap.own_command import own_command
from rallymap.settings import DEFAULT_HOME, Settings

if TYPE_CHECKING:
    from rallymap.store import Database

NEW_HOME: Final = (
    "There was no site in {home}, so an empty one was made there. If yours is elsewhere, say where with RALLYMAP_HOME."
)


def nothing_public() -> str:
    """Return the sentence for a site without a public event."""
    seed = own_command("seed")
    return f"No event is public here yet: publish one, or add the bundled events with “{seed}”. Nothing was written."


@contextmanager
def opened_database(settings: Settings) -> Iterator[Database]:
    """Open the store; create the home folder and the database if they do not exist.

    Raises
    ------
    StoreUnavailableError
        If the folder cannot be created or the database cannot be opened.
    """
    from rallymap.workflows.services import open_database

    is_new = settings.home == Path(DEFAULT_HOME).resolve() and not settings.home.exists()
    db = open_database(settings)
    if is_new:
        note(NEW_HOME.format(home=settings.home))
    try:
        yield db
    finally:
        db.close()


@contextmanager
def stopped_site(settings: Settings) -> Iterator[None]:
    """Lock the home folder against other rallymap processes during the block.

    Raises
    ------
    StoreUnavailableError
        If one is running in the folder, or the folder cannot be written.
    """
    from rallymap.store.home_lock import HomeLock

    lock = HomeLock.alone(settings.home)
    try:
        yield
    finally:
        lock.release()
