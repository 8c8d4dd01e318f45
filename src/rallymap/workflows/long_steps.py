"""Say what a long step of the start does, so that nobody takes it for a hang and ends it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

SAID_AFTER_S = 2.0
SAID_EVERY_S = 10.0


@contextmanager
def said_if_long(
    progress: Callable[[str], None], step: str, after_s: float = SAID_AFTER_S, every_s: float = SAID_EVERY_S
) -> Iterator[None]:
    """Call `progress` with a line if the block is not done soon, and from then on every few seconds.

    Parameters
    ----------
    step
        What the block does, without a full stop.
    after_s, every_s
        Seconds until the first line, and between the following ones.
    """
    is_done = threading.Event()

    def say() -> None:
        waited = after_s
        if is_done.wait(after_s):
            return
        progress(f"{step} ...")
        while not is_done.wait(every_s):
            waited += every_s
            progress(f"{step}: {waited:.0f} s so far ...")

    speaker = threading.Thread(target=say, daemon=True)
    speaker.start()
    try:
        yield
    finally:
        is_done.set()
        speaker.join()
