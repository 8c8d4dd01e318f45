"""Shared objects of one process: database, snapshot, resolver, context events.

Created once (by the web server's lifespan, or by the first page under plain ``streamlit run``), then shared. The module
is in this room because pages and routes both need it and may not import each other.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from rallymap.errors import StoreUnavailableError
from rallymap.file_faults import reason_of
from rallymap.intake.communities import Vocabulary, read_communities
from rallymap.intake.context import ContextMark, read_context
from rallymap.places import Resolver, default_resolver
from rallymap.private_files import prepare_home
from rallymap.query.guided_views import GuidedView, guided_views
from rallymap.query.snapshot import SnapshotKeeper
from rallymap.run_queue import RunQueue
from rallymap.settings import Settings
from rallymap.store import Database
from rallymap.store.events import public_rows, read_public_changes, read_public_rows
from rallymap.store.home_lock import HomeLock, require_no_half_restore
from rallymap.store.search import SearchIndex
from rallymap.workflows.bundled_events import seed_if_empty
from rallymap.workflows.import_reports import ImportReports
from rallymap.workflows.long_steps import said_if_long
from rallymap.workflows.place_memory import open_places, tidy_overrides


@dataclass(frozen=True, slots=True)
class Services:
    """The objects that a request or a page run needs.

    Attributes
    ----------
    notices
        Messages for the operator and the pages about data that could not be read at startup.
    guided
        The guided views of this site.
    vocabulary
        The communities that forms and filters suggest.
    reports
        Downloadable reports of dry runs.
    runs
        The queue of page runs.
    """

    settings: Settings
    db: Database
    keeper: SnapshotKeeper
    resolver: Resolver
    context: tuple[ContextMark, ...]
    notices: tuple[str, ...]
    guided: tuple[GuidedView, ...] = ()
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    reports: ImportReports = field(default_factory=ImportReports)
    runs: RunQueue = field(default_factory=RunQueue)

    def now(self) -> datetime:
        """Return the current time with its zone."""
        return self.db.now()


_lock = threading.Lock()
_running: Services | None = None


def start_services(settings: Settings, progress: Callable[[str], None] = lambda _line: None) -> Services:
    """Open the store, fill it at first start, and load the snapshot; later calls return the running services.

    Raises
    ------
    StoreError
        If the database cannot be opened, read or written; the message says what to do.
    """
    global _running
    with _lock:
        if _running is None:
            _running = _open(settings, progress)
        return _running


def running_services() -> Services:
    """Return this process's services; start them from the environment if they are not running."""
    return _running or start_services(Settings.from_env())


def stop_services() -> None:
    """Close the store; the next start opens it again."""
    global _running
    with _lock:
        if _running is not None:
            _running.db.close()
            _running = None


def open_database(settings: Settings) -> Database:
    """Open the store of the settings; create the home folder and the database if they do not exist.

    Raises
    ------
    StoreUnavailableError
        If the folder cannot be created, the database or its key cannot be opened, or a restore was interrupted or is
        running.
    """
    try:
        prepare_home(settings.home, settings.data_files)
    except OSError as err:
        raise StoreUnavailableError(
            f"The folder RALLYMAP_HOME names cannot be made: {reason_of(err, settings.home)}.", detail=repr(err)
        ) from err
    lock = HomeLock.shared(settings.home)
    try:
        require_no_half_restore(settings.home)  # checked while no restore can begin
    except StoreUnavailableError:
        lock.release()
        raise
    return Database.open(
        settings.database_url,
        key_file=settings.key_file,
        two_moderators=settings.two_moderators_for_future_venues,
        limits=settings.limits,
        lock=lock,
    )


def _open(settings: Settings, progress: Callable[[str], None]) -> Services:
    with said_if_long(progress, "Opening the database, and updating it if it is of an earlier version"):
        db = open_database(settings)
    try:
        return _filled(db, settings, progress)
    except BaseException:
        db.close()  # the start is retried every few seconds, each time with new connections
        raise


def _filled(db: Database, settings: Settings, progress: Callable[[str], None]) -> Services:
    keeper = SnapshotKeeper(
        load=lambda: public_rows(db),
        changes_since=lambda version: db.read(read_public_changes, version),
        rows_for=lambda ids: db.read(read_public_rows, ids),
        version=db.dataset_version,
        finder=SearchIndex(db),
        wall_clock_s=lambda: db.now().timestamp(),
    )
    resolver = default_resolver(
        settings.overrides_path, is_open=open_places(keeper), answers_path=settings.answers_path
    )
    notices = list(seed_if_empty(db, settings, resolver, progress))
    marks, complaints = read_context(settings.data_dir / "context.csv")
    vocabulary, unread = read_communities(settings.data_dir / "communities.csv")
    guided, unusable = guided_views(settings.home)
    notices += [*complaints, *unread, *unusable]
    problem = tidy_overrides(db, resolver.overrides)
    notices += [problem] if problem else []
    with said_if_long(progress, "Reading the events, and indexing those that the search does not find yet"):
        keeper.current()
    return Services(settings, db, keeper, resolver, tuple(marks), tuple(notices), guided, vocabulary)
