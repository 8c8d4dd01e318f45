"""Open the shared services of the process once, before the first visitor; retry if that fails."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import itertools
import logging
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from typing import TypeVar

from anyio import to_thread

from rallymap.errors import RallymapError, StoreUnavailableError
from rallymap.language import tr
from rallymap.own_command import own_command
from rallymap.settings import Settings
from rallymap.store.housekeeping import purge_attempts, run_housekeeping
from rallymap.workflows.account_mail import queue_moderator_mail
from rallymap.workflows.event_mail import queue_outcome_questions
from rallymap.workflows.mail_sending import send_due_mail
from rallymap.workflows.services import Services, start_services, stop_services

logger = logging.getLogger(__name__)
T = TypeVar("T")

RETRY_AFTER_S = 5.0
TIDY_EVERY_S = 60.0
RUNS_AN_HOUR = 60
MAIL_EVERY_S = 10.0
MAIL_AFTER_FAILURE_S = 60.0
"""How long to wait after the mail server was unreachable."""


class Startup:
    """Runs the shared services for the lifetime of the app.

    An unavailable database does not end the process: the site answers with an error message, and starts to serve when
    the database is available.

    Parameters
    ----------
    settings
        The operator's settings.
    progress
        Called with one short line for each step of the first start.
    warm_up
        Awaited once the services run, before the app answers; if they do not run at first, the app answers meanwhile.

    Attributes
    ----------
    settings
        The operator's settings.
    services
        The shared services, or None if they could not be opened.
    problem
        The reason, or None.
    """

    def __init__(
        self,
        settings: Settings,
        progress: Callable[[str], None],
        warm_up: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self.settings = settings
        self._progress = progress
        self._warm_up = warm_up
        self.services: Services | None = None
        self.problem: RallymapError | None = None
        self._is_open = asyncio.Event()
        self._is_ending = threading.Event()

    def require(self) -> Services:
        """Return the shared services.

        Raises
        ------
        RallymapError
            With the reason why they could not be opened.
        """
        if self.services is None:
            raise self.problem or StoreUnavailableError(tr("The site is starting; try again in a moment."))
        return self.services

    @contextlib.asynccontextmanager
    async def lifespan(self, _app: object) -> AsyncIterator[None]:
        """Start the services, keep them running while the app runs, and close them at its end."""
        await self._start()
        tasks: list[asyncio.Task[None]] = []
        try:
            if self.services is not None:
                await self._get_warm()
            parts = (self._retry_start, self._delete_old, *((self._send_mail,) if self.settings.mail.is_set else ()))
            tasks += [asyncio.create_task(part()) for part in parts]
            yield
        finally:
            self._is_ending.set()
            for task in tasks:
                task.cancel()
            await to_thread.run_sync(stop_services)

    async def _start(self) -> None:
        try:
            self.services = await to_thread.run_sync(start_services, self.settings, self._progress)
        except RallymapError as err:
            if self.problem is None or str(self.problem) != str(err):
                logger.error("rallymap cannot serve yet (“%s” says what to do): %s", own_command("check --deploy"), err)
                self._progress(err.user_message)
            self.problem = err
            return
        self.problem = None
        for notice in self.services.notices:
            logger.warning(notice)

    async def _retry_start(self) -> None:
        while self.services is None:
            await asyncio.sleep(RETRY_AFTER_S)
            await _run_logged(self._start())
        if not self._is_open.is_set():
            await self._get_warm()

    async def _get_warm(self) -> None:
        """Do once what would otherwise be done by each of the first visitors, all at the same time."""
        self._is_open.set()
        if self._warm_up is not None:
            await _run_logged(self._warm_up())
        # Streamlit runs the garbage collector after every run of the page, which visits each object in memory. Freezing
        # the permanent objects (gazetteer, snapshot, modules) shortens the pauses of a run for all others.
        gc.collect()
        gc.freeze()

    async def _delete_old(self) -> None:
        """Delete expired data at start and then every minute or hour; see :mod:`rallymap.store.housekeeping`."""
        await self._is_open.wait()
        for run in itertools.count():
            db = self.require().db
            work: list[Callable[[], object]] = [partial(purge_attempts, db), db.finish_checkpoint]
            if run % RUNS_AN_HOUR == 0:
                work += [partial(run_housekeeping, db, self.settings.retention), partial(queue_outcome_questions, db)]
            for part in work:
                await _run_logged(to_thread.run_sync(part))
            await asyncio.sleep(TIDY_EVERY_S)

    async def _send_mail(self) -> None:
        """Send the mails in the outbox, and queue those to moderators; see :mod:`rallymap.store.outbox`."""
        await self._is_open.wait()
        while True:
            db = self.require().db
            await _run_logged(to_thread.run_sync(queue_moderator_mail, db))
            sending = partial(send_due_mail, db, self.settings, stop=self._is_ending)
            counts = await _run_logged(to_thread.run_sync(sending))
            is_well = counts is not None and counts.is_reachable
            await asyncio.sleep(MAIL_EVERY_S if is_well else MAIL_AFTER_FAILURE_S)


async def _run_logged(work: Awaitable[T]) -> T | None:
    """Run one step of a background task; return None if it failed.

    An unexpected error is logged, and must not end the task: the next run is soon. An unavailable database was logged
    already.
    """
    [outcome] = await asyncio.gather(work, return_exceptions=True)
    if not isinstance(outcome, BaseException):
        return outcome
    if not isinstance(outcome, StoreUnavailableError):
        logger.error("A part of the work in the background failed; it is tried again.", exc_info=outcome)
    return None
