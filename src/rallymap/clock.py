"""A clock that ignores sudden jumps of the system clock.

The time decides what the public sees of an upcoming event and when old drafts are deleted. If the system clock jumped
ahead by mistake, even for a second, withheld venues would be shown. Therefore the system clock is compared with a
monotonic clock, and a jump ahead is accepted only after it has lasted 10 minutes.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

log = logging.getLogger(__name__)

TOLERANCE_S = 60.0
"""Corrections up to this size are routine for time servers and are accepted at once."""
BELIEVED_AFTER_S = 600.0
"""How long a jump ahead must last before it is accepted."""


def elapsed_s() -> float:
    """Return monotonic seconds; if the system supports it, including time in suspend."""
    boot_time = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot_time is None else time.clock_gettime(boot_time)


class SteadyClock:
    """Return the current time in UTC; thread-safe.

    A jump back is accepted at once: the public then sees less, and nothing is deleted early. A jump ahead of more than
    one minute is accepted after 10 minutes; until then, the time continues from the previous value.

    Parameters
    ----------
    wall_s
        System clock, Unix time in seconds.
    elapsed_s
        Monotonic clock, seconds.
    """

    def __init__(self, wall_s: Callable[[], float] = time.time, elapsed_s: Callable[[], float] = elapsed_s) -> None:
        self._wall_s, self._elapsed_s = wall_s, elapsed_s
        self._lock = threading.Lock()
        # Accepted Unix time at monotonic time 0; the same according to a system clock that jumped ahead, and when the
        # jump was first seen.
        self._zero = wall_s() - elapsed_s()
        self._claimed: tuple[float, float] | None = None

    def __call__(self) -> datetime:
        """Return the current time, time zone included."""
        with self._lock:
            elapsed = self._elapsed_s()
            self._check_jump(self._wall_s() - elapsed, elapsed)
            return datetime.fromtimestamp(self._zero + elapsed, UTC)

    def _check_jump(self, zero: float, elapsed: float) -> None:
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
