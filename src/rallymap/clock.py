"""The present moment, checked against a clock that nobody can set.

What the public sees of an upcoming event depends on the time, and old drafts are deleted by it. A machine whose clock
is set ahead by mistake, even for a second, would show withheld venues. So the system's clock is compared with the
time that has passed since the start, and a jump ahead is accepted only after it has lasted for 10 minutes.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

log = logging.getLogger(__name__)

TOLERANCE_S = 60.0
"""Corrections up to this size are what time servers do every day; they are accepted at once."""
BELIEVED_AFTER_S = 600.0
"""How long a jump ahead has to last before it is accepted."""


def elapsed_s() -> float:
    """Return seconds that never run backwards; where the system can, they also count while it is suspended."""
    boot_time = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot_time is None else time.clock_gettime(boot_time)


class SteadyClock:
    """Gives the present moment in UTC; safe for threads.

    A clock that is set back is accepted at once: the public then sees less, and nothing is deleted early. One that is
    set ahead by more than a minute is accepted after it has lasted 10 minutes; until then time goes on as before.

    Parameters
    ----------
    wall_s
        The system's clock, Unix time in seconds.
    elapsed_s
        Seconds that nobody can set.
    """

    def __init__(self, wall_s: Callable[[], float] = time.time, elapsed_s: Callable[[], float] = elapsed_s) -> None:
        self._wall_s, self._elapsed_s = wall_s, elapsed_s
        self._lock = threading.Lock()
        # Unix time at elapsed time 0, as accepted; and as a clock that jumped ahead says, with when it was first seen.
        self._zero = wall_s() - elapsed_s()
        self._claimed: tuple[float, float] | None = None

    def __call__(self) -> datetime:
        """Return the present moment, with its zone."""
        with self._lock:
            elapsed = self._elapsed_s()
            self._look(self._wall_s() - elapsed, elapsed)
            return datetime.fromtimestamp(self._zero + elapsed, UTC)

    def _look(self, zero: float, elapsed: float) -> None:
        jump = zero - self._zero
        if jump <= TOLERANCE_S:
            if jump < -TOLERANCE_S:
                log.warning("The clock of this machine was set back by %s.", _in_words(-jump))
            elif self._claimed is not None:
                log.warning("The clock of this machine is right again.")
            self._zero, self._claimed = zero, None
            return
        if self._claimed is None or abs(self._claimed[0] - zero) > TOLERANCE_S:
            self._claimed = (zero, elapsed)
            log.warning(
                "The clock of this machine jumped ahead by %s. It is accepted if it stays so for %.0f minutes.",
                _in_words(jump),
                BELIEVED_AFTER_S / 60,
            )
        elif elapsed - self._claimed[1] >= BELIEVED_AFTER_S:
            log.warning("The clock of this machine stays ahead by %s; it is accepted now.", _in_words(jump))
            self._zero, self._claimed = zero, None


def _in_words(seconds: float) -> str:
    if seconds < 2 * 3600:
        return f"{seconds / 60:.0f} minutes"
    return f"{seconds / 3600:.0f} hours" if seconds < 2 * 86_400 else f"{seconds / 86_400:.0f} days"
