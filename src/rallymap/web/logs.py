"""The server's log: one line per entry, with time and level, and nothing about visitors.

Exception messages often quote what somebody typed, so only their types and code locations are logged.
"""

from __future__ import annotations

import logging
import sys
import threading
import time
import traceback
from collections import OrderedDict
from collections.abc import Callable
from types import TracebackType
from typing import TextIO

import streamlit.logger

from rallymap.web.request_ids import request_id

QUIET_S = 60.0
"""A repeated line is logged once in this period."""
SIMILAR_AT_MOST = 20
"""Maximum number of lines of one kind, with different values, in this period."""
MAX_REMEMBERED = 1000
_PROVIDER_LOGGER = "streamlit.web.server.starlette.starlette_auth_routes"
_LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_TIME = "%Y-%m-%dT%H:%M:%SZ"
_ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def set_up_logs(stream: TextIO | None = None, *, details: bool = False) -> None:
    """Send all logs of this process, including those of libraries, to one stream in one format.

    Parameters
    ----------
    stream
        Output stream; defaults to standard error.
    details
        Whether to log exception messages too; they may contain what visitors typed.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(LineFormatter(details=details))
    if not details:
        handler.addFilter(shorten_provider_failure)
    handler.addFilter(RepeatFilter())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("rallymap").setLevel(logging.INFO)
    logging.captureWarnings(True)
    # Streamlit gives each logger its own handler and format, including loggers created later.
    streamlit.logger.setup_formatter = _send_upwards
    streamlit.logger.update_formatter()


def _send_upwards(logger: logging.Logger) -> None:
    logger.handlers.clear()
    logger.propagate = True
    logger.setLevel(logging.WARNING)


def shorten_provider_failure(record: logging.LogRecord) -> bool:
    """Reduce a failed sign-in through a provider to one line without what the request contained; return True.

    Anybody can cause it: by an old link, or by an address with a text of their own.
    """
    if record.name == _PROVIDER_LOGGER:
        kind = record.exc_info[0] if record.exc_info else None
        record.msg = str(record.msg).replace("%s", "…") + (f" [{kind.__name__}]" if kind else "")
        record.args = record.exc_info = record.exc_text = None
    return True


class LineFormatter(logging.Formatter):
    """Formats a record as one line, and an exception as its code locations."""

    def __init__(self, *, details: bool) -> None:
        super().__init__(_LINE, _TIME)
        self.converter = time.gmtime
        self._details = details

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the library's name
        """Escape line breaks, which could fake another entry, and add the request's id."""
        record.message = "".join(char if char.isprintable() else " " for char in record.message).strip()
        if id_ := request_id():
            record.message += f" [{id_}]"
        return super().formatMessage(record)

    def formatException(self, ei: _ExceptionInfo) -> str:  # noqa: N802 - the library's name
        """Format types and locations; messages only if details are enabled."""
        if self._details or ei[0] is None:
            return super().formatException(ei)
        lines: list[str] = []
        error: BaseException | None = ei[1]
        while error is not None:
            lines += traceback.format_tb(error.__traceback__)
            lines.append(f"{type(error).__name__} (its message is left out; RALLYMAP_LOG_DETAILS=1 writes it)\n")
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "".join(lines).rstrip()


class RepeatFilter(logging.Filter):
    """Passes a repeated line once a minute with a count of repetitions, so that no log fills the disk."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._lock = threading.Lock()
        self._lines = _Seen()
        self._kinds = _Seen()

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether to log a record now."""
        kind = (record.name, record.levelname, str(record.msg), _place(record))
        now = self._clock()
        with self._lock:
            left_out = self._lines.count((*kind, record.getMessage()), 1, now)
            if left_out is None or self._kinds.count(kind, SIMILAR_AT_MOST, now) is None:
                return False
        if left_out:
            record.msg = f"{record.getMessage()} (came {left_out} times more since it was last written)"
            record.args = None
        return True


class _Seen:
    """How often each line was logged and suppressed in its current minute."""

    def __init__(self) -> None:
        self._counts: OrderedDict[tuple[str, ...], tuple[float, int]] = OrderedDict()

    def count(self, key: tuple[str, ...], at_most: int, now: float) -> int | None:
        """Count a line; return how many were suppressed before it, or None to suppress this one too."""
        since, number = self._counts.get(key, (-QUIET_S, 0))
        if now - since >= QUIET_S:
            self._counts[key] = (now, 1)
            self._counts.move_to_end(key)
            while len(self._counts) > MAX_REMEMBERED:
                self._counts.popitem(last=False)
            return max(0, number - at_most)
        self._counts[key] = (since, number + 1)
        return 0 if number < at_most else None


def _place(record: logging.LogRecord) -> str:
    """Return the type of a record's exception and where it was raised, "" without an exception."""
    if not record.exc_info or record.exc_info[0] is None:
        return ""
    frames = traceback.extract_tb(record.exc_info[2])
    where = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return f"{record.exc_info[0].__name__} {where}"
