"""Open the services that the process shares, once, before the first visitor; try again if that fails."""

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
from rallymap.settings import Settings
from rallymap.store.housekeeping import purge_attempts, run_housekeeping
from rallymap.workflows.account_mail import tell_moderators
from rallymap.workflows.event_mail import ask_organisers
from rallymap.workflows.mail_sending import send_due_mail
from rallymap.workflows.services import Services, start_services, stop_services

logger = logging.getLogger(__name__)
T = TypeVar("T")

RETRY_AFTER_S = 5.0
TIDY_EVERY_S = 60.0
RUNS_AN_HOUR = 60
MAIL_EVERY_S = 10.0
MAIL_AFTER_FAILURE_S = 60.0
"""How long a mail server that could not be used is left alone."""


class Startup:
    """Runs the shared services for as long as the app runs.

    A database that is not there yet does not end the process: the site answers with a sentence, and starts to serve
    as soon as the database does.

    Parameters
    ----------
    settings
        What the operator chose.
    progress
        Called with one short line for each step of the first start.
    warm_up
        Is awaited once the services run, while the app answers already.

    Attributes
    ----------
    settings
        As given.
    services
        What is shared, or None while it could not be opened.
    problem
        Why not, or None.
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
        """Return what is shared.

        Raises
        ------
        RallymapError
            With the sentence that says why it could not be opened.
        """
        if self.services is None:
            raise self.problem or StoreUnavailableError(tr("The site is starting; try again in a moment."))
        return self.services

    @contextlib.asynccontextmanager
    async def lifespan(self, _app: object) -> AsyncIterator[None]:
        """Start the services, hold them while the app runs, close them at its end."""
        await self._start()
        tasks = [
            asyncio.create_task(part())
            for part in (self._get_ready, self._keep_tidy, *((self._send_mail,) if self.settings.mail.is_set else ()))
        ]
        try:
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
                logger.error("rallymap cannot serve yet: %s", err)
                self._progress(err.user_message)
            self.problem = err
            return
        self.problem = None
        for notice in self.services.notices:
            logger.warning(notice)

    async def _get_ready(self) -> None:
        while self.services is None:
            await asyncio.sleep(RETRY_AFTER_S)
            await _survived(self._start())
        self._is_open.set()
        if self._warm_up is not None:
            await _survived(self._warm_up())
        # Streamlit collects garbage after every run of the page, and looks at each object in memory for it. What is
        # here now (gazetteer, snapshot, modules) stays for good; without it a run holds up the others far less long.
        gc.collect()
        gc.freeze()

    async def _keep_tidy(self) -> None:
        """Delete what is too old, at start and then every minute or hour; see :mod:`rallymap.store.housekeeping`."""
        await self._is_open.wait()
        for run in itertools.count():
            db = self.require().db
            work: list[Callable[[], object]] = [partial(purge_attempts, db), db.finish_checkpoint]
            if run % RUNS_AN_HOUR == 0:
                work += [partial(run_housekeeping, db, self.settings.retention), partial(ask_organisers, db)]
            for part in work:
                await _survived(to_thread.run_sync(part))
            await asyncio.sleep(TIDY_EVERY_S)

    async def _send_mail(self) -> None:
        """Send what is in the outbox, and put the mails of moderators into it; see :mod:`rallymap.store.outbox`."""
        await self._is_open.wait()
        while True:
            db = self.require().db
            await _survived(to_thread.run_sync(tell_moderators, db))
            sending = partial(send_due_mail, db, self.settings, stop=self._is_ending)
            counts = await _survived(to_thread.run_sync(sending))
            is_well = counts is not None and counts.is_reachable
            await asyncio.sleep(MAIL_EVERY_S if is_well else MAIL_AFTER_FAILURE_S)


async def _survived(work: Awaitable[T]) -> T | None:
    """Do a part of what goes on for as long as the app runs; None where it failed.

    What nobody foresaw is noted in the log, and the next run is soon: it must not end all later runs unseen. A database
    that is away was noted already.
    """
    [outcome] = await asyncio.gather(work, return_exceptions=True)
    if not isinstance(outcome, BaseException):
        return outcome
    if not isinstance(outcome, StoreUnavailableError):
        logger.error("A part of the work in the background failed; it is tried again.", exc_info=outcome)
    return None
