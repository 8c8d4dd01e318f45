"""A queue for work that shares one interpreter: a few at a time finish sooner than all at once."""

from __future__ import annotations

import bisect
import itertools
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

SLOTS = 4
"""How many runs may start at a time: more than one, as a run also waits for the database."""
LENDS_S = 5.0
"""A run that takes longer, such as an import, lets the next one start."""
LOOK_S = 0.5
"""How often a waiting run checks whether it is still wanted."""
OVERLOAD_S = 10.0
"""A queue in which a run has waited longer is overloaded."""
TICKET_LASTS_S = 60.0


@dataclass(frozen=True, slots=True, order=True)
class Ticket:
    """A place in the queue; one that was handed out earlier comes first."""

    number: int
    since: float


@dataclass(frozen=True, slots=True, order=True)
class _Waiting:
    ticket: Ticket
    turn: int
    since: float
    may_look: threading.Event = field(compare=False, default_factory=threading.Event)


class RunQueue:
    """Lets a few runs start at a time, in the order of their tickets; safe to share between threads.

    Parameters
    ----------
    slots
        How many runs may start at a time.
    clock
        Returns seconds; never runs backwards.
    """

    def __init__(self, slots: int = SLOTS, clock: Callable[[], float] = time.monotonic) -> None:
        self._slots = slots
        self._clock = clock
        self._numbers = itertools.count()
        self._lock = threading.Lock()
        self._waiting: list[_Waiting] = []
        self._started: dict[int, float] = {}

    def ticket(self, earlier: Ticket | None = None) -> Ticket:
        """Return a place at the end of the queue, or the earlier one of work that has to begin again, for a minute."""
        now = self._clock()
        return earlier if earlier and now - earlier.since < TICKET_LASTS_S else Ticket(next(self._numbers), now)

    def waiting(self) -> int:
        """Return how many runs wait."""
        return len(self._waiting)

    def is_overloaded(self) -> bool:
        """Return whether a run has waited so long that nobody new should join; the age of its ticket does not count."""
        with self._lock:
            now = self._clock()
            return any(now - each.since > OVERLOAD_S for each in self._waiting)

    @contextmanager
    def slot(self, ticket: Ticket, is_wanted: Callable[[], object] = lambda: None) -> Iterator[None]:
        """Wait for a slot, and hold it during the block.

        Parameters
        ----------
        ticket
            The place in the queue.
        is_wanted
            Called now and then during the wait; raises an exception to leave the queue.
        """
        own = _Waiting(ticket, next(self._numbers), self._clock())
        with self._lock:
            bisect.insort(self._waiting, own)
        try:
            while not self._starts(own):
                is_wanted()
                own.may_look.wait(LOOK_S)
                own.may_look.clear()
        except BaseException:
            with self._lock:
                self._waiting.remove(own)
                self._wake_first()
            raise
        try:
            yield
        finally:
            with self._lock:
                del self._started[own.turn]
                self._wake_first()

    def _starts(self, own: _Waiting) -> bool:
        """Start a run if it is the first in the queue and a slot is free; return whether it started."""
        with self._lock:
            now = self._clock()
            busy = sum(now - since < LENDS_S for since in self._started.values())
            if self._waiting[0] is not own or busy >= self._slots:
                return False
            del self._waiting[0]
            self._started[own.turn] = now
            self._wake_first()
            return True

    def _wake_first(self) -> None:
        if self._waiting:
            self._waiting[0].may_look.set()
